"""YAML is read strictly, and mistakes are named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.documents import DEEPEST, MOST_BYTES, DocumentError, load_model, read_document
from greenroom.model import Value


class Dish(Value):
    """Something to read a document as."""

    name: str
    hot: bool = False
    parts: tuple[str, ...] = ()
    price: float = 0
    sides: dict[str, int] = {}  # noqa: RUF012  # pydantic copies defaults


def document(folder: Path, text: str | bytes) -> Path:
    """Write a document and return its path."""
    file = folder / "dish.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_words_stay_words(tmp_path: Path) -> None:
    """Only true and false are booleans; on, off, yes, dates and times are text, and so is all that is quoted."""
    text = "a: [on, off, yes, No, true, false, True]\nb: [2026-11-21, 11:30, 1:30]\nc: ['true', \"12\", 'null']\n"
    assert read_document(document(tmp_path, text)) == {
        "a": ["on", "off", "yes", "No", True, False, "True"],
        "b": ["2026-11-21", "11:30", "1:30"],
        "c": ["true", "12", "null"],
    }


def test_numbers_and_nothing(tmp_path: Path) -> None:
    """Integers, decimals and null are read; hexadecimal, underscored and infinite numbers are text."""
    text = "a: [12, -3, 010, 1.5, 1e3, 0x1f, 1_000, .inf, .nan]\nb: ~\nc:\nd: null\ne: {}\nf: []\n"
    found = read_document(document(tmp_path, text))
    assert found["a"] == [12, -3, 10, 1.5, 1000.0, "0x1f", "1_000", ".inf", ".nan"]
    assert [found[key] for key in "bcdef"] == [None, None, None, {}, []]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", ":4: b: the key 'c' stands twice. Keep one of the two"),
        ("a: 1\ntrue: 2\n", ":2: the key 'true' is not text. Put it in quotes"),
        ("1: one\n", ":1: the key '1' is not text"),
        ("[a, b]: 1\n", ":1: the key a list or mapping is not text"),
        ("a: &x 1\nb: *x\n", ":1: a: anchors and aliases are not read"),
        ("a: !!python/object:os.system x\n", ":1: a: the tag 'tag:yaml.org,2002:python/object:os.system' is not"),
        ("a: 1\n---\nb: 2\n", ":2: a second document begins"),
        ("- a\n", ":1: the file is not a mapping"),
        ("", ":1: the file is not a mapping"),
        ("a: [1\nb: 2\n", "is not YAML: "),
        ("a: " + "[" * (DEEPEST + 1), f"is nested deeper than {DEEPEST}"),
        (b"a: 1\nb: \xff\n", ":2: is not UTF-8"),
        (b"#" * (MOST_BYTES + 1), f"is larger than {MOST_BYTES} bytes"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(text: str | bytes, said: str, tmp_path: Path) -> None:
    """What is not plain, whole and unambiguous is refused, and the message says where and what to do."""
    file = document(tmp_path, text)
    with pytest.raises(DocumentError) as caught:
        read_document(file)
    assert str(caught.value).startswith(str(file))
    assert said in str(caught.value)


def test_a_missing_file_is_an_error_of_the_same_kind(tmp_path: Path) -> None:
    """Reading what is not there names the file and the reason."""
    with pytest.raises(DocumentError, match=r"gone\.yaml: cannot be read: No such file"):
        read_document(tmp_path / "gone.yaml")


def test_a_document_becomes_a_model(tmp_path: Path) -> None:
    """Lists become tuples and whole numbers decimals; nothing else is converted."""
    text = "name: Soup\nhot: true\nparts: [leek]\nprice: 4\nsides: {bread: 1}\n"
    dish = load_model(document(tmp_path, text), Dish)
    assert dish == Dish(name="Soup", hot=True, parts=("leek",), price=4.0, sides={"bread": 1})


def test_each_wrong_field_is_one_line(tmp_path: Path) -> None:
    """Field, line, what is wrong and what to do, a line for each; values are not coerced."""
    file = document(tmp_path, "hot: yes\nparts:\n  - leek\n  - 7\ncolour: red\n")
    with pytest.raises(DocumentError) as caught:
        load_model(file, Dish)
    assert str(caught.value).splitlines() == [
        f"{file}:1: name: Field required. Add it",
        f"{file}:1: hot: Input should be a valid boolean. Write true or false",
        f"{file}:4: parts.1: Input should be a valid string. Put the value in quotes",
        f"{file}:5: colour: Extra inputs are not permitted. Remove it or correct its spelling",
    ]
