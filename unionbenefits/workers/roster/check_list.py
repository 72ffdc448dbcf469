"""A list of real-name checks (粤工惠): any sheet with a document number and a day in each line.

Only numbers that say by themselves what they are count (resident identity cards and permits of 18 digits); a
passport among them is passed over like a heading, and noted on the person's page instead.
"""

import datetime as dt
from dataclasses import dataclass

from unionbenefits.workers.roster.dates import read_date
from unionbenefits.workers.roster.document_cells import looks_like_number
from unionbenefits.workers.roster.facts import Cell
from unionbenefits.workers.roster.read import read_workbook


@dataclass(frozen=True, slots=True)
class CheckList:
    """What the file says: the latest day per number; `faulty` are lines (sheet, line) with a number but no
    day that can be read.
    """

    checks: dict[str, dt.date]
    faulty: tuple[tuple[str, int], ...]


def read_check_list(content: bytes, name: str, today: dt.date) -> CheckList:
    """Reads every format that a roster may have; lines without a document number are headings and notes.

    The day is the first cell of the line, after the number taken out, that reads as one. Raises
    RosterRefused when nothing of the file can be used.
    """
    book = read_workbook(content, name)
    checks: dict[str, dt.date] = {}
    faulty = []
    for sheet in book.sheets:
        for line, cells in sheet.rows():
            at = next((at for at, cell in enumerate(cells) if looks_like_number(cell, today)), None)
            if at is None:
                continue
            number = str(looks_like_number(cells[at], today))
            day = _day([*cells[:at], *cells[at + 1 :]], book.date1904)
            if day is None:
                faulty.append((sheet.name, line))
            else:
                checks[number] = max(day, checks.get(number, day))
    return CheckList(checks, tuple(faulty))


def _day(cells: list[Cell], date1904: bool) -> dt.date | None:
    """The first day among dates and texts; a bare number may be anything, such as a line number."""
    for cell in cells:
        if isinstance(cell, str | dt.date) and cell and (day := read_date(cell, date1904).day):
            return day
    return None
