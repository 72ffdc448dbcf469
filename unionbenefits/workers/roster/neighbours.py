"""What only the rows around a row can tell: dragged series, slid columns, lost digits, numbered names. Pure.

Works on the judged rows of one sheet in order and only adds findings. Cases C001, C007, C009, C062, C076.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from unionbenefits.workers.names import running_number
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Field, FileWarning, Finding, JudgedRow, Verdict
from unionbenefits.workers.roster.rows import verdict_of

_SHORTEST_SERIES: Final = 3
_LARGEST_STEP: Final = 9
"""A dragged column goes up by 1, or by the step between its first two numbers."""
_SHORTEST_SHIFT: Final = 3
_LARGEST_GAP: Final = 2
"""Rows that agree by chance inside a block of numbers that have slid."""
_MISMATCH: Final = frozenset({Code.BIRTH_DIFFERS, Code.SEX_DIFFERS})
_EXAMPLES: Final = 20


def with_finding(row: JudgedRow, finding: Finding) -> JudgedRow:
    """The row with one more finding, unless it already has that code for that field."""
    if any(known.code is finding.code and known.field is finding.field for known in row.findings):
        return row
    findings = (*row.findings, finding)
    return row._replace(findings=findings, verdict=verdict_of(findings))


def without_codes(row: JudgedRow, codes: frozenset[Code]) -> JudgedRow:
    """The row without the findings of some codes."""
    findings = tuple(finding for finding in row.findings if finding.code not in codes)
    return row._replace(findings=findings, verdict=verdict_of(findings))


def judge_neighbours(rows: list[JudgedRow]) -> list[FileWarning]:
    """Adds to the rows of one sheet, in place, what their neighbours tell; returns warnings for the sheet."""
    warnings: list[FileWarning] = []
    for check in (_dragged_series, _lost_digits, _slid_column, _swapped_columns, _numbered_names):
        warnings.extend(check(rows))
    return warnings


def _runs(count: int, belongs: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """[start, end) of every longest run of indexes that belong."""
    start: int | None = None
    for index in range(count):
        if belongs(index):
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, count


def _steps(rows: Sequence[JudgedRow]) -> list[int]:
    """Per row the difference of its number to the one before, 0 where it says nothing."""
    steps, before = [], None
    for row in rows:
        number = row.number
        value = int(number) if number and len(number) >= 8 and number.isascii() and number.isdigit() else None
        step = value - before if value is not None and before is not None else 0
        steps.append(step if abs(step) <= _LARGEST_STEP else 0)
        before = value
    return steps


def _some_impossible(rows: Sequence[JudgedRow]) -> bool:
    """Numbers given out one after the other also make a series (of 8), but all of them are valid."""
    return any(row.verdict is Verdict.REJECT for row in rows)


def _dragged_series(rows: list[JudgedRow]) -> Iterator[FileWarning]:
    """Numbers that go up by the same small step: all but the first are held, the impossible ones rejected."""
    steps = _steps(rows)
    dragged = Finding(Code.CONSECUTIVE_NUMBERS, Field.DOCUMENT_NUMBER)
    hit: list[int] = []
    start = 1
    while start < len(rows):
        end = start
        while end < len(rows) and steps[end] and steps[end] == steps[start]:
            end += 1
        if end - start + 1 >= _SHORTEST_SERIES and _some_impossible(rows[start - 1 : end]):
            for index in range(start, end):
                rows[index] = with_finding(rows[index], dragged)
                hit.append(rows[index].row)
        start = max(end, start + 1)
    if hit:
        yield _warning(Code.CONSECUTIVE_NUMBERS_FOUND, rows, hit)


def _lost_digits(rows: list[JudgedRow]) -> Iterator[FileWarning]:
    """Text numbers ending in 000 where others do so and fail: they came through a number cell (case C001)."""
    suspected = Finding(Code.PRECISION_SUSPECTED, Field.DOCUMENT_NUMBER)
    ends = [
        i for i, row in enumerate(rows) if row.number and len(row.number) == 18 and row.number[-3:] == "000"
    ]
    failed = [rows[index].row for index in ends if rows[index].verdict is Verdict.REJECT]
    if len(failed) < 2:
        return
    for index in ends:
        if rows[index].verdict is not Verdict.REJECT:
            rows[index] = with_finding(rows[index], suspected)
    yield _warning(Code.DIGITS_LOST_FOUND, rows, failed)


def _slid_column(rows: list[JudgedRow]) -> Iterator[FileWarning]:
    """Blocks of numbers that do not fit the sex and birth beside them (case C009): all of it is held."""
    wrong = [i for i, row in enumerate(rows) if row.findings and not _MISMATCH.isdisjoint(row.codes)]
    hit: list[int] = []
    for first, last, count in _blocks(wrong):
        if count < _SHORTEST_SHIFT:
            continue
        by_birth = any(Code.BIRTH_DIFFERS in rows[index].codes for index in range(first, last + 1))
        margin = 0 if by_birth else _LARGEST_GAP  # sex alone agrees by chance in every second row
        for index in range(max(0, first - margin), min(len(rows), last + margin + 1)):
            rows[index] = with_finding(rows[index], Finding(Code.COLUMN_SHIFTED, Field.DOCUMENT_NUMBER))
            hit.append(rows[index].row)
    if hit:
        yield _warning(Code.COLUMN_SHIFTED_FOUND, rows, hit)


def _blocks(indexes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first, last, how many) of indexes that stand close together."""
    first = last = None
    count = 0
    for index in indexes:
        if last is not None and index - last <= _LARGEST_GAP + 1:
            last, count = index, count + 1
            continue
        if first is not None and last is not None:
            yield first, last, count
        first, last, count = index, index, 1
    if first is not None and last is not None:
        yield first, last, count


def _swapped_columns(rows: list[JudgedRow]) -> Iterator[FileWarning]:
    hit = [row.row for row in rows if row.findings and Code.COLUMNS_SWAPPED in row.codes]
    if len(hit) > 1:
        yield _warning(Code.COLUMNS_SWAPPED_FOUND, rows, hit)


def _numbered_names(rows: list[JudgedRow]) -> Iterator[FileWarning]:
    """A lone running number in a name is a clerk's mark and held; a whole series of equal width is only told.

    Numbers of one digit never come here: 王芳1 is held at once (case C062), 乔测001…300 is not (case C076).
    """
    numbered = [(i, running_number(row.name or "")) for i, row in enumerate(rows) if _has_digits(row)]
    series: dict[tuple[str, int], int] = {}
    for _index, number in numbered:
        if number:
            key = (number[0], len(number[1]))
            series[key] = series.get(key, 0) + 1
    told: list[int] = []
    for index, number in numbered:
        if number and series[number[0], len(number[1])] > 1:
            told.append(rows[index].row)
            continue
        row = without_codes(rows[index], frozenset({Code.NAME_HAS_DIGITS}))
        rows[index] = with_finding(row, Finding(Code.NAME_NOT_AS_ON_CARD, Field.NAME))
    if told:
        yield _warning(Code.NAMES_NUMBERED, rows, told)


def _has_digits(row: JudgedRow) -> bool:
    return bool(row.findings) and Code.NAME_HAS_DIGITS in row.codes


def _warning(code: Code, rows: Sequence[JudgedRow], hit: Sequence[int]) -> FileWarning:
    return FileWarning(code, rows[0].sheet, {"count": str(len(hit))}, tuple(hit[:_EXAMPLES]))
