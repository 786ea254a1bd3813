"""The fonts of the editions: Source Serif 4 and Source Sans 3, cut down by tools/make_fonts.py."""
