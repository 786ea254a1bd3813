"""What stands on which page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefnote.render.pdf.layout import Block, Page, Slice
from briefnote.render.pdf.pages import NOTE_GAP, paginate


def block(*heights: float, keeps_next: bool = False, notes: tuple[int, ...] = ()) -> Block:
    """Returns a block of slices of these heights; the notes are called by the first."""
    return Block(
        tuple(Slice(height, (), notes if index == 0 else (), keeps_next) for index, height in enumerate(heights))
    )


def heights(pages: tuple[Page, ...]) -> list[list[float]]:
    """Returns the heights of the slices on each page."""
    return [[placed.slice.height for placed in page.body] for page in pages]


def test_slice_that_does_not_fit_goes_to_the_next_page() -> None:
    """Pages are filled from the top."""
    assert heights(paginate([block(40, 40, 40)], {}, 100)) == [[40, 40], [40]]


def test_slice_that_keeps_with_the_next_moves_with_it() -> None:
    """A heading goes to the page of what is below it."""
    assert heights(paginate([block(60), block(20, keeps_next=True), block(30)], {}, 100)) == [[60], [20, 30]]


def test_what_is_kept_together_but_higher_than_a_page_is_parted() -> None:
    """The wish to keep together yields to the page."""
    assert heights(paginate([block(60, 60, keeps_next=True), block(60)], {}, 100)) == [[60], [60], [60]]


def test_notes_take_room_at_the_foot() -> None:
    """A slice fits only if the notes it calls fit below it; they end at the foot of the page."""
    notes = {1: [Slice(30, ())], 2: [Slice(30, ())]}
    pages = paginate([block(30, notes=(1,)), block(30, notes=(2,))], notes, 100)
    assert heights(pages) == [[30], [30]]
    assert [[placed.y for placed in page.notes] for page in pages] == [[70], [70]]


def test_notes_share_the_gap_above_them() -> None:
    """The rule above the notes is there once a page."""
    notes = {1: [Slice(10, ())], 2: [Slice(10, ())]}
    pages = paginate([block(30, notes=(1,)), block(36, notes=(2,))], notes, 100 + NOTE_GAP - 14)
    assert heights(pages) == [[30, 36]]
    assert [placed.y for placed in pages[0].notes] == [80, 90]


def test_notes_beyond_their_share_go_on_on_further_pages() -> None:
    """Notes that take more than their share of a page, or follow the last text, lose nothing."""
    notes = {1: [Slice(10, ())] * 25}
    pages = paginate([block(10, notes=(1,))], notes, 100)
    assert sum(len(page.notes) for page in pages) == 25
    assert heights(pages) == [[10], [], [], []]


def test_note_begins_on_the_page_that_calls_it() -> None:
    """A slice goes to the next page if a note it calls would only begin there."""
    notes = {1: [Slice(10, ())] * 5, 2: [Slice(10, ())] * 2}
    pages = paginate([block(10, notes=(1,)), block(20, notes=(2,))], notes, 90)
    assert heights(pages) == [[10], [20]]
    assert [len(page.notes) for page in pages] == [5, 2]


def test_last_note_of_a_page_may_end_on_the_next() -> None:
    """A note that has begun on the page of its call goes on at the foot of the next."""
    notes = {1: [Slice(10, ())] * 5}
    pages = paginate([block(50, notes=(1,)), block(20)], notes, 100)
    assert heights(pages) == [[50], [20]]
    assert [len(page.notes) for page in pages] == [3, 2]


def test_note_that_waits_comes_before_those_of_the_next_page() -> None:
    """Where the rest of a note leaves no room for the beginning of another, it gets a page of its own."""
    notes = {1: [Slice(10, ())] * 15, 2: [Slice(10, ())]}
    pages = paginate([block(20, notes=(1,)), block(20, notes=(2,))], notes, 100)
    assert heights(pages) == [[20], [], [20]]
    assert [len(page.notes) for page in pages] == [6, 8, 2]


def test_note_higher_than_a_page_is_placed() -> None:
    """What fits nowhere is put on a page of its own, and the next goes on."""
    notes = {1: [Slice(120, ()), Slice(10, ())]}
    assert [len(page.notes) for page in paginate([block(10, notes=(1,))], notes, 100)] == [0, 1, 1]


def test_head_of_a_table_is_repeated() -> None:
    """Each page on which a table goes on begins with its head, marked as repeated."""
    head = Slice(10, (), keeps_next=True)
    table = Block((head, *(Slice(40, ()),) * 4), head=(head,))
    pages = paginate([table], {}, 100)
    assert heights(pages) == [[10, 40, 40], [10, 40, 40]]
    assert [[placed.is_repeated for placed in page.body] for page in pages] == [
        [False] * 3,
        [True, False, False],
    ]


def test_gap_above_is_dropped_at_the_top_of_a_page() -> None:
    """The larger of two gaps counts between blocks, and none at the top."""
    blocks = [Block((Slice(40, ()),), before=9, after=5), Block((Slice(40, ()),), before=7)]
    assert [placed.y for placed in paginate(blocks, {}, 100)[0].body] == [0, 47]


def test_nothing_is_one_page() -> None:
    """A story without blocks is an empty page."""
    assert heights(paginate([], {}, 100)) == [[]]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(1, 40), min_size=1, max_size=6),  # the heights of a block's slices
            st.booleans(),  # whether they keep with the next
            st.lists(st.integers(1, 12), max_size=3),  # the heights of the notes that its first slice calls
        ),
        max_size=12,
    )
)
def test_laws_of_the_page(drawn: list[tuple[list[int], bool, list[int]]]) -> None:
    """Everything is placed once and in order, nothing overlaps, each note is on the page that calls it."""
    blocks: list[Block] = []
    notes: dict[int, list[Slice]] = {}
    for slices, keeps_next, called in drawn:
        numbers = tuple(range(len(notes) + 1, len(notes) + 1 + len(called)))
        notes |= {number: [Slice(height, ())] for number, height in zip(numbers, called, strict=True)}
        blocks.append(block(*slices, keeps_next=keeps_next, notes=numbers))
    pages = paginate(blocks, notes, 150)
    placed = [placed.slice for page in pages for placed in page.body]
    assert [id(piece) for piece in placed] == [id(piece) for made in blocks for piece in made.slices]
    printed = [placed.slice for page in pages for placed in page.notes]
    assert [id(piece) for piece in printed] == [id(notes[number][0]) for number in notes]
    for page in pages:
        calls = [number for placed in page.body for number in placed.slice.notes]
        assert [id(placed.slice) for placed in page.notes] == [id(notes[number][0]) for number in calls]
        below = page.notes[0].y - NOTE_GAP if page.notes else 150
        assert all(placed.y + placed.slice.height <= below for placed in page.body)
        assert page.body or len(pages) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 40),  # the height of a block
            st.lists(st.lists(st.integers(1, 20), min_size=1, max_size=9), max_size=2),  # of the lines of its notes
        ),
        max_size=12,
    )
)
def test_every_note_begins_below_its_call(drawn: list[tuple[int, list[list[int]]]]) -> None:
    """However long the notes, the first line of each is on the page of its call, and no line is lost."""
    blocks: list[Block] = []
    notes: dict[int, list[Slice]] = {}
    for height, called in drawn:
        numbers = tuple(range(len(notes) + 1, len(notes) + 1 + len(called)))
        lines = ([Slice(line, ()) for line in note] for note in called)
        notes |= dict(zip(numbers, lines, strict=True))
        blocks.append(block(height, notes=numbers))
    pages = paginate(blocks, notes, 300)
    printed = [placed.slice for page in pages for placed in page.notes]
    assert [id(piece) for piece in printed] == [id(piece) for note in notes.values() for piece in note]
    for page in pages:
        calls = [number for placed in page.body for number in placed.slice.notes]
        there = {id(placed.slice) for placed in page.notes}
        assert [number for number in calls if id(notes[number][0]) not in there] == []
        assert page.body or page.notes or len(pages) == 1
