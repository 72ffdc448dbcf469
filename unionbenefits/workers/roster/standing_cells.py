"""Columns about insurance and real-name check: what of them could not be understood. Pure.

Nothing hangs on these columns, so no row is held for them: such a cell counts as blank, and the sheet's
notices tell which words were not taken over, and where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import (
    Cell,
    Field,
    FileWarning,
    HeaderMapping,
    JudgedRow,
    JudgeOptions,
)
from unionbenefits.workers.roster.normalise import cut, text_of
from unionbenefits.workers.roster.value_cells import Calendar, read_insurance_cell

_EXAMPLES: Final = 20
_WORDS: Final = 3
_LONGEST: Final = 12
_LIKE_A_NUMBER: Final = re.compile(r"\d{6}")
"""A number of a person that slid into the column is not repeated in a notice."""


def not_understood(
    sheet: str, mapping: HeaderMapping, rows: Sequence[JudgedRow], options: JudgeOptions
) -> Iterator[FileWarning]:
    """For each of the two columns that the sheet has, what was written there and means nothing to us."""
    calendar = Calendar(options.today, date1904=options.date1904)
    readers: dict[Field, tuple[str, Callable[[Cell], tuple[object, bool]]]] = {
        Field.INSURANCE: ("insurance", read_insurance_cell),
        Field.REAL_NAME: ("real_name_on", calendar.read_real_name),
    }
    for field, (attribute, read) in readers.items():
        for index in mapping.columns.get(field, ()):
            found = [
                (row.row, text_of(row.cells[index]))
                for row in rows
                if getattr(row, attribute) is None
                and index < len(row.cells)
                and not read(row.cells[index])[1]
            ]
            if found:
                names = f"{mapping.headings[index]}（{_words(text for _row, text in found)}）"
                lines = tuple(line for line, _text in found[:_EXAMPLES])
                yield FileWarning(Code.COLUMNS_NOT_TAKEN, sheet, {"names": names}, lines)


def _words(texts: Iterator[str]) -> str:
    """The different words, the first few of them."""
    words = list(dict.fromkeys("…" if _LIKE_A_NUMBER.search(text) else cut(text, _LONGEST) for text in texts))
    told = "、".join(f"“{word}”" for word in words[:_WORDS])
    return told + ("…" if len(words) > _WORDS else "")
