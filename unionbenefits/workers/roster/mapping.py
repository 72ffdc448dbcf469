"""Finding the heading line of a sheet and what each column means, by content (cases C022, C024, C042). Pure.

The heading may stand in any of the first lines, be spread over two of them by merged cells, carry marks and
remarks, and come in Chinese or English. Nothing is ever mapped by position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from unionbenefits.workers import text as texts
from unionbenefits.workers.roster.facts import Cell, Field, HeaderMapping, NumberedRow, Sheet
from unionbenefits.workers.roster.vocabulary import (
    HEADINGS,
    NOT_OURS,
    OTHER_PERSON,
    fold,
    fold_without_brackets,
)

SEARCHED_ROWS: Final = 60
"""How many filled lines from the top may stand above the heading."""
_LEAST_FIELDS = 2
_LONGEST_HEADING = 60
_ENDS: Final = (
    ("身份证号码", Field.DOCUMENT_NUMBER),
    ("身份证号", Field.DOCUMENT_NUMBER),
    ("证件号码", Field.DOCUMENT_NUMBER),
    ("证件类型", Field.DOCUMENT_KIND),
    ("手机号码", Field.PHONE),
    ("手机号", Field.PHONE),
    ("姓名", Field.NAME),
    ("出生日期", Field.BIRTH),
    ("社会信用代码", Field.CREDIT_CODE),
)
"""A heading such as 新业态劳动者身份证号 is known by its end."""
_LISTED: Final = re.compile(r"[/／、或]")
_FILLED_IN: Final = re.compile(r"[:：]\s*\S")


def field_of(heading: str) -> Field | None:
    """The field that a heading names, or None."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return None
    if OTHER_PERSON.search(heading):
        return Field.KINSHIP if HEADINGS.get(fold(heading)) is Field.KINSHIP else None
    field = HEADINGS.get(fold(heading)) or HEADINGS.get(fold_without_brackets(heading))
    if field is not None:
        return field
    if NOT_OURS.search(heading):
        return None
    bare = fold_without_brackets(heading)
    field = next((field for ending, field in _ENDS if bare.endswith(fold(ending))), None)
    if field is None:
        parts = {HEADINGS.get(fold(part)) for part in _LISTED.split(heading)}
        if len(parts) == 1:
            field = parts.pop()
    return field


def _text(cell: Cell) -> str:
    return texts.strip_noise(cell) if isinstance(cell, str) else ""


def map_sheet(sheet: Sheet) -> HeaderMapping | None:
    """The best heading among the first lines, or None where no line names at least two fields."""
    return map_rows(list(islice(sheet.rows(), SEARCHED_ROWS)))


def map_rows(rows: Sequence[NumberedRow]) -> HeaderMapping | None:
    """As `map_sheet`, for rows at hand. The topmost of equally good lines wins: later ones repeat it."""
    best: HeaderMapping | None = None
    best_score = (0, 0)
    for index, (number, cells) in enumerate(rows):
        for depth in (1, 2):
            above = rows[index - depth + 1 : index] if depth > 1 else ()
            if depth > 1 and (not above or not _reaches_down(above[0], number, cells)):
                continue
            mapping = _mapping(number, cells, above[0][1] if above else _group_line(rows, index))
            score = _score(mapping)
            if score > best_score:
                best, best_score = mapping, score
    return best


def _score(mapping: HeaderMapping) -> tuple[int, int]:
    """(required fields, known fields); a line that names fewer than two fields is no heading."""
    known = len(mapping.columns)
    if known < _LEAST_FIELDS:
        return (0, 0)
    return (2 - len(mapping.missing()), known)


def _group_line(rows: Sequence[NumberedRow], index: int) -> list[Cell]:
    """The line right above a heading, which may group its columns: 个人信息, 紧急联系人."""
    if index and rows[index - 1][0] == rows[index][0] - 1:
        return rows[index - 1][1]
    return []


def _reaches_down(above: NumberedRow, number: int, cells: list[Cell]) -> bool:
    """Whether two lines may be one heading: neighbours, and the upper fills gaps of the lower."""
    if above[0] != number - 1:
        return False
    gaps = [index for index, cell in enumerate(above[1]) if _text(cell) and not _text(_at(cells, index))]
    return any(field_of(_text(above[1][index])) for index in gaps)


def _at(cells: Sequence[Cell], index: int) -> Cell:
    return cells[index] if index < len(cells) else ""


def _mapping(number: int, cells: list[Cell], above: list[Cell]) -> HeaderMapping:
    """Names every column by its own cell, or by the one above where its own is blank."""
    columns: dict[Field, tuple[int, ...]] = {}
    headings: list[str] = []
    unknown: list[int] = []
    group = ""
    width = max(len(cells), len(above))
    for index in range(width):
        own, upper = _text(_at(cells, index)), _text(_at(above, index))
        group = upper or (group if own else "")
        heading = own or upper
        headings.append(f"{upper}/{own}" if own and upper else heading)
        if not heading:
            continue
        field = None if own and _names_others(group) else field_of(heading)
        if field is None:
            unknown.append(index)
        else:
            columns[field] = (*columns.get(field, ()), index)
    return HeaderMapping(number, columns, tuple(headings), tuple(unknown))


def _names_others(group: str) -> bool:
    """Whether a line above groups columns about somebody else; 填报单位：某公司 is a filled-in line."""
    return len(group) < 20 and bool(OTHER_PERSON.search(group)) and not _FILLED_IN.search(group)


def override(
    mapping: HeaderMapping,
    *,
    columns: Mapping[int, Field | None] | None = None,
    header_row: int | None = None,
) -> HeaderMapping:
    """The mapping as a person corrected it: per column its field, or None to leave it out."""
    chosen = {index: field for field, indexes in mapping.columns.items() for index in indexes}
    for index, field in (columns or {}).items():
        chosen.pop(index, None)
        if field is not None:
            chosen[index] = field
    fed: dict[Field, tuple[int, ...]] = {}
    for index in sorted(chosen):
        fed[chosen[index]] = (*fed.get(chosen[index], ()), index)
    unknown = tuple(i for i, heading in enumerate(mapping.headings) if heading and i not in chosen)
    row = mapping.header_row if header_row is None else header_row
    return replace(mapping, header_row=row, columns=fed, unknown=unknown)


def map_at(sheet: Sheet, header_row: int) -> HeaderMapping | None:
    """The mapping of a heading line that a person pointed out; None where the sheet has no such line."""
    rows = list(islice(sheet.rows(), SEARCHED_ROWS))
    for index, (number, cells) in enumerate(rows):
        if number == header_row:
            return _mapping(number, cells, _group_line(rows, index))
    return None
