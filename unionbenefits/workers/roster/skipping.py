"""Lines of a sheet that are no person: hints, repeated headings, totals, signatures (case C022). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from unionbenefits.workers.roster.facts import Cell, Field, HeaderMapping
from unionbenefits.workers.roster.mapping import field_of
from unionbenefits.workers.roster.normalise import is_blank, text_of
from unionbenefits.workers.roster.vocabulary import FOOTERS, HINTS

_EXAMPLE = re.compile(r"^[\s(（【\[]*(?:示例|样例|范例|举例|例|example|sample)", re.IGNORECASE)
_COUNTERS = "甲乙丙丁戊己庚辛壬癸"
_GROUP = re.compile(
    r"^[（(【\[]?[\d一二三四五六七八九十]+[、.．)）】]|[:：；;。！]|第.{1,4}页|[部组站队班区店科室处]$|^.{9,}$"
    r"|(?:中心|公司|网点|名册|花名册|汇总表?|清单|名单|明细表?)(?:[（(].*)?$|[（(]\d+人?[)）]$"
)
"""A lone text that heads a group, repeats a title or ends a page."""
_HINT_LINES = 4
"""Hints and examples stand right under the heading."""
_HEADED: Final = frozenset({Field.NAME, Field.DOCUMENT_NUMBER})
_DIGITS = re.compile(r"\d")


class LineSorter:
    """Tells persons from other lines of one sheet."""

    def __init__(self, mapping: HeaderMapping, above: Collection[tuple[str, ...]] = ()) -> None:
        """`above`: the filled texts of the lines over the heading, which printed pages repeat."""
        self._above = above
        self._header_row = mapping.header_row
        self._names = mapping.columns.get(Field.NAME, ())
        self._numbers = mapping.columns.get(Field.DOCUMENT_NUMBER, ())
        self._phones = mapping.columns.get(Field.PHONE, ())
        self._serials = mapping.columns.get(Field.SERIAL, ())

    def is_person(self, row: int, cells: list[Cell]) -> bool:
        """Whether a line is to be judged. Anything with a name and a number is, however bad they are."""
        near = row - self._header_row <= _HINT_LINES
        if not near and self._is_long_number(cells):
            return True
        number = self._first(cells, self._numbers)
        if len(number) >= 8 and len(_DIGITS.findall(number)) >= 6:
            return not (near and self._is_example(cells))
        name = self._first(cells, self._names)
        if not name and not number and not self._first(cells, self._phones):
            return False
        filled = filled_texts(cells)
        if near and (self._is_hint(filled) or self._is_example(cells) or _is_counting(filled)):
            return False
        if tuple(filled) in self._above or (len(filled) == 1 and _GROUP.search(filled[0])):
            return False
        return not (names_columns(cells) or FOOTERS.search(filled[0]) or FOOTERS.search(name))

    def _is_long_number(self, cells: list[Cell]) -> bool:
        """The usual person, told without any cleaning."""
        index = self._numbers[0]
        cell = cells[index] if index < len(cells) else ""
        return isinstance(cell, str) and len(cell) >= 15 and cell.isalnum() and cell[:8].isdigit()

    @staticmethod
    def _first(cells: list[Cell], indexes: tuple[int, ...]) -> str:
        """The first cell among the columns that says something."""
        for index in indexes:
            if index < len(cells):
                text = text_of(cells[index])
                if not is_blank(text):
                    return text
        return ""

    @staticmethod
    def _is_hint(filled: tuple[str, ...]) -> bool:
        hints = sum(1 for text in filled if HINTS.search(text))
        return hints * 2 >= len(filled) or hints >= 3

    def _is_example(self, cells: list[Cell]) -> bool:
        return (
            any(
                _EXAMPLE.search(self._first(cells, (index,))) is not None
                for index in {0, *self._serials, *self._names[:1]}
            )
            or HINTS.search(self._first(cells, self._names)) is not None
        )


def names_columns(cells: list[Cell]) -> bool:
    """Whether a line is a heading: repeated as on every printed page, or that of another table below."""
    return {field_of(cell) for cell in cells if isinstance(cell, str)} >= _HEADED


def filled_texts(cells: list[Cell]) -> tuple[str, ...]:
    """What the filled cells of a line say."""
    return tuple(text_of(cell) for cell in cells if cell not in {"", None})


def _is_counting(filled: tuple[str, ...]) -> bool:
    """A line that numbers the columns: 1 2 3 or 甲 乙 丙."""
    if len(filled) < 3:
        return False
    bare = [text.strip("()（）") for text in filled]
    counted = [str(place) for place in range(1, len(bare) + 1)]
    return bare == counted or (
        all(text in _COUNTERS or text.isdigit() for text in bare[:3])
        and len(bare[0]) == 1
        and (bare[0] == "甲")
    )
