"""On which page a bookmark of a Word file stands, reckoned as Word sets pages: a contents list is right at once.

Word fills a contents list in only when asked, and asks its reader first. `measure` says how wide text is, `cascade`
how a paragraph is set, `slices` cuts the text into lines and rows, `pages` puts them on pages.
"""
