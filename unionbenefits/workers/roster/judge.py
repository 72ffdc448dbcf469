"""The judge of a whole roster: sheets, headings, rows, neighbours, duplicates. Pure.

No database, clock or settings: the same file under the same options always gets the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.duplicates import judge_duplicates
from unionbenefits.workers.roster.facts import (
    Cell,
    Field,
    FileWarning,
    HeaderMapping,
    JudgedRow,
    Judgement,
    JudgeOptions,
    Sheet,
    SheetReport,
    SheetState,
    SkippedRow,
    Workbook,
)
from unionbenefits.workers.roster.garbled import is_garbled
from unionbenefits.workers.roster.mapping import SEARCHED_ROWS, map_rows, map_sheet
from unionbenefits.workers.roster.neighbours import judge_neighbours
from unionbenefits.workers.roster.normalise import text_of
from unionbenefits.workers.roster.rows import RowJudge
from unionbenefits.workers.roster.skipping import LineSorter, filled_texts, names_columns
from unionbenefits.workers.roster.standing_cells import not_understood

_STEP: Final = 500
"""Rows between two calls of `progress`."""
_EXAMPLES: Final = 20
_PERSONAL = re.compile(r"\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)
_FILLED_DOWN: Final = (
    Field.ENTERPRISE_NAME,
    Field.CREDIT_CODE,
    Field.OCCUPATION,
    Field.WORK_RELATION,
    Field.DOCUMENT_KIND,
    Field.JOINED_ON,
    Field.INSURANCE,
    Field.REAL_NAME,
)
"""Fields that a merged cell says for all the rows it covers."""
Mappings = Mapping[str, HeaderMapping | None]
Progress = Callable[[int], None]


def judge(
    workbook: Workbook,
    options: JudgeOptions,
    mappings: Mappings | None = None,
    progress: Progress | None = None,
) -> Judgement:
    """Judges every person row of a workbook.

    `mappings` by sheet name are headings that a person corrected; None leaves a sheet out, a missing name is
    mapped by content. `progress` is told the number of rows judged so far.
    Raises RosterRefused: mojibake, no_header, column_missing, no_rows.
    """
    if workbook.date1904 != options.date1904:
        options = replace(options, date1904=workbook.date1904)
    court = _Court(options, mappings or {}, progress)
    for sheet in workbook.sheets:
        court.hear(sheet)
    return court.close(workbook)


class _Court:
    """Collects the answers sheet by sheet."""

    def __init__(self, options: JudgeOptions, mappings: Mappings, progress: Progress | None) -> None:
        self._options = options
        self._mappings = mappings
        self._progress = progress
        self._rows: list[JudgedRow] = []
        self._skipped: list[SkippedRow] = []
        self._warnings: list[FileWarning] = []
        self._reports: list[SheetReport] = []
        self._missing: set[Field] = set()
        self._hidden_sheets: list[str] = []

    def hear(self, sheet: Sheet) -> None:
        """Takes one sheet; hidden ones only where a person chose them (case C026)."""
        chosen = sheet.name in self._mappings
        mapping = self._mappings[sheet.name] if chosen else map_sheet(sheet)
        if sheet.state is SheetState.HIDDEN and not (chosen and mapping):
            self._hidden_sheets.append(sheet.name)
            self._reports.append(
                SheetReport(sheet.name, sheet.state, None, hidden_rows=len(sheet.hidden_rows))
            )
            return
        if mapping is None or mapping.missing():
            self._leave_out(sheet, mapping)
            return
        start = len(self._rows)
        self._judge_rows(sheet, mapping, chosen=chosen)
        rows = self._rows[start:]
        self._warnings.extend(_warnings_of(sheet, mapping, rows))
        self._warnings.extend(not_understood(sheet.name, mapping, rows, self._options))
        self._warnings.extend(judge_neighbours(rows))
        self._rows[start:] = rows
        hidden = sum(1 for row in rows if row.row in sheet.hidden_rows)
        self._reports.append(SheetReport(sheet.name, sheet.state, mapping, len(rows), hidden))

    def _leave_out(self, sheet: Sheet, mapping: HeaderMapping | None) -> None:
        """A sheet without a usable heading: told where it seems to hold people, not where it holds a text."""
        if mapping is not None:
            self._missing.update(mapping.missing())
        self._reports.append(SheetReport(sheet.name, sheet.state, None, hidden_rows=len(sheet.hidden_rows)))
        if any(_PERSONAL.search(text) for text in _sample(sheet)):
            self._warnings.append(FileWarning(Code.SHEET_SKIPPED, sheet.name))

    def _judge_rows(self, sheet: Sheet, mapping: HeaderMapping, *, chosen: bool) -> None:
        judge_row = RowJudge(sheet, mapping, self._options).judge
        above_heading: set[tuple[str, ...]] = set()
        is_person = LineSorter(mapping, above_heading).is_person
        covered = _covered_cells(sheet, mapping)
        skipped: list[int] = []
        above: dict[int, Cell] = {}
        rows, progress = self._rows, self._progress
        for number, cells in sheet.rows():
            if number <= mapping.header_row:
                above_heading.add(filled_texts(cells))
                continue
            if not is_person(number, cells):
                skipped.append(number)
                below = None if chosen else _table_below(mapping, number, cells)
                if below is not None:
                    judge_row = RowJudge(sheet, below, self._options).judge
                    is_person = LineSorter(below, above_heading).is_person
                continue
            if covered:
                _fill_down(covered, above, number, cells)
            rows.append(judge_row(number, cells))
            if progress is not None and not len(rows) % _STEP:
                progress(len(rows))
        if skipped:
            self._skipped.extend(SkippedRow(sheet.name, row, Code.ROWS_SKIPPED) for row in skipped)
            params = {"count": str(len(skipped))}
            warning = FileWarning(Code.ROWS_SKIPPED, sheet.name, params, tuple(skipped[:_EXAMPLES]))
            self._warnings.append(warning)

    def close(self, workbook: Workbook) -> Judgement:
        """What spans sheets, then the answer, or the refusal of a file that holds nobody."""
        self._refuse_empty(workbook)
        if self._hidden_sheets:
            params = {"count": str(len(self._hidden_sheets)), "names": "、".join(self._hidden_sheets)}
            self._warnings.append(FileWarning(Code.HIDDEN_SHEETS, params=params))
        if workbook.date1904:
            self._warnings.append(FileWarning(Code.DATES_1904))
        self._warnings.extend(judge_duplicates(self._rows))
        if self._progress is not None:
            self._progress(len(self._rows))
        return Judgement(self._rows, self._skipped, self._warnings, self._reports)

    def _refuse_empty(self, workbook: Workbook) -> None:
        if self._rows:
            return
        if any(report.mapping is not None for report in self._reports):
            raise RosterRefused(Code.NO_ROWS)
        if is_garbled(text for sheet in workbook.sheets for text in _sample(sheet)):
            raise RosterRefused(Code.MOJIBAKE)
        if self._missing:
            names = {Field.NAME: "“姓名”", Field.DOCUMENT_NUMBER: "“证件号码”"}
            fields = ", ".join(names[field] for field in names if field in self._missing)
            raise RosterRefused(Code.COLUMN_MISSING, fields=fields)
        raise RosterRefused(Code.NO_HEADER)


def _table_below(mapping: HeaderMapping, number: int, cells: list[Cell]) -> HeaderMapping | None:
    """The mapping of a second table on the same sheet whose columns stand in another order."""
    if not names_columns(cells):
        return None
    below = map_rows([(number, cells)])
    return below if below is not None and not below.missing() and below.columns != mapping.columns else None


def _sample(sheet: Sheet) -> list[str]:
    """The texts near the top of a sheet, control characters and all: they may be halves of lost ones."""
    rows = islice(sheet.rows(), SEARCHED_ROWS)
    return [cell if isinstance(cell, str) else text_of(cell) for _number, cells in rows for cell in cells]


def _warnings_of(sheet: Sheet, mapping: HeaderMapping, rows: list[JudgedRow]) -> list[FileWarning]:
    """What the officer must know of a sheet before confirming."""

    def headings(indexes: tuple[int, ...] | list[int]) -> dict[str, str]:
        names = [mapping.headings[index] for index in indexes[:_EXAMPLES]]
        return {"names": "、".join(names) + ("…" if len(indexes) > _EXAMPLES else "")}

    warnings = []
    hidden = [row.row for row in rows if row.row in sheet.hidden_rows]
    if hidden:
        params = {"count": str(len(hidden))}
        warnings.append(FileWarning(Code.HIDDEN_ROWS, sheet.name, params, tuple(hidden[:_EXAMPLES])))
    used = sorted(index for indexes in mapping.columns.values() for index in indexes)
    covered = [index for index in used if index in sheet.hidden_columns]
    if covered:
        warnings.append(FileWarning(Code.HIDDEN_COLUMNS, sheet.name, headings(covered)))
    warnings.extend(
        FileWarning(Code.TWO_COLUMNS_ONE_FIELD, sheet.name, headings(mapping.columns[field]))
        for field in mapping.doubled()
    )
    if mapping.unknown:
        warnings.append(FileWarning(Code.COLUMNS_NOT_TAKEN, sheet.name, headings(mapping.unknown)))
    if sheet.pictures or Field.PICTURE in mapping.columns:
        warnings.append(FileWarning(Code.PICTURES_NOT_TAKEN, sheet.name))
    return warnings


def _covered_cells(sheet: Sheet, mapping: HeaderMapping) -> dict[tuple[int, int], int]:
    """(row, column) → first row of the merged cell that covers it, for fields that one cell says for many."""
    columns = {index for field in _FILLED_DOWN for index in mapping.columns.get(field, ())}
    return {
        (row, column): first
        for first, last, column in sheet.merged_down
        if column in columns and first > mapping.header_row
        for row in range(first, min(last, first + 100_000) + 1)
    }


def _fill_down(
    covered: dict[tuple[int, int], int], above: dict[int, Cell], row: int, cells: list[Cell]
) -> None:
    """Puts the value of a merged cell into the rows that it covers."""
    for column in range(len(cells)):
        first = covered.get((row, column))
        if first == row:
            above[column] = cells[column]
        elif first is not None and cells[column] == "":
            cells[column] = above.get(column, "")
