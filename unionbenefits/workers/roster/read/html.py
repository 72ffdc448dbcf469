"""HTML tables that web systems offer as ".xls" (case C034b): only the text of cells is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Cell, NumberedRow, Sheet, SheetState, Workbook
from unionbenefits.workers.roster.read.limits import Limits

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_WIDEST = 256


def declared_encoding(data: bytes) -> str | None:
    """The charset that the page names, if it is one of those a roster can be in."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode().lower() if found else ""
    if name in {"gbk", "gb2312", "gb18030", "x-gbk", "hz-gb-2312"}:
        return "gb18030"
    return {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5"}.get(name)


def read_html(text: str, encoding: str, limits: Limits) -> Workbook:
    """Every table of the page as a sheet. A page without a table has no sheets. Raises RosterRefused: too
    large.
    """
    parser = _TableParser(limits.rows)
    parser.feed(text)
    parser.close()
    sheets = tuple(
        Sheet(
            name="" if len(parser.tables) == 1 else str(number),
            rows=_Rows(table.rows),
            state=SheetState.VISIBLE,
            hidden_rows=frozenset(table.hidden),
            lines=len(table.rows),
        )
        for number, table in enumerate(parser.tables, 1)
        if table.rows
    )
    return Workbook("html", sheets, encoding=encoding)


class _Rows:
    """A fresh pass over rows that are held in memory."""

    def __init__(self, rows: list[NumberedRow]) -> None:
        self._rows = rows

    def __call__(self) -> Iterator[NumberedRow]:
        return iter(self._rows)


class _Table:
    """A table being read; `spans` are the cells that reach down from rows above."""

    def __init__(self) -> None:
        self.rows: list[NumberedRow] = []
        self.hidden: set[int] = set()
        self.number = 0
        self.spans: dict[int, tuple[int, str]] = {}
        self.row: dict[int, str] | None = None
        self.column = 0

    def start_row(self, hidden: bool) -> None:
        self.end_row()
        self.number += 1
        self.row, self.column = {}, 0
        if hidden:
            self.hidden.add(self.number)

    def place(self, text: str, across: int, down: int) -> None:
        if self.row is None:
            self.start_row(hidden=False)
        while self.column in self.spans:
            self.column += 1
        if self.row is not None and self.column < _WIDEST:
            self.row[self.column] = text
            if down > 1:
                self.spans[self.column] = (down, "")
        self.column += across

    def end_row(self) -> None:
        if self.row is None:
            return
        self.spans = {column: (left - 1, text) for column, (left, text) in self.spans.items() if left > 1}
        width = max(self.row, default=-1) + 1
        cells: list[Cell] = [self.row.get(column, "") for column in range(width)]
        if any(cells):
            self.rows.append((self.number, cells))
        self.row = None


class _TableParser(HTMLParser):
    """Collects cell texts; entities are decoded, scripts and styles skipped, a nested table is text."""

    def __init__(self, most_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self._most_rows = most_rows
        self.tables: list[_Table] = []
        self._depth = 0
        self._silent = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens tables, rows and cells; the outermost table counts."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            style = dict(attrs).get("style") or ""
            self._count_row()
            self.tables[-1].start_row(_HIDDEN.search(style) is not None or "hidden" in dict(attrs))
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            self._text, self._span = [], (_span(attrs, "colspan"), _span(attrs, "rowspan"))
        elif tag in {"br", "p", "div"} and self._text:
            self._text.append(" ")

    def _count_row(self) -> None:
        table = self.tables[-1]
        if len(table.rows) > self._most_rows or table.number > 4 * self._most_rows:
            raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{self._most_rows:,}")

    def handle_endtag(self, tag: str) -> None:
        """Closes what `handle_starttag` opened."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"} and self._depth == 1:
            self._end_cell()
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.tables[-1].end_row()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
                self.tables[-1].end_row()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Text counts inside cells only."""
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is not None and self.tables:
            self.tables[-1].place("".join(self._text).strip(), *self._span)
            self._text = None


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = dict(attrs).get(name) or "1"
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and int(value) else 1
