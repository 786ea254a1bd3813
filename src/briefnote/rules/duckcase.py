"""Small letters and capitals in DuckDB, letter by letter as in Python.

DuckDB's own lower() and upper() differ from Python's in some letters (ß becomes ẞ, İ becomes i). Which ones is asked
of the DuckDB at hand; a text with one of them is translated letter by letter, all others by DuckDB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefnote.rules.functions import lower, upper

if TYPE_CHECKING:
    import duckdb

# None beyond has a case.
_LETTERS = "".join(chr(number) for number in range(128, 0x20000) if not 0xD800 <= number < 0xE000)


def create_case_functions(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Gives a connection lower_of() and upper_of(), where a statement uses them."""
    for name, wanted in (("lower", lower), ("upper", upper)):
        if f"{name}_of(" not in sql:
            continue
        (found,) = connection.execute(f"SELECT {name}($letters)", {"letters": _LETTERS}).fetchall()[0]
        other = [letter for letter, own in zip(_LETTERS, found, strict=True) if wanted(letter) != own]
        changing = [letter for letter in _LETTERS if wanted(letter) != letter]
        # The classes and tables are letters of Unicode, none of which means anything within them.
        translated = f"translate(s, '{''.join(changing)}', '{''.join(map(wanted, changing))}')"
        simple = f"{name}(s)"
        ascii_too = f"translate({translated}, '{_ascii(name)[0]}', '{_ascii(name)[1]}')"
        has_other = f"regexp_matches(s, '[{''.join(other)}]')" if other else "false"
        choice = f"CASE WHEN {has_other} THEN {ascii_too} ELSE {simple} END"
        # A list of one: a macro that named x thrice would make nested calls grow without end.
        connection.execute(f"CREATE MACRO {name}_of(x) AS list_transform([x], lambda s: {choice})[1]")


def _ascii(name: str) -> tuple[str, str]:
    small = "abcdefghijklmnopqrstuvwxyz"
    return (small.upper(), small) if name == "lower" else (small, small.upper())
