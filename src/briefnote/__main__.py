"""`python -m briefnote` is the same as `briefnote`."""

from briefnote.cli import main

main()
