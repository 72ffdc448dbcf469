"""Workbooks of Excel 2003 saved as one XML file (case C034d), streamed; any DTD is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Cell, NumberedRow, Sheet, SheetState, Workbook
from unionbenefits.workers.roster.read.html import _Rows
from unionbenefits.workers.roster.read.limits import Limits
from unionbenefits.workers.roster.read.xlsx_scan import refuse_doctype

NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
_WIDEST = 256
_CHINESE_DECLARATION = re.compile(
    rb"""<\?xml[^>]*encoding=["'](?:gb2312|gbk|gb18030)["'][^>]*\?>""", re.IGNORECASE
)


def read_xml2003(data: bytes, limits: Limits) -> Workbook:
    """Reads the file. Raises RosterRefused: DTD, unreadable, too large."""
    data = _in_utf8(data)
    refuse_doctype(io.BytesIO(data))
    reader = _Reader(limits)
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            reader.take(event, element)
    except (ParseError, DefusedXmlException, LookupError):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    return Workbook("xml2003", tuple(reader.sheets), date1904=reader.date1904)


def _in_utf8(data: bytes) -> bytes:
    """The XML parser knows no multi-byte encodings: Chinese ones are turned into UTF-8 first."""
    declaration = _CHINESE_DECLARATION.match(data)
    if declaration is None:
        return data
    text = data[declaration.end() :].decode("gb18030", "replace")
    return b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode()


class _Reader:
    """Builds the sheets from the events of the parser."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self.date1904 = False
        self._limits = limits
        self._start_sheet("")
        self._ends: dict[str, Callable[[Element], None]] = {
            f"{_SS}Row": self._end_row,
            f"{_SS}Worksheet": self._end_sheet,
        }

    def take(self, event: str, element: Any) -> None:
        """One event; finished rows are dropped from the tree at once."""
        if event == "end" and element.tag in self._ends:
            self._ends[element.tag](element)
            element.clear()
        elif event == "start" and element.tag == f"{_SS}Worksheet":
            self._start_sheet(element.get(f"{_SS}Name") or "")
        elif event == "end" and element.tag.endswith("}Date1904"):
            self.date1904 = True
        elif event == "end" and element.tag.endswith("}Visible") and element.text != "SheetVisible":
            self._state = SheetState.HIDDEN
        elif event == "end" and element.tag == f"{_SS}Column":
            self._end_column(element)

    def _start_sheet(self, name: str) -> None:
        self._name, self._state = name, SheetState.VISIBLE
        self._rows: list[NumberedRow] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._number = self._column = 0

    def _end_column(self, element: Element) -> None:
        first = _count(element, "Index") or self._column + 1
        self._column = min(first + _count(element, "Span"), _WIDEST)
        if element.get(f"{_SS}Hidden") == "1":
            self._hidden_columns.update(range(first - 1, self._column))

    def _end_row(self, element: Element) -> None:
        self._number = _count(element, "Index") or self._number + 1
        hidden = element.get(f"{_SS}Hidden") == "1" or element.get(f"{_SS}Height") == "0"
        if hidden:
            self._hidden_rows.add(self._number)
        cells = _cells(element)
        if any(cell != "" for cell in cells):
            self._rows.append((self._number, cells))
            if len(self._rows) > self._limits.rows:
                raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{self._limits.rows:,}")
        self._number += _count(element, "Span")

    def _end_sheet(self, _element: Element) -> None:
        self.sheets.append(
            Sheet(
                name=self._name,
                rows=_Rows(self._rows),
                state=self._state,
                hidden_rows=frozenset(self._hidden_rows),
                hidden_columns=frozenset(self._hidden_columns),
                lines=len(self._rows),
            )
        )


def _count(element: Element, name: str) -> int:
    value = element.get(f"{_SS}{name}") or "0"
    return int(value) if value.isascii() and value.isdigit() else 0


def _cells(row: Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        index = _count(cell, "Index")
        if index:
            cells.extend([""] * (min(index, _WIDEST) - 1 - len(cells)))
        if len(cells) >= _WIDEST:
            break
        data = cell.find(f"{_SS}Data")
        cells.append(_value(data) if data is not None else "")
        cells.extend([""] * min(_count(cell, "MergeAcross"), _WIDEST - len(cells)))
    return cells


def _value(data: Element) -> Cell:
    text = "".join(_texts(data))
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text)
            return moment.date() if moment.time() == dt.time() else moment
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text


def _texts(element: Element) -> Iterator[str]:
    yield from element.itertext()
