"""Experiments that together use every kind a script must know."""

from __future__ import annotations

from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.file import from_data

Raw = dict[str, object]


def dense(units: int, activation: str, **more: object) -> Raw:
    return {"kind": "dense", "units": units, "activation": activation, **more}


def experiment(layers: list[Raw], judge: str, optimizer: Raw, **more: object) -> Raw:
    """A small classification of the plane, unless `more` says otherwise."""
    network: Raw = {"layers": layers, "links": more.pop("links", [])}
    return {
        "data": {"kind": "circle", "points": 30, "seed": 3},
        "network": network,
        "loss": {"kind": judge},
        "optimizer": {"learning_rate": 0.05, **optimizer},
        "training": {"batch_size": 4, "seed": 5},
    } | more


PICTURE = {"kind": "digits", "points": 40}
RINGS = {"kind": "rings", "points": 30}
PLANE = {"kind": "plane", "points": 24}

EXPERIMENTS: dict[str, Raw] = {
    "toy car": experiment(
        [
            dense(1, "relu", W=[[1.0]], b=[0.0]),
            dense(1, "relu", W=[[0.5]], b=[0.5]),
            dense(1, "identity", W=[[0.4]], b=[5.6]),
        ],
        "half_mse",
        {"kind": "sgd", "learning_rate": 0.1},
        data={"kind": "table", "x": [[1]], "y": [[1]]},
    ),
    "tanh and momentum": experiment(
        [dense(4, "tanh"), dense(3, "sin"), dense(1, "tanh")], "half_mse", {"kind": "momentum"}
    ),
    "sigmoid, closed form, adam": experiment([dense(4, "sigmoid"), dense(1, "sigmoid")], "bce", {"kind": "adam"}),
    "softmax, closed form, adamw": experiment(
        [dense(5, "gelu"), dense(3, "softmax")], "cross_entropy", {"kind": "adamw"}, data=RINGS
    ),
    "gap, softplus, rmsprop": experiment(
        [dense(5, "softplus"), dense(3, "softmax")], "gap", {"kind": "rmsprop"}, data=RINGS
    ),
    "open cross-entropy, silu, adagrad": experiment(
        [dense(4, "silu"), dense(3, "sigmoid")], "cross_entropy", {"kind": "adagrad"}, data=RINGS
    ),
    "hinge, elu, nesterov": experiment([dense(4, "elu"), dense(1, "identity")], "hinge", {"kind": "nesterov"}),
    "mae, leaky relu, lion": experiment(
        [dense(4, "leaky_relu"), dense(1, "identity")], "mae", {"kind": "lion", "weight_decay": 0.1}, data=PLANE
    ),
    "mse, tanh, qhm": experiment([dense(4, "tanh"), dense(1, "identity")], "mse", {"kind": "qhm"}, data=PLANE),
    "mse, sin, qhadam": experiment(
        [dense(4, "sin"), dense(1, "identity")], "mse", {"kind": "qhadam", "nu2": 0.9}, data=PLANE
    ),
    "adam that decays weights and corrects nothing": experiment(
        [dense(4, "tanh"), dense(1, "identity")],
        "mse",
        {"kind": "adam", "weight_decay": 0.1, "bias_correction": False},
        data=PLANE,
    ),
    "adam that decays weights": experiment(
        [dense(4, "tanh"), dense(1, "identity")], "mse", {"kind": "adam", "weight_decay": 0.1}, data=PLANE
    ),
    "qhadam without bias correction": experiment(
        [dense(4, "tanh"), dense(1, "identity")],
        "mse",
        {"kind": "qhadam", "nu2": 0.9, "bias_correction": False},
        data=PLANE,
    ),
    "huber, sum, full batch": experiment(
        [dense(3, "tanh"), dense(1, "identity")],
        "huber",
        {"kind": "sgd", "learning_rate": 0.001},
        data=PLANE,
        loss={"kind": "huber", "delta": 0.2, "reduction": "sum"},
        training={"batch_size": 0},
    ),
    "open bce": experiment(
        [dense(3, "tanh"), dense(2, "softmax")],
        "bce",
        {"kind": "sgd"},
        data={"kind": "table", "x": [[1, 2], [3, -1]], "y": [[0, 1], [1, 0]]},
    ),
    "links that add and stand side by side": experiment(
        [dense(2, "tanh"), dense(2, "tanh"), {"kind": "concat"}, dense(2, "relu"), {"kind": "add"}, dense(1, "tanh")],
        "mse",
        {"kind": "sgd"},
        links=[{"from": "x", "to": "L3"}, {"from": "L2", "to": "L5"}, {"from": "x", "to": "L6", "how": "concat"}],
    ),
    "features, penalties, frozen, clipped, scheduled": experiment(
        [dense(4, "tanh", frozen=["W[1,2]", "b"]), dense(1, "sigmoid", frozen=["b"])],
        "mse",
        {"kind": "adamw", "weight_decay": 0.1},
        features=["x1", "x2", "x1*x2"],
        training={
            "batch_size": 7,
            "shuffle": False,
            "l1": 0.01,
            "l2": 0.02,
            "clip_value": 0.05,
            "clip_norm": 0.08,
            "schedule": {"kind": "cosine", "every": 4, "factor": 0.2},
        },
    ),
    "step schedule": experiment(
        [dense(1, "identity")],
        "mse",
        {"kind": "sgd"},
        data=PLANE,
        training={"batch_size": 5, "schedule": {"kind": "step", "every": 1, "factor": 0.5}},
    ),
    "the answer itself": experiment([dense(2, "tanh"), dense(1, "sin")], "output", {"kind": "sgd"}, data=PLANE),
    "norms and dropout": experiment(
        [
            dense(6, "relu"),
            {"kind": "layer_norm"},
            dense(4, "tanh"),
            {"kind": "batch_norm"},
            {"kind": "dropout", "rate": 0.3},
            dense(1, "sigmoid"),
        ],
        "bce",
        {"kind": "sgd"},
    ),
    "pictures": experiment(
        [
            {"kind": "conv2d", "filters": 3, "size": 3, "padding": 1, "activation": "relu"},
            {"kind": "max_pool"},
            {"kind": "conv2d", "filters": 2, "size": 2, "stride": 2, "activation": "tanh"},
            {"kind": "batch_norm"},
            {"kind": "avg_pool"},
            {"kind": "flatten"},
            dense(10, "softmax"),
        ],
        "cross_entropy",
        {"kind": "sgd"},
        data=PICTURE,
    ),
}


def compiled(name: str) -> Compiled:
    """The experiment of that name, ready to run."""
    return compile_experiment(from_data(EXPERIMENTS[name]))
