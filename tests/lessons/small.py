"""A small sound lesson to break."""

from __future__ import annotations

from gradgui.lessons.lesson import Lesson, decode

SMALL = """
format = 1
id = "small"
order = 1
minutes = 1
title = { en = "Small", zh = "小" }
goal = { en = "Small", zh = "小" }
misconception = { en = "Small", zh = "小" }
input_names = [{ en = "one", zh = "一" }]

[experiment]
data = { kind = "table", x = [[2.0]], y = [[1.0]], test_x = [[0.0]], test_y = [[1.0]] }
loss = { kind = "half_mse" }
optimizer = { kind = "sgd", learning_rate = 0.5 }
[[experiment.network.layers]]
kind = "dense"
units = 1
activation = "identity"
W = [[1.0]]
b = [0.0]
[[experiment.network.layers]]
kind = "flatten"

[scene.other]
data = { kind = "xor", points = 10 }
loss = { kind = "bce" }
optimizer = { kind = "adam" }
[[scene.other.network.layers]]
kind = "dense"
units = 1
activation = "sigmoid"

[ui]
surface = { axes = ["L1.W[0,0]", "pca1"], range = [[-1, 1], [-1, 1]] }
granularity = "layer"
watch = ["loss"]

[[step]]
id = "ask"
kind = "predict"
ask = { en = "Loss {loss:.1f}?", zh = "损失 {loss:.1f}?" }
reveal = ["forward"]
highlight = { network = ["node:L1[0]", "edge:L1.W", "edge:L1.W[0,0]", "column:L1.W[:,0]", "loss", "layer:all"] }
[[step.option]]
text = { en = "Half", zh = "一半" }
true_if = "loss == 0.5"
feedback = { en = "Yes: {grad('L1.b')[0]:+.2f}.", zh = "对:{grad('L1.b')[0]:+.2f}。" }
[[step.option]]
text = { en = "One", zh = "一" }
right = false
feedback = { en = "No.", zh = "不对。" }

[[step]]
id = "do"
kind = "do"
say = { en = "Do it.", zh = "动手。" }
done = "edited('L1.W') or seen('loss > 9') or runs('optimizer == sgd and lr > 1')"
solution = [{ set = { "L1.W" = [[2.0]] } }]

[[expect]]
run = 1
that = "near(param('L1.W')[0][0], 0.0) and steps == 1 and h['loss'][0] == 0.5"
[[expect]]
run_until = "loss < 0.5 or steps == 3"
that = "True"
"""


def small(old: str = "", new: str = "") -> Lesson:
    """The lesson with one thing replaced."""
    assert old in SMALL
    return decode(SMALL.replace(old, new, 1).encode())
