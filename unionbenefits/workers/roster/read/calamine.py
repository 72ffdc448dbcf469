"""What both readers through calamine share: its errors as refusals, its rows with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineSheet, PasswordError

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import NumberedRow


@contextmanager
def calamine_errors() -> Iterator[None]:
    """Turns whatever calamine raises into a refusal.

    On some damaged files its Rust code panics; that arrives as a BaseException of a module that cannot be
    imported, and would otherwise pass every `except Exception` up to the server.
    """
    try:
        yield
    except PasswordError:
        raise RosterRefused(Code.FILE_ENCRYPTED) from None
    except (CalamineError, OSError, ValueError):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise RosterRefused(Code.FILE_UNREADABLE) from None


def numbered(table: CalamineSheet) -> Iterator[NumberedRow]:
    """Rows with their numbers as shown, blank ones left out. calamine pads from the first line on."""
    for number, cells in enumerate(table.iter_rows(), 1):
        if cells and (cells[0] != "" or any(cell != "" for cell in cells)):
            yield number, cells  # type: ignore[misc]


def merged_down(table: CalamineSheet) -> tuple[tuple[int, int, int], ...]:
    """(first row, last row, column index) of merges over several rows in one column."""
    ranges = table.merged_cell_ranges or []
    return tuple((top + 1, bottom + 1, left) for (top, left), (bottom, _right) in ranges if bottom > top)
