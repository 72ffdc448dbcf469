"""Judging one row by itself: every cell to a value, every fault to a finding. Pure; neighbours come later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.names import clean_name, name_key
from unionbenefits.workers.phones import is_mobile, normalise_phone
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.countries import country_code, country_in_note
from unionbenefits.workers.roster.document_cells import looks_like_number, read_document_cells
from unionbenefits.workers.roster.enterprise_cells import EnterpriseCells
from unionbenefits.workers.roster.facts import (
    Cell,
    Field,
    Finding,
    HeaderMapping,
    JudgedRow,
    JudgeOptions,
    Sheet,
    Verdict,
)
from unionbenefits.workers.roster.normalise import fold_value, is_blank, is_credit_code, text_of
from unionbenefits.workers.roster.value_cells import (
    Calendar,
    read_insurance_cell,
    read_name,
    read_note,
    read_occupation_cell,
    read_phone_cell,
    read_sex_cell,
    read_work_relation_cell,
)
from unionbenefits.workers.roster.vocabulary import HIMSELF

_FIELDS: Final = (
    Field.NAME, Field.DOCUMENT_KIND, Field.DOCUMENT_NUMBER, Field.ISSUER, Field.PHONE, Field.SEX,
    Field.BIRTH, Field.ENTERPRISE_NAME, Field.CREDIT_CODE, Field.OCCUPATION, Field.WORK_RELATION,
    Field.JOINED_ON, Field.NOTE, Field.KINSHIP, Field.INSURANCE, Field.REAL_NAME,
)  # fmt: skip
_REPEATED: Final = frozenset(_FIELDS) - {Field.NAME, Field.DOCUMENT_NUMBER, Field.PHONE, Field.NOTE}
"""Fields whose cells say the same in many rows: kept once in memory."""
_NEEDED: Final = frozenset(
    {Field.NAME, Field.DOCUMENT_NUMBER, Field.PHONE, Field.CREDIT_CODE, Field.JOINED_ON}
)
"""Fields where an error or an uncalculated formula rejects the row; elsewhere the cell counts as blank."""


_STANDING: Final = frozenset({Field.INSURANCE, Field.REAL_NAME})
"""Two columns may say these in different words, such as 是 beside 职工医保: what is understood counts."""


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """The heaviest finding decides."""
    severities = {finding.code.severity for finding in findings}
    if Severity.REJECT in severities:
        return Verdict.REJECT
    return Verdict.HOLD if Severity.HOLD in severities else Verdict.ACCEPT


class _Person(NamedTuple):
    """The cells that clerks swap, as they stand or as they would after swapping two columns back."""

    name: Cell
    number: Cell
    phone: Cell
    code: Cell


class RowJudge:
    """Judges the rows of one sheet under one mapping."""

    def __init__(self, sheet: Sheet, mapping: HeaderMapping, options: JudgeOptions) -> None:
        self._name = sheet.name
        self._mapping = mapping
        self._today = options.today
        self._calendar = Calendar(options.today, date1904=options.date1904)
        self._enterprises = EnterpriseCells(options)
        self._doubled = mapping.doubled()
        columns = mapping.columns
        self._width = max((max(indexes) for indexes in columns.values()), default=0) + 1
        # A field without column reads the blank cell that is put at the end of every row.
        self._pick = itemgetter(*(columns[field][0] if field in columns else -1 for field in _FIELDS))
        self._repeated = [index for field in _REPEATED for index in columns.get(field, ())]
        self._seen: dict[Cell, Cell] = {}
        self._faulty = _faulty_cells(sheet, mapping)
        self._heading_width = len(mapping.headings) if sheet.delimited else 0
        self._hidden = frozenset() if options.release_hidden else sheet.hidden_rows

    def judge(self, row: int, cells: list[Cell]) -> JudgedRow:
        """The verdict on one person's line."""
        findings: list[Finding] = []
        kept = self._keep(cells)
        if row in self._faulty:
            self._note_faults(row, cells, findings)
        if self._doubled:
            self._settle_doubled(cells, findings)
        (name_cell, kind_cell, number_cell, issuer, phone_cell, sex_cell, birth_cell,
         company, code_cell, job, relation, joined_cell, note_cell, kin, insured,
         checked) = self._pick(cells)  # fmt: skip
        before = len(findings)
        reading = read_document_cells(kind_cell, number_cell, self._today, findings)
        if reading is None or reading.problem is not None:
            person = _unswap(_Person(name_cell, number_cell, phone_cell, code_cell), self._today)
            if person is not None:
                del findings[before:]
                findings.append(Finding(Code.COLUMNS_SWAPPED, Field.DOCUMENT_NUMBER))
                name_cell, number_cell, phone_cell, code_cell = person
                reading = read_document_cells(kind_cell, number_cell, self._today, findings)
        name, given = read_name(name_cell, findings)
        phone = read_phone_cell(phone_cell, findings)
        proven = reading if reading is not None and reading.problem is None else None
        birth = self._calendar.read_birth(proven.birth if proven else None, birth_cell, findings)
        sex = read_sex_cell(proven, sex_cell, findings)
        code, enterprise = self._enterprises.read(code_cell, company, findings)
        occupation, title = read_occupation_cell(job, findings)
        work_relation = read_work_relation_cell(relation, findings) if relation != "" else None
        joined_on = self._calendar.read_joined_on(joined_cell, findings)
        note = read_note(note_cell, findings)
        insurance = read_insurance_cell(insured)[0] if insured != "" else None
        real_name_on = self._calendar.read_real_name(checked)[0] if checked != "" else None
        kind, number, country = None, None, ""
        if reading is not None:
            kind, number = reading.kind, reading.number
            if kind is DocumentKind.PASSPORT:
                country = country_code(text_of(issuer)) or country_in_note(text_of(note_cell))
            if birth is None and proven is not None:
                findings.append(Finding(Code.BIRTH_MISSING, Field.BIRTH))
        if self._heading_width and any(cell != "" for cell in kept[self._heading_width :]):
            findings.append(Finding(Code.ROW_TOO_WIDE))
        if kin != "" and not is_blank(text_of(kin)) and text_of(kin).casefold() not in HIMSELF:
            findings.append(Finding(Code.FAMILY_MEMBER, Field.KINSHIP))
        if row in self._hidden:
            findings.append(Finding(Code.HIDDEN_ROW))
        verdict, told = (verdict_of(findings), tuple(_once(findings))) if findings else (Verdict.ACCEPT, ())
        return JudgedRow(
            self._name, row, verdict, told, kept, name, given, kind, country, number, birth, sex, phone,
            occupation, title, work_relation, joined_on, note, code, enterprise, insurance, real_name_on,
        )  # fmt: skip

    def _keep(self, cells: list[Cell]) -> tuple[Cell, ...]:
        """The cells as they came, for the report; then the row is padded for picking."""
        if len(cells) < self._width:
            cells.extend([""] * (self._width - len(cells)))
        share = self._seen.setdefault
        for index in self._repeated:
            cells[index] = share(cells[index], cells[index])
        kept = tuple(cells)
        cells.append("")
        return kept

    def _note_faults(self, row: int, cells: list[Cell], findings: list[Finding]) -> None:
        """Errors and formulas without a value, which reach us as blank cells."""
        for field, index, fault in self._faulty[row]:
            if cells[index] != "":
                continue
            if field in _NEEDED:
                findings.append(Finding(fault.code, field, fault.params))
            else:
                findings.append(Finding(Code.FORMULA_TEXT_DROPPED, field))

    def _settle_doubled(self, cells: list[Cell], findings: list[Finding]) -> None:
        """Puts into the first column of a field what its columns say together (case C024)."""
        for field in self._doubled:
            indexes = self._mapping.columns[field]
            said = [cells[index] for index in indexes if not is_blank(text_of(cells[index]))]
            if field in _STANDING:
                said = self._understood(field, said) or said[:1]
            first = indexes[0]
            if len(said) < 2:
                cells[first] = said[0] if said else ""
            elif len({_comparable(field, cell) for cell in said}) == 1:
                cells[first] = said[0]
            elif field is Field.NOTE:
                cells[first] = "；".join(text_of(cell) for cell in said)
                findings.append(Finding(Code.VALUES_JOINED, field))
            elif field in _FIELDS:
                names = "、".join(self._mapping.headings[index] for index in indexes)
                findings.append(Finding(Code.TWO_COLUMNS_DIFFER, field, {"names": names}))
                cells[first] = said[0]

    def _understood(self, field: Field, said: list[Cell]) -> list[Cell]:
        """One cell for each different thing that the cells say of insurance or check."""
        read = read_insurance_cell if field is Field.INSURANCE else self._calendar.read_real_name
        values = {value: cell for cell in reversed(said) if (value := read(cell)[0]) is not None}
        return list(values.values())


def _once(findings: list[Finding]) -> list[Finding]:
    """A cell that is known to be faulty is not also reported as missing."""
    faulty = {f.field for f in findings if f.code in {Code.FORMULA_NOT_CALCULATED, Code.CELL_ERROR}}
    if not faulty:
        return findings
    missing = {Code.DOCUMENT_MISSING, Code.NAME_MISSING}
    return [finding for finding in findings if finding.code not in missing or finding.field not in faulty]


class _Fault(NamedTuple):
    code: Code
    params: dict[str, str]


def _faulty_cells(sheet: Sheet, mapping: HeaderMapping) -> dict[int, list[tuple[Field, int, _Fault]]]:
    """Per row the mapped cells that hold an error or a formula without a value."""
    field_at = {index: field for field, indexes in mapping.columns.items() for index in indexes}
    faults: dict[int, list[tuple[Field, int, _Fault]]] = {}
    for row, index in sheet.uncalculated:
        if index in field_at:
            fault = _Fault(Code.FORMULA_NOT_CALCULATED, {})
            faults.setdefault(row, []).append((field_at[index], index, fault))
    for (row, index), error in sheet.errors.items():
        if index in field_at:
            fault = _Fault(Code.CELL_ERROR, {"error": error})
            faults.setdefault(row, []).append((field_at[index], index, fault))
    return faults


def _comparable(field: Field, cell: Cell) -> str:
    """The form in which two columns for one field are compared."""
    text = text_of(cell)
    if field is Field.PHONE:
        return normalise_phone(text) or text
    return name_key(clean_name(text).name) if field is Field.NAME else fold_value(text)


def _unswap(person: _Person, today: dt.date) -> _Person | None:
    """The cells with two columns swapped back, if the number is valid then and the other cell fits."""
    text = text_of(person.number)
    if looks_like_number(person.name, today) and clean_name(text).problem is None:
        return person._replace(name=person.number, number=person.name)
    if looks_like_number(person.phone, today) and is_mobile(text):
        return person._replace(phone=person.number, number=person.phone)
    if looks_like_number(person.code, today) and is_credit_code(text.upper()):
        return person._replace(code=person.number, number=person.code)
    return None
