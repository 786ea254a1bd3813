"""Charts in a Word file: a picture (SVG, and PNG where that cannot be shown), or Word's own chart, to be edited."""

from __future__ import annotations

from itertools import count

from briefnote.model.brief import Chart
from briefnote.model.edition import Theme
from briefnote.model.value import Value
from briefnote.render.word.frame import Frame
from briefnote.render.word.opc import Part, kind
from briefnote.render.word.wordml import NAMESPACES, PLAIN, run, tag

_EMU = 635  # English Metric Units a twip
_POINT = 20  # twips a point
_MOST_OF_A_PAGE = 0.85  # of its height: caption and heading want their room
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # Word 2016 and later look here for the SVG of a picture
_SCALE = 3.0  # pixels a point: sharp on paper where the reader cannot show SVG


class Picture(Value):
    """A chart drawn twice, and its size in twips."""

    png: bytes
    svg: str
    width: float
    height: float


class Pictures:
    """Charts as pictures in the look of a theme, each drawn once for a width."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, int], Picture] = {}

    def picture(self, chart: Chart, room: int) -> Picture:
        """Returns a chart as wide as the room, in twips."""
        if (chart.id, room) not in self._drawn:
            from briefnote.render.chart import layout, svg
            from briefnote.render.chart.raster import raster

            millimetres = room * 25.4 / 1440
            drawn = layout(chart, self._theme, millimetres)
            image, vector = raster(drawn, self._theme, _SCALE), svg(chart, self._theme, millimetres)
            self._drawn[chart.id, room] = Picture(image, vector, drawn.width * _POINT, drawn.height * _POINT)
        return self._drawn[chart.id, room]


class Drawings:
    """Puts charts into the parts of a frame."""

    def __init__(self, frame: Frame, theme: Theme, pictures: Pictures) -> None:
        self._frame = frame
        self._theme = theme
        self._pictures = pictures
        self._numbers = count(frame.first_number)
        self._named: dict[tuple[str, int], tuple[str, str]] = {}

    def draw(self, chart: Chart, alt: str, part: Part, room: int) -> str:
        """Returns the run of a chart in a part: as wide as the room (twips), and never higher than a page."""
        if self._theme.native_charts:
            from briefnote.render.word.native import can_be_native, native_chart

            if can_be_native(chart):
                related = native_chart(self._frame.package, chart, self._theme, part)
                shown = f'<c:chart xmlns:c="{NAMESPACES["c"]}" r:id="{related.relationship}"/>'
                size = (room, self._size(room, related.height)[1])
                return self._inline(tag("a:graphicData", shown, uri=NAMESPACES["c"]), alt, size)
        return self._picture(chart, alt, part, room)

    def _picture(self, chart: Chart, alt: str, part: Part, room: int) -> str:
        found = self._pictures.picture(chart, room)
        size = self._size(found.width, found.height)
        png, svg = self._files(chart, room, found)
        image = kind("image")
        extension = tag("asvg:svgBlip", xmlns_asvg=_SVG, r_embed=part.relate(image, svg))
        extensions = f'<a:extLst><a:ext uri="{_SVG_EXTENSION}">{extension}</a:ext></a:extLst>'
        blip = tag("a:blip", extensions, r_embed=part.relate(image, png))
        width, height = (side * _EMU for side in size)
        picture = (
            f'<pic:pic xmlns:pic="{NAMESPACES["pic"]}">'
            f'<pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>'
            f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return self._inline(tag("a:graphicData", picture, uri=NAMESPACES["pic"]), alt, size)

    def _files(self, chart: Chart, room: int, picture: Picture) -> tuple[str, str]:
        """Returns the names of the PNG and the SVG of a chart, which are in the package once."""
        if (chart.id, room) not in self._named:
            package = self._frame.package
            name = package.free_name("word/media/chart{}.png")
            vector = name.removesuffix("png") + "svg"
            package.add(Part(name, "image/png", picture.png))
            package.add(Part(vector, "image/svg+xml", picture.svg.encode()))
            self._named[chart.id, room] = (name, vector)
        return self._named[chart.id, room]

    def _size(self, width: float, height: float) -> tuple[int, int]:
        scale = min(1.0, self._frame.height * _MOST_OF_A_PAGE / max(height, 1.0))
        return round(width * scale), max(round(height * scale), 1)

    def _inline(self, graphic: str, alt: str, size: tuple[int, int]) -> str:
        number = next(self._numbers)
        width, height = (side * _EMU for side in size)
        properties = tag("wp:docPr", id=number, name=f"Chart {number}", descr=alt)
        content = (
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{properties}'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{NAMESPACES["a"]}">{graphic}</a:graphic>'
        )
        # LibreOffice takes a distance of 9 points where nothing is said.
        inline = f'<wp:inline distT="0" distB="0" distL="0" distR="0">{content}</wp:inline>'
        return run(PLAIN, f"<w:drawing>{inline}</w:drawing>")
