"""The styles of the Word edition. A user restyles a brief by changing them, so every paragraph has one."""

from __future__ import annotations

from briefnote.model.edition import Theme
from briefnote.render.word.wordml import declarations, tag

# Word fetches no fonts and embeds none here: the faces must be on the reader's machine. Cambria and Calibri
# come with every Word since 2007, on Windows and on the Mac, cover Latin, Greek and Cyrillic, and have free
# twins of the same width (Caladea, Carlito) that LibreOffice takes in their place.
SERIF = "Cambria"
SANS = "Calibri"
MONO = "Consolas"

_LINE = 1.18  # of the size of its letters, is a line high: as those of Cambria and Calibri are
_HEADING_POINTS = {1: 14.0, 2: 11.5, 3: 10.5, 4: 10.5, 5: 10.0, 6: 10.0}


def heading_style(level: int) -> str:
    """Returns the style for a Markdown heading: "# " is the title, "## " is Word's first level."""
    return "Title" if level == 1 else f"Heading{level - 1}"


def styles_xml(theme: Theme, language: str) -> str:
    """Returns the styles part: defaults, the styles of the brief and none besides."""
    made = [_defaults(theme, language), *_basic(theme), *_headings(theme), *_paragraphs(theme)]
    made += [*_lists(theme), *_contents(theme), *_notes_and_edges(theme), *_characters(theme), _table(theme)]
    return f"<w:styles {declarations('w')}>{''.join(made)}</w:styles>"


def _defaults(theme: Theme, language: str) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(SERIF)}{_size(theme.body_size)}"
        f"{_language(language)}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_spacing(0, 6, 1.15, theme.body_size)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _language(language: str) -> str:
    known = {"w_val": language} if language else {}
    return tag("w:lang", **known, w_eastAsia="zh-CN", w_bidi="ar-SA")


def _basic(theme: Theme) -> list[str]:
    rule = _border("bottom", theme.rule, 6, 8)
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        # Among the defaults, LibreOffice would lay this colour over links in tables.
        f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{_colour(theme.text)}</w:rPr></w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        _style(
            "Title",
            "Title",
            f"<w:keepNext/><w:keepLines/>{_spacing(0, 4, 1.0, 22)}",
            f"{_font(SANS)}<w:b/>{_colour(theme.accent)}{_size(22)}",
        ),
        _style(
            "Subtitle",
            "Subtitle",
            f"<w:pBdr>{rule}</w:pBdr>{_spacing(0, 8, 1.1, 10.5)}",
            f"{_font(SANS)}{_colour(theme.muted)}{_size(10.5)}",
        ),
    ]


def _headings(theme: Theme) -> list[str]:
    made = []
    for level, points in _HEADING_POINTS.items():
        colour = theme.accent if level < 3 else theme.text
        run = f"{_font(SANS)}<w:b/>{'<w:i/>' if level > 3 else ''}{_colour(colour)}{_size(points)}"
        before = 16 if level == 1 else 10
        block = f'<w:keepNext/><w:keepLines/>{_spacing(before, 4, 1.05, points)}<w:outlineLvl w:val="{level - 1}"/>'
        made.append(_style(f"Heading{level}", f"heading {level}", block, run))
    return made


def _paragraphs(theme: Theme) -> list[str]:
    box = _border("top", theme.tint, 4, 6) + _border("left", theme.accent, 24, 8)
    box += _border("bottom", theme.tint, 4, 6) + _border("right", theme.tint, 4, 8)
    lead = f"<w:keepLines/><w:pBdr>{box}</w:pBdr>{_fill(theme.tint)}{_spacing(6, 10, 1.2, 10.5)}"
    quote = f"<w:pBdr>{_border('left', theme.rule, 12, 10)}</w:pBdr>{_spacing(4, 8, 1.15, theme.body_size)}"
    code = f"<w:keepLines/>{_fill(theme.tint)}{_spacing(2, 8, 1.05, 8.5)}"
    return [
        _style("Basis", "Basis", _spacing(0, 8, 1.1, 9), f"{_colour(theme.muted)}{_size(9)}"),
        _style("BottomLine", "Bottom Line", f'{lead}<w:ind w:left="220" w:right="180"/>', _size(10.5)),
        _style(
            "Caption",
            "caption",
            f"<w:keepLines/>{_spacing(6, 4, 1.05, 9)}",
            f"{_font(SANS)}<w:b/>{_colour(theme.accent)}{_size(9)}",
        ),
        _style("Figure", "Figure", f"<w:keepNext/>{_spacing(6, 2, 1.0, theme.body_size)}", ""),
        _style("NothingFound", "Nothing Found", "", f"<w:i/>{_colour(theme.muted)}"),
        _style("Changes", "Changes", "", ""),
        _style("Quote", "Quote", f'{quote}<w:ind w:left="320" w:right="320"/>', "<w:i/>"),
        _style("CodeBlock", "Code Block", code, f"{_font(MONO)}{_size(8.5)}"),
        _style(
            "Rule",
            "Rule",
            f"<w:pBdr>{_border('bottom', theme.rule, 6, 1)}</w:pBdr>{_spacing(4, 8, 1.0, theme.body_size)}",
            "",
        ),
        _style("TableText", "Table Text", _spacing(0, 0, 1.05, 9), f"{_font(SANS)}{_size(9)}"),
        _style(
            "TableHeading",
            "Table Heading",
            "<w:keepNext/>",
            f"<w:b/>{_colour(theme.accent)}",
            based_on="TableText",
        ),
    ]


def _lists(theme: Theme) -> list[str]:
    return [
        _style("ListBullet", "List Bullet", _spacing(0, 4, 1.15, theme.body_size), ""),
        _style("ListNumber", "List Number", _spacing(0, 4, 1.15, theme.body_size), ""),
        _style("KeyJudgement", "Key Judgement", _spacing(0, 6, 1.15, theme.body_size), ""),
        _style("Finding", "Finding", _spacing(0, 5, 1.15, theme.body_size), ""),
        _style("WatchItem", "Watch Item", _spacing(0, 5, 1.15, theme.body_size), ""),
        _style("SourceEntry", "Source Entry", _spacing(0, 4, 1.1, 9), _size(9)),
    ]


def _contents(theme: Theme) -> list[str]:
    heading = f"{_font(SANS)}<w:b/>{_colour(theme.accent)}{_size(_HEADING_POINTS[1])}"
    return [
        _style("TOCHeading", "TOC Heading", f"<w:keepNext/>{_spacing(16, 4, 1.05, _HEADING_POINTS[1])}", heading),
        _style("TOC1", "toc 1", f'{_spacing(3, 1, 1.1, theme.body_size)}<w:ind w:right="560"/>', _font(SANS)),
        _style(
            "TOC2", "toc 2", f'{_spacing(0, 1, 1.05, 9)}<w:ind w:left="240" w:right="560"/>', f"{_font(SANS)}{_size(9)}"
        ),
    ]


def _notes_and_edges(theme: Theme) -> list[str]:
    edge = f"{_font(SANS)}{_colour(theme.muted)}{_size(8)}"
    return [
        _style("FootnoteText", "footnote text", _spacing(0, 2, 1.05, theme.note_size), _size(theme.note_size)),
        _style("Header", "header", _spacing(0, 0, 1.0, 8), edge),
        _style(
            "Footer",
            "footer",
            f"<w:pBdr>{_border('top', theme.rule, 4, 6)}</w:pBdr>{_spacing(0, 0, 1.0, 8)}",
            edge,
        ),
    ]


def _characters(theme: Theme) -> list[str]:
    return [
        _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character("Hyperlink", "Hyperlink", f'{_colour(theme.link)}<w:u w:val="single"/>'),
        # Blue and underlined, five citations a paragraph would be louder than what they support.
        _character("Citation", "Citation", _colour(theme.link)),
        _character("Code", "Code", f"{_font(MONO)}{_size(9)}"),
    ]


def _table(theme: Theme) -> str:
    edges = _border("top", theme.accent, 8, 0) + _border("bottom", theme.accent, 8, 0)
    edges += _border("insideH", theme.rule, 4, 0)
    sides = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 50), ("left", 80), ("bottom", 50), ("right", 80))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="BriefTable"><w:name w:val="Brief Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{_fill(theme.tint)}</w:tcPr></w:tblStylePr></w:style>'
    )


def _style(identifier: str, name: str, paragraph: str, run: str, based_on: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _character(identifier: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _font(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


def _fill(rgb: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb}"/>'


def _spacing(before: float, after: float, lines: float, size: float) -> str:
    """Returns the space around a paragraph, and how its lines of a size are led, all in points.

    The leading is said in points, as no two programs agree on how high a line of a font is; a line with something
    higher in it is higher.
    """
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(lines * size * _LINE * 20)}" w:lineRule="atLeast"/>'
    )


def _border(side: str, rgb: str, eighths: int, space: int) -> str:
    """A line `eighths` of a point thick, `space` points from the text."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{rgb}"/>'
