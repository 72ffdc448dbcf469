"""Writing roster plans as real .xlsx files, byte for byte the same each time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from unionbenefits.demo.layouts import Layout
from unionbenefits.demo.lines import Line, RosterPlan
from unionbenefits.workers.enums import Sex
from unionbenefits.workers.roster.facts import Cell, Field

_MADE: Final = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
"""Stands in the file's properties instead of the time of the run: the same roster is the same file."""


def file_name(plan: RosterPlan) -> str:
    """Such as `01_喜鹊外卖配送（示例）有限公司_名册.xlsx`."""
    return f"{plan.unit.position:02d}_{plan.unit.name}_名册.xlsx"


def write_workbook(plan: RosterPlan, path: Path) -> None:
    """Writes the roster; a half-written file never carries the final name."""
    unfinished = path.with_suffix(".part")
    book = xlsxwriter.Workbook(str(unfinished), {"constant_memory": False, "in_memory": True})
    book.set_properties({"title": plan.unit.name, "created": _MADE.replace(tzinfo=None)})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    names = plan.layout.sheets
    for at, name in enumerate(names):
        lines = plan.lines[at * len(plan.lines) // len(names) : (at + 1) * len(plan.lines) // len(names)]
        _write_sheet(book.add_worksheet(name), plan, lines, bold, date)
    book.close()
    unfinished.replace(path)


def _write_sheet(sheet: Any, plan: RosterPlan, lines: tuple[Line, ...], bold: Any, date: Any) -> None:
    layout, row = plan.layout, 0
    last_column = len(layout.columns) - 1
    for text in layout.title:
        sheet.merge_range(row, 0, row, last_column, text.format(unit=plan.unit.name), bold)
        row += 1
    sheet.write_row(row, 0, [heading for _field, heading in layout.columns], bold)
    sheet.set_column(0, last_column, 16)
    for serial, line in enumerate(lines, 1):
        row += 1
        for column, value in enumerate(cells_of(line, plan, serial)):
            _write_cell(sheet, row, column, value, date)
    if layout.has_total:
        row += 1
        sheet.write_string(row, 0, "合计")
        sheet.write_string(row, 1, f"{len(lines)}人")
    for text in layout.footer:
        row += 1
        sheet.write_string(row, 0, text)


def _write_cell(sheet: Any, row: int, column: int, value: Cell, date: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, date)
    else:
        sheet.write_number(row, column, value)


def cells_of(line: Line, plan: RosterPlan, serial: int) -> Iterator[Cell]:
    """The line's cells in the layout's order, spoiled as its fault says."""
    cells = _sound_cells(line, plan, serial)
    if line.fault is not None:
        cells |= line.fault.spoil(line.person, cells)
    return (cells[field] for field, _heading in plan.layout.columns)


def _sound_cells(line: Line, plan: RosterPlan, serial: int) -> dict[Field, Cell]:
    person, layout = line.person, plan.layout
    return {
        Field.SERIAL: serial,
        Field.NAME: person.name,
        Field.DOCUMENT_KIND: "居民身份证",
        Field.DOCUMENT_NUMBER: person.number,
        Field.PHONE: int(person.phone) if layout.phones_as_numbers else person.phone,
        Field.SEX: "男" if person.sex is Sex.MALE else "女",
        Field.BIRTH: _date(person.birth, layout),
        Field.OCCUPATION: line.job,
        Field.WORK_RELATION: line.relation,
        Field.JOINED_ON: _date(line.joined_on, layout),
        Field.ENTERPRISE_NAME: plan.unit.name,
        Field.CREDIT_CODE: plan.unit.enterprise_code,
        Field.NOTE: None,
    }


def _date(day: dt.date, layout: Layout) -> Cell:
    return day if layout.date_style == "cell" else format(day, layout.date_style)
