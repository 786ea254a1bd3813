"""On which page something stands, reckoned: the rules by which slices fill pages."""

from __future__ import annotations

from briefnote.render.word.paging.measure import line_height, width
from briefnote.render.word.paging.pages import Stretch, paginate
from briefnote.render.word.paging.slices import Slice, _words, whole

LINE = 100.0


def pages(slices: list[Slice], height: float = 1000.0, anchors: frozenset[str] = frozenset()) -> dict[str, int]:
    """Returns the page of each mark."""
    return dict(paginate([Stretch(slices, height, begins_page=False, separator=100.0)], anchors).of)


def marked(*marks: str, **changes: object) -> Slice:
    """Returns a line with marks."""
    return Slice(LINE, marks=marks, **changes)  # type: ignore[arg-type]


def test_lines_fill_a_page_and_go_on() -> None:
    """Ten lines a page."""
    assert pages([marked(f"m{number}") for number in range(11)])["m9"] == 1
    assert pages([marked(f"m{number}") for number in range(11)])["m10"] == 2


def test_what_is_kept_together_moves_together() -> None:
    """A heading goes with the line after it."""
    lines = [marked(f"m{number}", keeps_next=number == 9) for number in range(11)]
    assert (pages(lines)["m8"], pages(lines)["m9"], pages(lines)["m10"]) == (1, 2, 2)


def test_notes_take_room_at_the_foot() -> None:
    """With the line above them."""
    lines = [marked("a", notes=650.0), *(marked(f"m{number}") for number in range(4))]
    assert pages(lines) == {"a": 1, "m0": 1, "m1": 2, "m2": 2, "m3": 2}


def test_a_space_at_the_top_of_a_page_is_swallowed() -> None:
    """As Word does after a break of its own."""
    lines = [marked(f"m{number}", gap=50.0) for number in range(13)]
    assert [number for number in range(13) if pages(lines)[f"m{number}"] == 1] == list(range(6))
    assert [number for number in range(13) if pages(lines)[f"m{number}"] == 2] == list(range(6, 13))


def test_a_header_row_is_repeated() -> None:
    """And takes room on the next page."""
    lines = [marked(f"m{number}", head=500.0 if number else 0.0) for number in range(16)]
    assert (pages(lines)["m9"], pages(lines)["m14"], pages(lines)["m15"]) == (1, 2, 3)


def test_a_heading_in_doubt_begins_a_page() -> None:
    """Where lines a little higher would put it on the next page, it is told to stand there."""
    lines = [marked(f"m{number}") for number in range(9)] + [Slice(95.0, marks=("h",))]
    found = paginate([Stretch(lines, 1000.0, begins_page=False)], frozenset({"h"}))
    assert (found.of["h"], found.anchored) == (2, frozenset({"h"}))


def test_a_heading_without_doubt_stays() -> None:
    """In the middle of a page nothing is forced."""
    lines = [marked(f"m{number}") for number in range(5)] + [marked("h")]
    assert paginate([Stretch(lines, 1000.0, begins_page=False)], frozenset({"h"})).anchored == frozenset()


def test_sections_number_their_pages() -> None:
    """A cover is page one; the text after it may begin anew."""
    found = paginate([Stretch([marked("cover")], 1000.0, False), Stretch([marked("text")], 1000.0, True, first=1)])
    assert (dict(found.of), found.count) == ({"cover": 1, "text": 1}, 2)


def test_widths_are_those_of_words_fonts() -> None:
    """As in Carlito and Caladea, which have the widths of Calibri and Cambria; other scripts are guessed."""
    assert round(width("Share", "Calibri", False), 3) == round(0.459 + 0.525 + 0.479 + 0.349 + 0.498, 3)
    assert width("Share", "Calibri", True) > width("Share", "Calibri", False)
    assert width("北京", "Cambria", False) == 2.0
    assert line_height("Calibri") == 1.221


def test_words_break_after_spaces_hyphens_and_han() -> None:
    """The spaces stay with the word before them."""
    assert list(_words("a well-known  – case")) == ["a ", "well-", "known  ", "– ", "case"]
    assert list(_words("ab北京 c")) == ["ab北", "京", " ", "c"]


def test_a_number_that_is_none_is_passed_over() -> None:
    """House files may say anything."""
    assert (whole("12", 1), whole("twelve", 1), whole(None, 7)) == (12, 1, 7)
