"""Large files are refused as quickly as small ones: no size of nonsense holds the window up."""

from __future__ import annotations

import json
import random
import time

import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.disk import LARGEST
from gradgui.document.file import decode
from gradgui.errors import UserError
from tests.document.samples import Raw

REFUSED_WITHIN_S = 0.2


def raw(**changes: object) -> Raw:
    return {
        "format": "gradgui.experiment",
        "version": 1,
        "data": {"kind": "table", "x": [[1.0]], "y": [[1.0]]},
        "network": {"layers": [{"kind": "dense", "units": 1}]},
        "loss": {"kind": "half_mse"},
        "optimizer": {"kind": "sgd", "learning_rate": 0.1},
    } | changes


def wide() -> str:
    """About 7 MB of ordinary numbers, as in a table that somebody wrote with another program."""
    rng = random.Random(1)
    rows = [[rng.gauss(0, 1) for _ in range(400)] for _ in range(900)]
    return json.dumps(raw(data={"kind": "table", "x": rows, "y": [[0.0]] * 900}))


def layers(one: str, times: int) -> str:
    return json.dumps(raw()).replace('[{"kind": "dense", "units": 1}]', f"[{','.join([one] * times)}]")


def cases() -> dict[str, tuple[str, str]]:
    """(file, what is said about it)."""
    good = wide()
    last = good.index("]]")
    small = json.dumps(raw())
    keys = [f'"k{number}":1' for number in range(600_000)]
    return {
        "NaN": (good[:last] + ", NaN" + good[last:], "data.x[899][400]: expected a finite number, got NaN"),
        "1e999": (good[:last] + ", -1e999" + good[last:], "data.x[899][400]: expected a finite number, got -Infinity"),
        "text": (good[:last] + ', "a"' + good[last:], 'data.x[899][400]: expected a finite number, got "a"'),
        "too long a row": (good[:last] + ", 1" + good[last:], "data.x[899]: expected 400 numbers"),
        "cut off": (good[: len(good) // 2], "the JSON ends too early"),
        "something after": (good + " x", "there is something after the end"),
        "twice": (good[:-1] + ', "loss": {"kind": "mse"}}', "loss: this key stands here twice"),
        "unknown key": (good[:-1] + ', "code": 1}', "code: there is no such key here"),
        "long number": (
            small.replace("0.1", "1" * 9_000_000),
            "optimizer.learning_rate: expected a finite number, got Infinity",
        ),
        "half a character": (
            json.dumps(raw(title={"en": "a" * 7_000_000, "zh": "?"})).replace("?", "\\ud800"),
            "title.zh: a text contains half a character",
        ),
        "keys": ("{" + ",".join(keys) + "}", "file: there are more than 100,000 keys"),
        "key twice": ("{" + ",".join([*keys[:90_000], keys[7]]) + "}", "k0: there is no such key"),
        "empty lists": (small.replace("[[1.0]]", f"[{','.join(['[]'] * 1_000_000)}]"), "more than 250,000 lists"),
        "numbers": (small.replace("[[1.0]]", f"[[{','.join('1' * 4_000_000)}]]", 1), "more than 2,500,000 numbers"),
        "layers": (layers('{"kind":"dense","units":1}', 40_000), "network.layers: expected at most 256 layers"),
        "frozen": (
            layers('{"kind":"dense","units":1,"frozen":[' + ",".join(['"W"'] * 1_000_000) + "]}", 1),
            "network.layers[0].frozen: expected at most 20,000 entries",
        ),
        "features": (json.dumps(raw(features=["x1"] * 1_000_000)), "features: expected at most 1,000 entries"),
        "links": (
            small.replace('"layers"', '"links": [' + ",".join(['{"from":"L1","to":"L3"}'] * 40_000) + '], "layers"'),
            "network.links: expected at most 1,000 entries",
        ),
        "deep": ("[" * 200_000, "nested too deeply"),
        "quotes": ('"' * 9_000_000, "there is something after the end"),
        "spaces": (" " * 9_000_000, "the file is empty"),
    }


CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_a_large_file_that_is_no_experiment_is_refused_at_once(name: str) -> None:
    text, said = CASES[name]
    content = text.encode()
    assert len(content) <= LARGEST
    times = []
    for _ in range(3):
        began = time.process_time()
        with pytest.raises(UserError) as refused:
            compile_experiment(decode(content))
        times.append(time.process_time() - began)
    assert said in refused.value.text.en
    assert min(times) < REFUSED_WITHIN_S


def test_a_large_file_that_is_an_experiment_opens() -> None:
    compiled = compile_experiment(decode(wide().encode()))
    assert compiled.network.size == 401
