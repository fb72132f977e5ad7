"""Tables from files: columns, layouts, trouble named with its place, and paths that stay at home."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import numpy as np
import pytest

from gradgui.catalog.datasets import _csv_layout, _csv_text
from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.datasets._csv_layout import Layout
from gradgui.catalog.datasets._csv_reader import Preview, preview, read_table
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.errors import UserError

NUMBERS = "a,b,y\n1,10,100\n2,20,200\n3,30,300\n4,40,400\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def loaded(folder: Path, content: str | bytes, **options: object) -> Examples:
    put(folder, content)
    return msgspec.convert({"kind": "csv", "path": "t.csv", **options}, CsvSpec).load(folder)


def refusal(folder: Path, content: str | bytes, **options: object) -> str:
    """The English sentence; the Chinese one is there too and is not the same."""
    with pytest.raises(UserError) as caught:
        loaded(folder, content, **options)
    text = caught.value.text
    assert text.zh != text.en
    assert "{" not in text.en + text.zh
    return text.en


def shown(folder: Path, content: str | bytes, layout: Layout | None = None) -> Preview:
    return preview(put(folder, content), layout or Layout())


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────


def test_the_last_column_is_the_target_unless_another_is_named(folder: Path) -> None:
    examples = loaded(folder, NUMBERS)
    assert examples.names == ("a", "b")
    assert examples.x.tolist() == [[1, 10], [2, 20], [3, 30], [4, 40]]
    assert examples.y is not None
    assert examples.y.tolist() == [[100], [200], [300], [400]]
    assert loaded(folder, NUMBERS, targets=["a"]).names == ("b", "y")


def test_several_targets_stand_in_the_order_asked_for(folder: Path) -> None:
    examples = loaded(folder, NUMBERS, targets=["y", "a"])
    assert examples.y is not None
    assert examples.y[0].tolist() == [100, 1]
    assert examples.names == ("b",)


def test_words_among_the_inputs_become_one_column_each(folder: Path) -> None:
    examples = loaded(folder, "colour,n,y\nred,1,1\n绿,2,2\nred,3,3\nblue,4,4\n")
    assert examples.names == ("colour = blue", "colour = red", "colour = 绿", "n")
    assert examples.x.tolist() == [[0, 1, 0, 1], [0, 0, 1, 2], [0, 1, 0, 3], [1, 0, 0, 4]]


def test_a_target_of_words_gives_classes_in_alphabetical_order(folder: Path) -> None:
    examples = loaded(folder, "x,sort\n1,no\n2,yes\n3,no\n")
    assert examples.y is None
    assert examples.labels is not None
    assert examples.labels.tolist() == [0, 1, 0]
    assert examples.classes == 2
    assert [name.zh for name in examples.class_names] == ["no", "yes"]


def test_numbers_can_be_classes_in_the_order_of_their_size(folder: Path) -> None:
    examples = loaded(folder, "x,digit\n1,10\n2,9\n3,10\n4,-1.5\n", target_type="class")
    assert examples.labels is not None
    assert examples.labels.tolist() == [2, 1, 2, 0]
    assert [name.en for name in examples.class_names] == ["-1.5", "9", "10"]


def test_one_class_is_allowed(folder: Path) -> None:
    assert loaded(folder, "x,sort\n1,a\n2,a\n").classes == 1


# ── Splitting and standardising ──────────────────────────────────────────────────────────────────


def test_without_a_share_for_testing_all_rows_stay_in_order(folder: Path) -> None:
    assert loaded(folder, NUMBERS).test == 0


def test_both_parts_of_a_split_keep_the_order_of_the_file(folder: Path) -> None:
    content = "x,y\n" + "".join(f"{i},{i}\n" for i in range(100))
    examples = loaded(folder, content, test_fraction=0.3)
    train, test = np.split(examples.x[:, 0], [70])
    assert examples.test == 30
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()
    assert sorted([*train, *test]) == list(range(100))
    assert np.array_equal(examples.x, examples.y)
    assert not np.array_equal(loaded(folder, content, test_fraction=0.3, seed=2).x, examples.x)


def test_standardised_inputs_have_mean_0_and_deviation_1_and_remember_their_units(folder: Path) -> None:
    examples = loaded(folder, NUMBERS, standardise="inputs")
    assert examples.scaling is not None
    assert examples.scaling.x_mean.tolist() == [2.5, 25]
    assert np.allclose(examples.scaling.x_scale, [1.25**0.5, 10 * 1.25**0.5])
    assert np.allclose(examples.x.mean(axis=0), 0)
    assert np.allclose(examples.x.std(axis=0), 1)
    assert examples.y is not None
    assert examples.y[0, 0] == 100
    assert examples.scaling.target_in_data_units(examples.y)[0, 0] == 100


def test_standardised_targets_can_be_read_in_data_units(folder: Path) -> None:
    examples = loaded(folder, NUMBERS, standardise="both")
    assert examples.y is not None
    assert examples.scaling is not None
    assert np.allclose([examples.y.mean(), examples.y.std()], [0, 1])
    assert np.allclose(examples.scaling.target_in_data_units(examples.y)[:, 0], [100, 200, 300, 400])


def test_weights_of_a_standardised_line_are_said_in_data_units(folder: Path) -> None:
    rng = np.random.default_rng(0)
    x = rng.uniform(50, 90, (40, 2))
    rows = "".join(f"{a!r},{b!r},{3 * a - 2 * b + 7!r}\n" for a, b in x.tolist())
    examples = loaded(folder, "a,b,y\n" + rows, standardise="both", test_fraction=0.25)
    assert examples.y is not None
    assert examples.scaling is not None
    ones = np.ones((40, 1))
    solution = np.linalg.lstsq(np.hstack([examples.x, ones]), examples.y, rcond=None)[0].T
    weights, bias = examples.scaling.weights_in_data_units(solution[:, :2], solution[:, 2])
    assert np.allclose(weights, [[3, -2]])
    assert np.allclose(bias, [7])


def test_only_training_examples_decide_the_scale(folder: Path) -> None:
    content = "x,y\n" + "".join(f"{i * i},{i}\n" for i in range(20))
    plain, scaled = (loaded(folder, content, test_fraction=0.5, standardise=how) for how in ("none", "inputs"))
    assert plain.scaling is None
    assert scaled.scaling is not None
    assert scaled.scaling.x_mean[0] == plain.x[:10].mean()


def test_words_and_classes_are_not_standardised(folder: Path) -> None:
    examples = loaded(folder, "c,n,sort\na,1,u\nb,3,v\na,5,u\n", standardise="both")
    assert examples.x[:, :2].tolist() == [[1, 0], [0, 1], [1, 0]]
    assert np.allclose(examples.x[:, 2].mean(), 0)
    assert examples.labels is not None
    assert examples.labels.tolist() == [0, 1, 0]


@pytest.mark.parametrize("constant", ["0", "0.1", "7e99", "-3"])
def test_a_constant_column_becomes_zero_rather_than_nothing(folder: Path, constant: str) -> None:
    content = "x,k,y\n" + "".join(f"{i},{constant},{i}\n" for i in range(13))
    examples = loaded(folder, content, standardise="both")
    assert np.isfinite(examples.x).all()
    assert np.abs(examples.x[:, 1]).max() <= 1e-12 * max(1, abs(float(constant)))


# ── Layout ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", ["甲,b,y\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_header_and_line_ends_are_found(folder: Path, delimiter: str, header: str, end: str) -> None:
    content = (header + "1,2.5,3\n4,5,6\n").replace(",", delimiter).replace("\n", end)
    examples = loaded(folder, content)
    assert examples.x.tolist() == [[1, 2.5], [4, 5]]
    assert examples.names == (("甲", "b") if header else ("x1", "x2"))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-32", b""),
        ("gb18030", b""),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_the_encoding_is_found(folder: Path, encoding: str, mark: bytes) -> None:
    content = mark + "面积,城区\n1.5,老城\n2.5,郊区\n".encode(encoding)
    examples = loaded(folder, content)
    assert examples.names == ("面积",)
    assert [name.en for name in examples.class_names] == ["老城", "郊区"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_encoding_can_be_given(folder: Path, encoding: str) -> None:
    assert loaded(folder, "面积,y\n1,2\n".encode(encoding), encoding=encoding).names == ("面积",)


def test_a_mark_stays_out_of_the_first_name_where_the_encoding_is_given(folder: Path) -> None:
    assert loaded(folder, "a,y\n1,2\n".encode("utf-8-sig"), encoding="utf-8").names == ("a",)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_decimals_may_be_written_with_a_comma(folder: Path, delimiter: str) -> None:
    examples = loaded(folder, "a;b;y\n1,5;-2,25;3\n1;+0,5;4,75\n".replace(";", delimiter))
    assert examples.x.tolist() == [[1.5, -2.25], [1, 0.5]]
    assert loaded(folder, "1,5;2,5\n3,5;4,5\n").x.tolist() == [[1.5], [3.5]]


def test_quoted_decimals_with_a_comma_need_no_other_delimiter(folder: Path) -> None:
    assert loaded(folder, 'a,y\n"1,5","2,5"\n"3,5","4"\n').x.tolist() == [[1.5], [3.5]]


def test_points_between_digits_mean_that_commas_are_no_decimals(folder: Path) -> None:
    assert shown(folder, "a;b\n1.5;x\n2,5;y\n").layout.decimal == "."
    assert "row 3, column “a”: “2,5” is no number" in refusal(folder, "a;y\n1.5;1\n2,5;2\n")


def test_what_is_given_is_not_guessed(folder: Path) -> None:
    assert loaded(folder, "1,2\n3,4\n", header="yes").names == ("1",)
    assert loaded(folder, "a,b\nc,d\n", header="no").x.shape == (2, 2)
    assert loaded(folder, "a;b|y\n1;2|3\n", delimiter="|").names == ("a;b = 1;2",)
    assert loaded(folder, "a;y\n1,5;2\n", decimal=",").x.tolist() == [[1.5]]


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("a,b\n1,2\n", "yes"),
        ("1,2\n3,4\n", "no"),
        ("a,1\nb,2\n", "no"),
        ("name,sort\nx,u\ny,v\n", "yes"),
        ("u,v\nu,v\nw,v\n", "no"),
        (",a\n0,1\n", "yes"),
        ("a,b\n", "yes"),
    ],
)
def test_names_on_top_are_told_from_examples(folder: Path, content: str, header: str) -> None:
    put(folder, content)
    if content == "a,b\n":
        assert "only column names and no example" in refusal(folder, content)
    else:
        assert preview(folder / "t.csv").layout.header == header


def test_a_column_without_a_name_is_called_by_its_place(folder: Path) -> None:
    assert loaded(folder, ",a,y\n0,1,2\n1,2,3\n").names == ("x1", "a")


def test_spaces_blank_lines_and_quotes_are_no_trouble(folder: Path) -> None:
    content = '\n a , "b, c",y\n\n 1 , 2,3 \n,,\n"4","5",  6\n \n'
    examples = loaded(folder, content)
    assert examples.names == ("a", "b, c")
    assert examples.x.tolist() == [[1, 2], [4, 5]]


def test_a_delimiter_at_the_end_of_every_line_makes_no_column(folder: Path) -> None:
    assert loaded(folder, "a,y,\n1,2,\n3,4,\n").names == ("a",)
    assert loaded(folder, "a;y;\n1;2;\n3;4;\n").names == ("a",)


def test_chinese_minus_and_wide_digits_are_numbers(folder: Path) -> None:
    assert loaded(folder, "a,y\n−1.5,２\n1e-3,.5\n").x.tolist() == [[-1.5], [0.001]]


def test_a_cell_may_span_lines(folder: Path) -> None:
    examples = loaded(folder, 'note,y\n"two\nlines",1\nplain,2\n')
    assert examples.names == ("note = plain", "note = two\nlines")
    assert "row 3, column “y”" in refusal(folder, 'note,y\n"two\nlines",1\nplain,\nz,4\n')


def test_a_long_file_is_guessed_from_its_beginning(folder: Path) -> None:
    content = "a;y\n" + "1;2\n" * 49_999 + "3;4\n"
    assert len(loaded(folder, content).x) == 50_000


def test_a_sample_without_a_line_end_is_looked_at_as_it_is(folder: Path) -> None:
    sentence = refusal(folder, "x" * 300_000)
    assert "a cell is far too long" in sentence


# ── Trouble in the file ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "t.csv: the file is empty."),
        (" \n\n,,\n", "t.csv: the file is empty."),
        (b"\xef\xbb\xbf", "t.csv: the file is empty."),
        ("a,b\n", "t.csv: there are only column names and no example."),
        ("a,a,y\n1,2,3\n", "t.csv: two columns are called “a”."),
        ("a,y\n1,2\n3\n", "t.csv: row 3 has 1 columns, but the first row has 2."),
        ("a,y\n\n1,2\n3,4,5\n", "t.csv: row 4 has 3 columns, but the first row has 2."),
        ("a,y\n1,\n2,3\n", "t.csv: row 2, column “y”: the value is missing."),
        ("a,y\n1,2\n?,3\n", "t.csv: row 3, column “a”: the value is missing."),
        ("a,y\n1,2\nNaN,3\n", "t.csv: row 3, column “a”: the value is missing."),
        ("a,y\nred,2\nnull,3\nN/A,3\n", "t.csv: row 3, column “a”: the value is missing."),
        ("a,y\n1,2\nNA,3\n", "t.csv: row 3, column “a”: “NA” is no number."),
        ("a,y\n1_000,2\n3,3\n", "t.csv: row 2, column “a”: “1_000” is no number."),
        ("a,y\n1,inf\n2,3\n", "t.csv: row 2, column “y”: “inf” is no finite number, or too large a one."),
        ("a,y\n1,-Infinity\n2,3\n", "t.csv: row 2, column “y”: “-Infinity” is no finite number"),
        ("a,y\n1,1e999\n2,3\n", "t.csv: row 2, column “y”: “1e999” is no finite number, or too large a one."),
        ("a,y\n1,-2e100\n2,3\n", "t.csv: row 2, column “y”: “-2e100” is no finite number, or too large a one."),
        ('a,y\n1,"2\n', 't.csv: row 2: a quotation mark " is not closed'),
        ('a,y\n1,"2"3\n', 't.csv: row 2: a quotation mark " is not closed or in the wrong place'),
        ("a\n1\n2\n", "t.csv: every column is a target; none is left as an input."),
        (b"a,y\n1,\x00\n", "t.csv: this is no text: it contains null characters."),
        (b"\xff\xfea,y", "t.csv: its letters cannot be read as UTF-16."),
        (b"a,y\n\xff\xff,1\n", "t.csv: its letters cannot be read as UTF-8, GB18030."),
        (",".join(f"c{i}" for i in range(130)) + "\n", "t.csv: it has 130 columns; at most 129 can be read."),
        (",".join(f"c{i}" for i in range(500)) + "\n", "t.csv: it has 500 columns; at most 129 can be read."),
        ("a,y\n" + "1,2\n" * 50_001, "t.csv: it has more than 50,000 rows."),
        ("1,2\n" * 50_001, "t.csv: it has more than 50,000 rows."),
        ("a,a = u,y\nu,1,1\nv,2,2\n", "t.csv: two columns are called “a = u”."),
        (
            "c,d,y\n" + "".join(f"word{i},e,{i}\n" for i in range(130)),
            "t.csv: column “c” holds 130 different words, each of which would become an input; there can be 129",
        ),
        (
            "x,c\n" + "".join(f"{i},w{i}\n" for i in range(65)),
            "t.csv: the target column “c” has 65 classes; there can be",
        ),
    ],
)
def test_trouble_is_named_with_its_place(folder: Path, content: str | bytes, said: str) -> None:
    assert refusal(folder, content).startswith(said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"targets": ["z"]}, "t.csv: there is no column “z”; there are a, b, y."),
        ({"targets": ["a", "b", "y"]}, "t.csv: every column is a target"),
        ({"targets": ["y", "y"]}, "t.csv: two columns are called “y”."),
        ({"encoding": "utf-16"}, "t.csv: its letters cannot be read as UTF-16."),
    ],
)
def test_options_that_do_not_fit_the_file_are_refused(folder: Path, options: dict[str, object], said: str) -> None:
    assert refusal(folder, NUMBERS + "\n", **options).startswith(said)


def test_a_long_list_of_columns_is_cut_short(folder: Path) -> None:
    content = ",".join(f"c{i}" for i in range(20)) + "\n" + ",".join("1" * 20) + "\n"
    assert refusal(folder, content, targets=["z"]).endswith("c10, c11, ….")


def test_words_cannot_be_numbers(folder: Path) -> None:
    words = "x,u,v\n1,a,1\n2,b,2\n"
    assert "the target column “u” holds words" in refusal(folder, words, targets=["u", "v"])
    assert "the target column “u” holds words" in refusal(folder, words, targets=["u"], target_type="number")


def test_a_long_cell_is_shortened_in_the_sentence(folder: Path) -> None:
    sentence = refusal(folder, f"a,y\n{'q' * 200},1\n1,2\n2,3\n")
    assert "“" + "q" * 39 + "…” is no number" in sentence


def test_a_file_that_is_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_csv_text, "LARGEST", 2**20)
    assert refusal(folder, b"1,2\n" * 2**19) == "t.csv: it has 2.0 MB; at most 1 MB can be read."


# ── Where the file lies ──────────────────────────────────────────────────────────────────────────


def kept_out(path: str, folder: Path | None, chosen: tuple[Path, ...] = ()) -> str:
    with pytest.raises(UserError) as caught:
        CsvSpec(path=path).load(folder, chosen)
    assert caught.value.text.zh != caught.value.text.en
    return caught.value.text.en


@pytest.mark.parametrize(
    "path", ["../t.csv", "..\\t.csv", "sub/../../t.csv", "/etc/passwd", "", " ", "a\0b.csv", "../inside-not/t.csv"]
)
def test_a_path_that_leaves_the_folder_is_refused(folder: Path, path: str) -> None:
    put(folder, NUMBERS)
    inside = folder / "inside"
    (folder / "inside-not").mkdir()
    put(folder / "inside-not", NUMBERS)
    inside.mkdir()
    assert "is no file in the experiment's folder" in kept_out(path, inside)


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path) -> None:
    put(folder, NUMBERS)
    inside = folder / "inside"
    inside.mkdir()
    (inside / "link.csv").symlink_to(folder / "t.csv")
    (inside / "circle.csv").symlink_to(inside / "circle.csv")
    assert "is no file in the experiment's folder" in kept_out("link.csv", inside)
    kept_out("circle.csv", inside)


@pytest.mark.parametrize("path", ["t.csv", "./t.csv", "sub/../t.csv", "sub\\..\\t.csv", "ABSOLUTE"])
def test_a_path_that_stays_in_the_folder_is_read(folder: Path, path: str) -> None:
    file = put(folder, NUMBERS)
    (folder / "sub").mkdir()
    assert len(CsvSpec(path=path.replace("ABSOLUTE", str(file))).load(folder).x) == 4


def test_an_experiment_without_a_folder_reads_only_what_was_picked_by_hand(folder: Path) -> None:
    file = put(folder, NUMBERS)
    assert "has not been saved yet" in kept_out(str(file), None)
    assert len(CsvSpec(path=str(file)).load(None, (file,)).x) == 4
    assert len(CsvSpec(path=str(file)).load(folder / "elsewhere", (file,)).x) == 4
    assert "has not been saved yet" in kept_out(str(folder / "other.csv"), None, (file,))


def test_what_is_no_file_is_refused(folder: Path) -> None:
    assert kept_out("missing.csv", folder) == "missing.csv: there is no such file."
    put(folder, NUMBERS)
    assert kept_out("t.csv/deeper.csv", folder) == "deeper.csv: there is no such file."
    (folder / "sub").mkdir()
    assert kept_out("sub", folder) == "sub: it is no ordinary file."
    assert "the name is too long" in kept_out("n" * 1000, folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hold_us_up(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert kept_out("pipe.csv", folder) == "pipe.csv: it is no ordinary file."


def test_an_unknown_trouble_of_the_disk_is_told_in_its_own_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, NUMBERS)

    def broken(path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", broken)
    assert kept_out("t.csv", folder) == "t.csv: Input/output error."


def test_a_changed_file_is_read_again(folder: Path) -> None:
    assert len(loaded(folder, NUMBERS).x) == 4
    assert len(loaded(folder, NUMBERS + "5,50,500\n").x) == 5


def test_an_unchanged_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folder, NUMBERS)
    first = read_table(path)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert read_table(path) is first


# ── Preview ──────────────────────────────────────────────────────────────────────────────────────


def test_a_preview_shows_names_types_and_the_first_rows(folder: Path) -> None:
    seen = shown(folder, "面积;城区\n" + "".join(f"{i},5;老城\n" for i in range(1, 31)))
    assert seen.names == ("面积", "城区")
    assert seen.numeric == (True, False)
    assert seen.rows[0] == ("1,5", "老城")
    assert len(seen.rows) == 20
    assert seen.count == 30
    assert seen.trouble is None
    assert seen.layout == Layout("utf-8", ";", "yes", ",")


def test_what_a_preview_found_can_stand_in_a_file(folder: Path) -> None:
    layout = shown(folder, "面积,y\n1,2\n".encode("utf-8-sig")).layout
    spec = CsvSpec(
        path="t.csv", encoding=layout.encoding, delimiter=layout.delimiter, header=layout.header, decimal=layout.decimal
    )
    again = msgspec.json.decode(msgspec.json.encode(spec), type=CsvSpec)
    assert again == spec
    assert again.load(folder).names == ("面积",)


def test_a_preview_shows_a_file_that_cannot_be_used_yet_and_says_why(folder: Path) -> None:
    seen = shown(folder, "a,y\n1,2\n,3\n")
    assert seen.names == ("a", "y")
    assert seen.trouble is not None
    assert seen.trouble.en == "row 3, column “a”: the value is missing"
    assert seen.trouble.zh == "第 3 行“a”列：缺少数值"


def test_a_preview_follows_the_layout_that_is_given(folder: Path) -> None:
    assert shown(folder, "a,b\n1,2\n", Layout(header="no")).names == ("x1", "x2")


def test_a_preview_of_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(UserError, match=r"t.csv: the file is empty\."):
        shown(folder, "")


def test_a_column_that_is_left_out_may_hold_whatever_it_likes(folder: Path) -> None:
    examples = loaded(folder, "name,a,y\nAnn,1,2\n,3,4\n", ignored=["name"])
    assert examples.names == ("a",)
    assert "missing" in refusal(folder, "name,a,y\nAnn,1,2\n,3,4\n")
    assert "no column “nam”" in refusal(folder, "name,a,y\nAnn,1,2\n", ignored=["nam"])
    assert "left out" in refusal(folder, "a,y\n1,2\n", ignored=["a", "y"])


def test_what_was_looked_at_is_not_read_again_until_the_file_changes(folder: Path) -> None:
    first = loaded(folder, NUMBERS, standardise="both")
    spec = CsvSpec(path=str(folder / "t.csv"), standardise="both")
    assert spec.load(None, [folder / "t.csv"]) is first
    assert not first.x.flags.writeable
    assert loaded(folder, NUMBERS + "5,50,500\n", standardise="both").x.shape == (5, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_taken_up_in_blocks_reads_as_one(folder: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    content = end.join(["a,y", *(f'"{n}{end}{n}",{n}' for n in range(9))]) + end
    whole = loaded(folder, content)
    monkeypatch.setattr(_csv_layout, "BLOCK", 5)
    put(folder, content, "again.csv")
    blocks = CsvSpec(path="again.csv").load(folder)
    assert blocks.names == whole.names
    np.testing.assert_array_equal(blocks.x, whole.x)
    np.testing.assert_array_equal(blocks.y, whole.y)
