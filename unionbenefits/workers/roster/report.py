"""The workbook back to the clerk: faulty cells marked, reasons in a column of their own, nothing else
changed.

An .xlsx keeps its formats; other files, and workbooks too large to hold with their formats, come back
rewritten.
"""

import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from unionbenefits.workers.models import Roster, RosterRow
from unionbenefits.workers.roster import judging, queries
from unionbenefits.workers.roster.codes import Severity
from unionbenefits.workers.roster.facts import Cell, Field, Finding, Sheet, SheetState
from unionbenefits.workers.roster.read import read_workbook
from unionbenefits.workers.roster.template import template_workbook

__all__ = ["report_workbook", "template_workbook"]

KEPT_ROWS: Final = 60_000
"""Larger workbooks are rewritten: openpyxl needs half a kilobyte per cell."""
COLOURS: Final = {Severity.REJECT: "FFC7CE", Severity.HOLD: "FFEB9C", Severity.NOTICE: "DDEBF7"}
_LONGEST_CELL: Final = 32_767
_LONGEST_PAGE_NAME: Final = 31
_LAST_COLUMN: Final = 16_383
_FIRST_YEAR: Final = 1900
"""Workbooks know no days before this year."""
_NO_PAGE_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_Marks = dict[int, Severity]
_Styles = dict[Severity | None, Any]


@dataclass(frozen=True, slots=True)
class _RowReport:
    """What is said about a line: the columns to mark (from 0) and the sentence."""

    marks: _Marks
    text: str


@dataclass(frozen=True, slots=True)
class _SheetReport:
    """The lines of a sheet that have something to be said, and the column (from 0) that says it."""

    header_row: int
    column: int
    rows: Mapping[int, _RowReport]


def report_workbook(roster: Roster) -> bytes:
    """The annotated workbook as .xlsx, in the active language.

    Raises Refusal `roster_file_removed` where the file was removed.
    """
    content = judging.open_file(roster)
    reports = _reports(roster)
    if roster.file_format == "xlsx" and roster.rows_total <= KEPT_ROWS:
        try:
            return _annotate(content, reports)
        except Exception:  # noqa: BLE001, S110 - openpyxl fails in many ways on files that calamine reads
            pass
    heading = _("Reason (the formats of the workbook could not be kept)")
    sheets = read_workbook(content, roster.file_name).sheets
    return _rewrite(sheets, reports, heading if roster.file_format == "xlsx" else _("Reason"))


def _reports(roster: Roster) -> dict[str, _SheetReport]:
    """Everything to say, by sheet."""
    fields: dict[str, dict[Field, list[int]]] = {}
    widths: dict[str, int] = {}
    for sheet in roster.sheets:
        widths[sheet["name"]] = len(sheet["columns"])
        for column in sheet["columns"]:
            if column["field"]:
                known = fields.setdefault(sheet["name"], {})
                known.setdefault(Field(column["field"]), []).append(column["index"])
    rows: dict[str, dict[int, _RowReport]] = {name: {} for name in widths}
    for row in RosterRow.objects.filter(roster=roster).exclude(codes=[]).order_by("pk").iterator(2000):
        found = queries.findings_of(row)
        widths[row.sheet] = max(widths.get(row.sheet, 0), len(queries.cells_of(row)))
        rows.setdefault(row.sheet, {})[row.row] = _said(found, fields.get(row.sheet, {}))
    return {
        sheet["name"]: _SheetReport(
            sheet["header_row"], min(widths[sheet["name"]], _LAST_COLUMN), rows[sheet["name"]]
        )
        for sheet in roster.sheets
        if sheet["header_row"]
    }


def _said(findings: list[Finding], fields: Mapping[Field, list[int]]) -> _RowReport:
    marks: _Marks = {}
    for finding in findings:
        for index in fields.get(finding.field, ()) if finding.field else ():
            if marks.get(index) is not Severity.REJECT:
                marks[index] = finding.severity
    text = " ".join(_sentence(finding) for finding in findings)
    return _RowReport(marks, ILLEGAL_CHARACTERS_RE.sub("", text))


def _sentence(finding: Finding) -> str:
    if finding.proposed is None:
        return finding.text()
    return _("%(sentence)s Suggested: %(value)s") % {"sentence": finding.text(), "value": finding.proposal()}


def _annotate(content: bytes, reports: Mapping[str, _SheetReport]) -> bytes:
    """Marks the clerk's own workbook."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    fills = {severity: PatternFill("solid", fgColor=colour) for severity, colour in COLOURS.items()}
    for name, report in reports.items():
        if name in workbook.sheetnames and isinstance(workbook[name], Worksheet):
            _annotate_sheet(workbook[name], report, fills)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _annotate_sheet(sheet: Worksheet, report: _SheetReport, fills: Mapping[Severity, PatternFill]) -> None:
    _say(sheet, report.header_row, report.column, _("Reason"))
    for number, row in report.rows.items():
        _say(sheet, number, report.column, row.text)
        for index, severity in row.marks.items():
            sheet.cell(number, index + 1).fill = fills[severity]
    sheet.column_dimensions[get_column_letter(report.column + 1)].width = 60


def _say(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Text that no spreadsheet takes for a formula, whatever it begins with."""
    cell = sheet.cell(row, column + 1)
    cell.value = text
    cell.data_type = "s"


def _rewrite(sheets: tuple[Sheet, ...], reports: Mapping[str, _SheetReport], heading: str) -> bytes:
    """The same cells in a new workbook, row by row in bounded memory; text stays text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "remove_timezone": True,
        },
    )
    styles: _Styles = {
        severity: book.add_format({"bg_color": f"#{colour}"}) for severity, colour in COLOURS.items()
    }
    styles[None] = book.add_format({"num_format": "yyyy-mm-dd"})
    names: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(_page_name(sheet.name, number, names))
        if sheet.state is SheetState.HIDDEN and number > 1:
            page.hide()
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        _rewrite_rows(page, sheet, reports.get(sheet.name), styles, heading)
    book.close()
    return out.getvalue()


def _page_name(name: str, number: int, taken: set[str]) -> str:
    """The sheet's name as a workbook allows it: 31 characters, no marks of references, no name twice."""
    bare = _NO_PAGE_NAME.sub("", name).strip("' ")[:_LONGEST_PAGE_NAME] or f"Sheet{number}"
    while bare.casefold() in taken:
        bare = f"{bare[: _LONGEST_PAGE_NAME - 6]}-{number}"
        number += 1
    taken.add(bare.casefold())
    return bare


def _rewrite_rows(
    page: Any, sheet: Sheet, report: _SheetReport | None, styles: _Styles, heading: str
) -> None:
    for row, cells in sheet.rows():
        if row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        said = report.rows.get(row) if report else None
        marks = said.marks if said else {}
        for index in range(max(len(cells), max(marks, default=-1) + 1)):
            cell = cells[index] if index < len(cells) else None
            style = styles[marks[index]] if index in marks else styles[None] if _is_day(cell) else None
            _write(page, (row - 1, index), cell, style)
        if report and (said or row == report.header_row):
            page.write_string(row - 1, report.column, (said.text if said else heading)[:_LONGEST_CELL])


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, dt.date) and cell.year >= _FIRST_YEAR


def _write(page: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(*place, cell, style)
    elif isinstance(cell, dt.date) and _is_day(cell):
        page.write_datetime(*place, cell, style)
    elif cell is None or cell == "":
        page.write_blank(*place, None, style)
    else:
        page.write_string(*place, ILLEGAL_CHARACTERS_RE.sub("", str(cell))[:_LONGEST_CELL], style)
