"""Old workbooks (.xls, WPS .et): values through calamine, what it does not tell from the BIFF records."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata, SheetVisibleEnum

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Sheet, SheetState, Workbook
from unionbenefits.workers.roster.read.calamine import calamine_errors, merged_down, numbered
from unionbenefits.workers.roster.read.limits import Limits
from unionbenefits.workers.roster.read.ole import OleFile, records

_BOF, _EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
_ROW, _COLINFO, _DIMENSIONS = 0x0208, 0x007D, 0x0200
# Records that hold a value, and so widen the area that the reader keeps in memory: numbers, texts, formulas.
_VALUES = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass
class _Layout:
    """What the records of one sheet tell."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0


def read_xls(data: bytes, file_format: str, limits: Limits) -> Workbook:
    """Reads a BIFF workbook. Raises RosterRefused: encrypted, unreadable, a Word file, too large."""
    stream = _workbook_stream(data)
    date1904, layouts = _inspect(stream)
    if any((layout.last_row + 1) * (layout.last_column + 1) > limits.cells for layout in layouts):
        raise RosterRefused(Code.SHEET_TOO_LARGE, limit=str(limits.rows))
    with calamine_errors():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [meta for meta in book.sheets_metadata if meta.name in book.sheet_names]
        layouts += [_Layout() for _ in range(len(shown) - len(layouts))]
        sheets = tuple(
            _sheet(meta, book.get_sheet_by_name(meta.name), layout)
            for meta, layout in zip(shown, layouts, strict=False)
        )
    return Workbook(file_format, sheets, date1904=date1904)


def _workbook_stream(data: bytes) -> bytes:
    try:
        container = OleFile(data)
        names = container.names
        if "encryptedpackage" in names or "encryptioninfo" in names:
            raise RosterRefused(Code.FILE_ENCRYPTED)
        if "worddocument" in names:
            raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="Word")
        if "powerpoint document" in names:
            raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="PowerPoint")
        stream = container.workbook()
    except (ValueError, struct.error):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    if not stream:
        raise RosterRefused(Code.FILE_UNREADABLE)
    return stream


def _inspect(stream: bytes) -> tuple[bool, list[_Layout]]:
    """(1904 calendar, layout of every worksheet in file order)."""
    date1904, layouts, current = False, [], None
    try:
        for _offset, kind, start, length in records(stream):
            if kind == _FILEPASS:
                raise RosterRefused(Code.FILE_ENCRYPTED)
            if kind == _BOF:
                kind_of_part = int.from_bytes(stream[start + 2 : start + 4], "little")
                current = _Layout() if kind_of_part == 0x0010 else None
                if current is not None:
                    layouts.append(current)
            elif kind == _DATEMODE:
                date1904 = stream[start : start + 2] == b"\x01\x00"
            elif current is not None:
                _note(current, stream, kind, start, length)
    except struct.error:
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    return date1904, layouts


def _note(layout: _Layout, stream: bytes, kind: int, start: int, length: int) -> None:
    """Takes down what one record of a sheet says."""
    if kind in _VALUES:
        row, column = struct.unpack_from("<HH", stream, start)
        layout.last_row = max(layout.last_row, row)
        if kind == 0x00BD:
            column = int.from_bytes(stream[start + length - 2 : start + length], "little")
        layout.last_column = max(layout.last_column, column)
    elif kind == _ROW:
        row, height, options = struct.unpack_from("<H4xH4xH", stream, start)
        if options & 0x20 or not height & 0x7FFF:
            layout.hidden_rows.add(row + 1)
    elif kind == _COLINFO:
        first, last, width, _style, options = struct.unpack_from("<HHHHH", stream, start)
        if options & 1 or width == 0:
            layout.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == 0x0205 and length >= 8:
        row, column, _style, value, is_error = struct.unpack_from("<HHHBB", stream, start)
        if is_error:
            layout.errors[row + 1, column] = _ERRORS.get(value, "#?")


def _sheet(meta: SheetMetadata, table: CalamineSheet, layout: _Layout) -> Sheet:
    return Sheet(
        name=meta.name,
        rows=lambda: numbered(table),
        state=SheetState.VISIBLE if meta.visible is SheetVisibleEnum.Visible else SheetState.HIDDEN,
        hidden_rows=frozenset(layout.hidden_rows),
        hidden_columns=frozenset(layout.hidden_columns),
        errors=layout.errors,
        merged_down=merged_down(table),
        lines=layout.last_row + 1,
    )
