"""Opening and saving experiments."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, decode_toml, encode, from_data, read, write
from gradgui.errors import UserError
from tests.document.samples import FIXTURES, Place, changed, everything, spiral, written


def refusal(content: bytes) -> str:
    """Why these bytes are no experiment."""
    with pytest.raises(UserError) as refused:
        decode(content)
    assert refused.value.text.zh
    return refused.value.text.en


@pytest.mark.parametrize("fixture", sorted(FIXTURES.iterdir()), ids=lambda path: path.stem)
def test_every_format_there_ever_was_can_be_opened(fixture: Path) -> None:
    experiment = read(fixture)
    compile_experiment(experiment)
    assert decode(encode(experiment)) == experiment


def test_what_is_saved_opens_as_the_same_value(tmp_path: Path) -> None:
    experiment = from_data(everything())
    write(tmp_path / "a.gradgui", experiment)
    assert read(tmp_path / "a.gradgui") == experiment


def test_rows_of_numbers_stay_on_one_line() -> None:
    assert b"[1.0, -0.002]" in encode(from_data(everything()))


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("network", "layers", 3, "units"), 0, "expected a whole number from 1 to 64, got 0"),
        (("network", "layers", 3, "units"), 1.5, "expected a whole number from 1 to 64, got 1.5"),
        (("network", "layers", 3, "units"), True, "expected a whole number from 1 to 64, got true"),
        (("network", "layers", 3, "units"), 10**60, "expected a whole number from 1 to 64, got 1.000e+60"),
        (("network", "layers", 2, "rate"), "half", 'expected a number from 0 to 0.95, got "half"'),
        (("network", "layers", 0, "b"), [None], "b[0]: expected a finite number, got null"),
        (("network", "layers", 0, "W"), [[1, {}]], "W[0][1]: expected a finite number, got an object"),
        (("network", "layers", 0, "W"), 3, "expected a list, got 3"),
        (("network", "layers", 0, "name"), {"en": "a"}, "name.zh: is missing; expected text"),
        (("network", "layers", 0), [], "expected an object with a kind, got a list"),
        (("network", "layers", 0, "init"), "zero", 'got "zero"'),
        (("network", "layers", 0, "activation"), "Tanh", 'softplus, tanh, got "Tanh"'),
        (("network", "layers", 1, "frozen"), ["W", 1], "frozen[1]: expected text, got 1"),
        (("network", "links", 0, "how"), "mul", 'expected one of add, concat, got "mul"'),
        (("network", "links", 0, "to"), "L5", 'there is no layer "L5"; expected L2 to L4'),
        (("network", "links", 0, "from"), "L3", '"L3" cannot feed L4; a link starts at x or at a layer before L3'),
        (("network", "layers"), [], "there is no layer"),
        (("loss", "kind"), "rmse", 'there is no kind called "rmse"; there are bce, '),
        (("loss", "reduction"), "max", 'expected one of mean, sum, got "max"'),
        (("optimizer", "learning_rate"), -1, "expected a number from 0 to 1000000000, got -1"),
        (("training", "shuffle"), 1, "expected true or false, got 1"),
        (("training", "batchsize"), 1, "there is no such key here; there are batch_size, "),
        (("features",), "x1", 'expected a list, got "x1"'),
        (("data",), {}, "data.kind: is missing; expected one of "),
        (("title",), "Spiral", 'expected an object, got "Spiral"'),
        (("code",), "import os", "there is no such key here"),
        (("version",), 2, "made by a newer gradgui (format 2; this one reads up to 1)"),
        (("version",), "1", 'expected a format version from 1 to 1, got "1"'),
        (("format",), "gradgui.lesson", "this is no gradgui experiment"),
    ],
)
def test_what_is_wrong_is_said_with_its_exact_place(place: Place, value: object, sentence: str) -> None:
    said = refusal(written(changed(everything(), place, value)))
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")
    assert said.startswith(path)
    assert sentence in said


def test_both_languages_name_the_place() -> None:
    with pytest.raises(UserError) as refused:
        decode(written(changed(everything(), ("network", "layers", 3, "units"), 0)))
    assert refused.value.text.en == "network.layers[3].units: expected a whole number from 1 to 64, got 0"
    assert refused.value.text.zh == "network.layers[3].units\uff1a应为 1 到 64 的整数\uff0c实际为 0"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"-0.002", b"NaN", "network.layers[0].W[0][1]: expected a finite number, got NaN"),
        (b"-0.002", b"-Infinity", "network.layers[0].W[0][1]: expected a finite number, got -Infinity"),
        (b"-0.002", b"1e999", "network.layers[0].W[0][1]: expected a finite number, got Infinity"),
        (b"-0.002", b"1" * 5000, "network.layers[0].W[0][1]: expected a finite number, got Infinity"),
        (b'"rate": 0.25', b'"rate": 0.25, "rate": 0.5', "network.layers[2].rate: this key stands here twice"),
        (b'"rate": 0.25', b'"rate": 0.25,', "line 1, column"),
        (b'"rate": 0.25', b'"rate": ' + b"[" * 100_000, "file: lists and objects are nested too deeply"),
        (b"Tyres", b"Ty\xff", "byte "),
        (b"Tyres", b"\\ud800", "network.layers[0].name.en: a text contains half a character"),
        (b"-0.002", b'"\\ud800"', "network.layers[0].W[0][1]: a text contains half a character"),
    ],
)
def test_what_json_cannot_say_is_found_as_well(old: bytes, new: bytes, sentence: str) -> None:
    content = written(everything())
    assert content.count(old) == 1
    assert refusal(content.replace(old, new)).startswith(sentence)


def test_a_file_that_ends_too_early_says_so() -> None:
    assert "the JSON ends too early" in refusal(written(everything())[:-40])
    assert "after the end" in refusal(written(everything()) + b"{}")


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(content: bytes) -> None:
    assert refusal(content) == "file: the file is empty"


@pytest.mark.parametrize("content", [b"[]", b"null", b"3", b'"x"'])
def test_json_that_is_no_object_says_so(content: bytes) -> None:
    assert refusal(content).startswith("file: expected an object, got ")


def test_a_byte_order_mark_does_no_harm() -> None:
    content = written(everything())
    assert decode(b"\xef\xbb\xbf" + content) == decode(content)


def test_colons_in_texts_are_no_keys() -> None:
    experiment = decode(written(changed(everything(), ("title",), {"en": 'a: "b": c\\', "zh": "甲:乙"})))
    assert experiment.title is not None
    assert experiment.title.en == 'a: "b": c\\'


def test_a_lesson_holds_the_same_keys_in_toml() -> None:
    toml = b"""
        loss = { kind = "half_mse" }
        optimizer = { kind = "sgd", learning_rate = 0.1 }
        data = { kind = "table", x = [[1.0]], y = [[1]] }
        [[network.layers]]
        kind = "dense"
        units = 1
    """
    assert isinstance(decode_toml(toml), Experiment)
    with pytest.raises(UserError, match=r"^data\.x\[0\]\[0\]: expected a finite number, got NaN"):
        decode_toml(toml.replace(b"[[1.0]]", b"[[nan]]"))
    with pytest.raises(UserError, match="this is not TOML"):
        decode_toml(b"x = ")
    with pytest.raises(UserError, match=r"network\.layers\[0\]\.units: expected a whole"):
        decode_toml(toml.replace(b"units = 1", b"units = 2020-01-01"))


# ── Places that are no files ─────────────────────────────────────────────────────────────────────


def why_not(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        read(path)
    return refused.value.text.en


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert why_not(tmp_path) == f"{tmp_path} cannot be opened: it is a folder."
    assert why_not(tmp_path / "none") == f"{tmp_path / 'none'} cannot be opened: there is no such file or folder."
    assert "the name contains a null character" in why_not(tmp_path / "a\0b")
    assert "the name is too long" in why_not(tmp_path / ("a" * 300))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_pipes_devices_and_circles_are_refused_at_once(tmp_path: Path) -> None:
    circle, pipe = tmp_path / "circle", tmp_path / "pipe"
    circle.symlink_to(circle)
    os.mkfifo(pipe)
    assert "links go round in a circle" in why_not(circle)
    assert "no ordinary file" in why_not(pipe)
    assert "no ordinary file" in why_not(Path("/dev/zero"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_an_experiment_opens(tmp_path: Path) -> None:
    write(tmp_path / "real.gradgui", spiral())
    (tmp_path / "link.gradgui").symlink_to(tmp_path / "real.gradgui")
    assert read(tmp_path / "link.gradgui") == spiral()


def test_a_file_of_more_than_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.gradgui"
    with huge.open("wb") as file:
        file.truncate(11 * 2**20)
    began = time.perf_counter()
    assert why_not(huge) == f"{huge} cannot be opened: it has 11.0 MB; an experiment has at most 10 MB."
    assert time.perf_counter() - began < 2


def test_what_would_not_open_again_is_not_saved(tmp_path: Path) -> None:
    rows = [[0.123456789012345] * 60] * 10_000
    raw = changed(everything(), ("data",), {"kind": "table", "x": rows, "y": [[0]] * 10_000})
    experiment = from_data(changed(raw, ("features",), None))
    with pytest.raises(UserError, match="10 MB is the most"):
        write(tmp_path / "big.gradgui", experiment)
    assert list(tmp_path.iterdir()) == []
