"""A chart as PNG, for readers that cannot show SVG: drawn by Pillow from the layout, with the fonts of the package."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from briefnote.model.edition import Theme
from briefnote.render.chart.drawing import Layout, Words
from briefnote.render.glyphs import data
from briefnote.render.typeface import drawn as in_fonts

_FINE = 4  # pixels that a slanted edge is mixed of, across and down


def raster(drawn: Layout, theme: Theme, scale: float) -> bytes:
    """Returns the chart as a PNG on white, 72 × `scale` dots an inch; the same chart gives the same bytes."""
    size = (max(round(drawn.width * scale), 1), max(round(drawn.height * scale), 1))
    image = _with_shapes(Image.new("RGB", size, "white"), drawn, scale)
    canvas = ImageDraw.Draw(image)
    for box in drawn.boxes:
        left, top = round(box.x * scale), round(box.y * scale)
        right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
        canvas.rectangle((left, top, max(right - 1, left), max(bottom - 1, top)), f"#{box.colour}")
    for word in drawn.words:
        _write(canvas, word, scale)
    return _png(image.convert("L" if _is_grey(theme) else "RGB"), scale)


def _png(image: Image.Image, scale: float) -> bytes:
    """Returns the image as a PNG (ISO 15948). Pillow's own writer imports all its formats first, for 6 ms."""
    channels = len(image.getbands())
    line = image.width * channels
    pixels = image.tobytes()
    rows = b"".join(b"\0" + pixels[start : start + line] for start in range(0, len(pixels), line))
    dots = round(72 * scale / 0.0254)  # a metre
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, 0 if channels == 1 else 2, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _with_shapes(image: Image.Image, drawn: Layout, scale: float) -> Image.Image:
    """Returns the image with the polygons, their edges smooth: Pillow's own are stairs."""
    for colour in dict.fromkeys(shape.colour for shape in drawn.shapes):
        mask = Image.new("L", (image.width * _FINE, image.height * _FINE))
        canvas = ImageDraw.Draw(mask)
        for shape in drawn.shapes:
            if shape.colour == colour:
                canvas.polygon([(x * scale * _FINE, y * scale * _FINE) for x, y in shape.corners], fill=255)
        image.paste(f"#{colour}", mask=mask.resize(image.size, Image.Resampling.BOX))
    return image


def _write(canvas: ImageDraw.ImageDraw, word: Words, scale: float) -> None:
    x = word.x * scale
    for name, part in in_fonts(word.text, word.face):
        font = _font(name, word.size * scale)
        canvas.text((x, word.baseline * scale), part, f"#{word.colour}", font, anchor="ls")
        x += font.getlength(part)


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """Returns a font; the plain layout engine is the same on every computer, the other is not always there."""
    return ImageFont.truetype(BytesIO(data(name)), size, layout_engine=ImageFont.Layout.BASIC)


def _is_grey(theme: Theme) -> bool:
    colours = (theme.text, theme.accent, theme.muted, theme.rule)
    return all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)
