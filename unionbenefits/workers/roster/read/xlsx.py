"""Workbooks since 2007 (.xlsx, also strict): checked, scanned, then read by calamine.

calamine holds a sheet as a rectangle. Where stray values make that rectangle too large for our memory, the
sheet is streamed by openpyxl instead: slower by far, but bounded.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import Cell, NumberedRow, Sheet, SheetState, Workbook
from unionbenefits.workers.roster.read.calamine import calamine_errors, merged_down, numbered
from unionbenefits.workers.roster.read.limits import Limits
from unionbenefits.workers.roster.read.parts import Part
from unionbenefits.workers.roster.read.xlsx_scan import SheetScan, check_contents, check_parts, scan_sheet

_WIDEST = 256
_OTHER_CONTENT = (
    ("xl/workbook.bin", "XLSB"),
    ("word/", "Word"),
    ("ppt/", "PowerPoint"),
    ("Index/", "Numbers"),
    ("content.xml", "OpenDocument"),
)


def read_xlsx(data: bytes, limits: Limits) -> Workbook:
    """Reads a workbook. Raises RosterRefused: encrypted, DTD, bomb, too large, unreadable, another format."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_content(archive)
            check_parts(archive, limits)
            check_contents(data, archive)
            date1904, paths = _workbook(archive)
            scans = {
                name: scan_sheet(Part(data, archive.getinfo(path)), limits) for name, path in paths.items()
            }
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, KeyError, ValueError, zlib.error):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    except (ParseError, DefusedXmlException):
        raise RosterRefused(Code.FILE_UNREADABLE) from None
    return Workbook("xlsx", _sheets(data, scans, limits), date1904=date1904)


def _refuse_other_content(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
        return
    for start, label in _OTHER_CONTENT:
        if any(name.startswith(start) for name in names):
            raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format=label)
    if "[Content_Types].xml" not in names:
        raise RosterRefused(Code.FILE_FORMAT_UNSUPPORTED, format="ZIP")
    raise RosterRefused(Code.FILE_UNREADABLE)


def _local(element: Element) -> str:
    """The tag without its namespace: strict and transitional files differ only in that."""
    return element.tag.rpartition("}")[2]


def _workbook(archive: zipfile.ZipFile) -> tuple[bool, dict[str, str]]:
    """(1904 calendar, part of every worksheet by sheet name)."""
    name = next(
        name for name in archive.namelist() if name.startswith("xl/") and name.endswith("workbook.xml")
    )
    root = fromstring(archive.read(name), forbid_dtd=True)
    folder, base = posixpath.split(name)
    relations_part = f"{folder}/_rels/{base}.rels"
    targets = {
        element.get("Id"): (element.get("Target") or "", element.get("Type") or "")
        for element in fromstring(archive.read(relations_part), forbid_dtd=True)
    }
    date1904, paths = False, {}
    for element in root.iter():
        if _local(element) == "workbookPr":
            date1904 = element.get("date1904") in {"1", "true"}
        elif _local(element) == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target, kind = targets.get(relation, ("", ""))
            if kind.endswith("/worksheet"):
                paths[element.get("name") or ""] = posixpath.normpath(
                    posixpath.join("/" + folder, target)
                ).lstrip("/")
    return date1904, paths


def _sheets(data: bytes, scans: dict[str, SheetScan], limits: Limits) -> tuple[Sheet, ...]:
    with calamine_errors():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(
                data,
                book,
                meta.name,
                scans[meta.name],
                limits,
                visible=meta.visible is SheetVisibleEnum.Visible,
            )
            for meta in book.sheets_metadata
            if meta.typ is SheetTypeEnum.WorkSheet and meta.name in scans
        ]
    return tuple(sheets)


def _sheet(
    data: bytes, book: CalamineWorkbook, name: str, scan: SheetScan, limits: Limits, *, visible: bool
) -> Sheet:
    table: CalamineSheet | None = None
    if scan.last_row * (scan.last_column + 1) <= limits.cells and scan.last_row <= limits.rows:
        table = book.get_sheet_by_name(name)
    return Sheet(
        name=name,
        rows=(lambda: numbered(table)) if table is not None else (lambda: _stream_rows(data, name, limits)),
        state=SheetState.VISIBLE if visible else SheetState.HIDDEN,
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
        uncalculated=frozenset(scan.uncalculated),
        errors=scan.errors,
        merged_down=merged_down(table) if table is not None else (),
        pictures=scan.pictures,
        lines=scan.filled_rows,
    )


def _stream_rows(data: bytes, name: str, limits: Limits) -> Iterator[NumberedRow]:
    """Filled rows of a sheet too sparse or too wide to hold. Raises RosterRefused: too large, unreadable."""
    filled = 0
    rows = _openpyxl_rows(data, name)
    while True:
        try:
            number, cells = next(rows)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - whatever openpyxl trips over inside a damaged file
            raise RosterRefused(Code.FILE_UNREADABLE) from None
        filled += 1
        if filled > limits.rows:
            raise RosterRefused(Code.SHEET_TOO_LARGE, limit=f"{limits.rows:,}")
        yield number, cells


def _openpyxl_rows(data: bytes, name: str) -> Iterator[NumberedRow]:
    """Trailing blank cells are cut; at most _WIDEST columns."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet: Any = book[name]
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_as_calamine(value) for value in values[:_WIDEST]]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield number, cells


def _as_calamine(value: Any) -> Cell:
    """The same types from both readers: every number a float, midnight a date, blank an empty text."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value if isinstance(value, str | float | bool | dt.date | dt.time | dt.timedelta) else str(value)
