"""What a decision makes of a judged row. Pure: the same row under the same decisions is always the same.

A decision answers one finding. A value that is chosen or proposed is read by the rules of its cell, so that
nothing enters by this door that the judge would not let in; it answers all that was said of the old value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from unionbenefits.core.errors import Refusal
from unionbenefits.workers.documents import Reading, read_document, tidy_number
from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Sex, WorkRelation
from unionbenefits.workers.roster.choices import ALLOWED, PAIRS, READY, allows
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.countries import country_code
from unionbenefits.workers.roster.dates import read_date
from unionbenefits.workers.roster.facts import CLEAR, Field, Finding, JudgedRow
from unionbenefits.workers.roster.rows import verdict_of
from unionbenefits.workers.roster.states import RowChoice
from unionbenefits.workers.roster.value_cells import (
    Calendar,
    read_insurance_cell,
    read_name,
    read_occupation_cell,
    read_phone_cell,
    read_sex_cell,
    read_work_relation_cell,
)

_ATTRIBUTE: Final = {
    Field.PHONE: "phone",
    Field.SEX: "sex",
    Field.BIRTH: "birth",
    Field.JOINED_ON: "joined_on",
    Field.INSURANCE: "insurance",
    Field.REAL_NAME: "real_name_on",
}
"""Fields that a row can do without."""
CHOOSABLE: Final = frozenset(
    {
        Field.NAME, Field.DOCUMENT_KIND, Field.DOCUMENT_NUMBER, Field.ISSUER, Field.PHONE, Field.SEX,
        Field.BIRTH, Field.OCCUPATION, Field.WORK_RELATION, Field.JOINED_ON, Field.INSURANCE,
        Field.REAL_NAME,
    }
)  # fmt: skip
_ELSEWHERE: Final = frozenset(
    {
        Code.DOCUMENT_SHARED, Code.POSSIBLE_SAME_PERSON, Code.CONSECUTIVE_NUMBERS, Code.COLUMN_SHIFTED,
        Code.COLUMNS_SWAPPED, Code.UNDER_WORKING_AGE, Code.BIRTH_IMPLAUSIBLE,
    }
)  # fmt: skip
"""Findings that another value in their field does not answer: they are about other rows, or about age."""
_AGE: Final = frozenset({Code.UNDER_WORKING_AGE, Code.BIRTH_IMPLAUSIBLE})
_BY_REGISTER: Final = frozenset(
    {
        Code.POSSIBLE_SAME_AS_KNOWN, Code.DOCUMENT_OF_ANOTHER_KIND, Code.DOCUMENT_RETIRED,
        Code.PHONE_USED_BY_ANOTHER, Code.PHONE_MISSING, Code.PHONE_KEPT, Code.VALUE_CHANGED,
        Code.VALUE_CLEARED, Code.JOINED_ENTERPRISE, Code.BELONGS_TO_ANOTHER_UNIT,
    }
)  # fmt: skip
_BY_EITHER: Final = frozenset(
    {
        Code.NAME_DIFFERS, Code.NAME_VARIANT, Code.BIRTH_DIFFERS, Code.SEX_DIFFERS,
        Code.DOCUMENT_ISSUER_UNKNOWN,
    }
)  # fmt: skip
_NO_VALUE: Final = _("Choose or type the value that the row should have.")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


class Made(NamedTuple):
    """A decision as data."""

    choice: RowChoice
    code: Code
    field: Field | None
    value: str = ""


class Option(NamedTuple):
    """A decision that is open for a finding; `values` to choose among, none = to be typed."""

    choice: RowChoice
    values: tuple[str, ...] = ()


def is_register_finding(finding: Finding) -> bool:
    """Whether the register said it, not the file: it is asked anew each time a row is compared."""
    if finding.code in _BY_REGISTER:
        return True
    return finding.code in _BY_EITHER and "row" not in finding.params and finding.proposed is None


def by_file_alone(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those of the register."""
    return tuple(finding for finding in findings if not is_register_finding(finding))


def decide(row: JudgedRow, made: Iterable[Made], today: dt.date) -> JudgedRow:
    """The row with its decisions, in the order they were made.

    A decision whose finding is not there any more does nothing. Raises Refusal `decision_value` for a value
    that cannot be stored.
    """
    for one in made:
        row = _decide_one(row, one, today)
    return row


def _decide_one(row: JudgedRow, made: Made, today: dt.date) -> JudgedRow:
    finding = find(row.findings, made.code, made.field)
    if made.choice is RowChoice.LEFT_OUT:
        return _with(row, (*row.findings, Finding(Code.LEFT_OUT)))
    if made.choice is RowChoice.BLANK and made.field in _ATTRIBUTE:
        blank: dict[str, Any] = {_ATTRIBUTE[made.field]: None}
        row = row._replace(**blank)
        return _with(row, _unanswered(row, made, _ELSEWHERE))
    if finding is None:
        return row
    if made.choice is RowChoice.PROPOSED and finding.code not in READY:
        row = _put(row, finding.field, finding.proposed or "", today)
        return _with(row, _unanswered(row, made, _ELSEWHERE))
    if made.choice is RowChoice.CHOSEN:
        row = _put(row, made.field, made.value, today)
        return _with(row, _unanswered(row, made, _ELSEWHERE - _AGE))
    return _with(row, _unanswered(row, made, frozenset(Code)))


def find(findings: Iterable[Finding], code: Code, field: Field | None) -> Finding | None:
    """The finding of that code about that field."""
    return next((found for found in findings if found.code is code and found.field is field), None)


def _unanswered(row: JudgedRow, made: Made, kept: frozenset[Code]) -> tuple[Finding, ...]:
    """Findings that stay: notices, other fields, and codes of `kept`; the one that was answered goes."""
    return tuple(
        finding
        for finding in row.findings
        if (finding.code, finding.field) != (made.code, made.field)
        and (finding.field is not made.field or finding.code in kept or finding.severity is not Severity.HOLD)
    )


def _with(row: JudgedRow, findings: tuple[Finding, ...]) -> JudgedRow:
    return row._replace(findings=findings, verdict=verdict_of(findings))


def _put(row: JudgedRow, field: Field | None, value: str, today: dt.date) -> JudgedRow:
    if field not in CHOOSABLE or not value.strip():
        raise wrong_value(_NO_VALUE)
    return row._replace(**read_value(field, value, row, today))


def wrong_value(message: Any) -> Refusal:
    """The refusal of a value, with the sentence that says why."""
    return Refusal("decision_value", message)


def read_value(field: Field, value: str, row: JudgedRow, today: dt.date) -> dict[str, Any]:
    """What a value in that field changes in the row.

    Raises Refusal `decision_value`, in the judge's words where the judge has some.
    """
    findings: list[Finding] = []
    if field in (Field.INSURANCE, Field.REAL_NAME):
        changes = _read_standing(field, value, Calendar(today, date1904=False))
    else:
        changes = _read(field, value, row, today, findings)
    for finding in findings:
        if finding.severity in (Severity.HOLD, Severity.REJECT) or finding.code is Code.NAME_HAS_DIGITS:
            raise wrong_value(finding.text())
    if any(changed is None or changed is CLEAR for changed in changes.values()):
        raise wrong_value(_NO_VALUE)
    return changes


def _read(
    field: Field, value: str, row: JudgedRow, today: dt.date, findings: list[Finding]
) -> dict[str, Any]:
    calendar = Calendar(today, date1904=False)
    match field:
        case Field.NAME:
            name, given = read_name(value, findings)
            return {"name": name, "name_as_given": given}
        case Field.DOCUMENT_NUMBER:
            return _of_reading(read_document(tidy_number(value).number, row.kind, today))
        case Field.DOCUMENT_KIND:
            if value not in DocumentKind.values:
                raise wrong_value(_("Choose the kind of document."))
            return _of_reading(read_document(row.number or "", DocumentKind(value), today))
        case Field.ISSUER:
            country = country_code(value)
            if not country:
                raise wrong_value(_("Write the country like VNM or 越南."))
            return {"issuer": country}
        case Field.PHONE:
            return {"phone": read_phone_cell(value, findings)}
        case Field.SEX:
            return {"sex": read_sex_cell(_reading(row, today), value, findings)}
        case Field.BIRTH:
            known = _reading(row, today)
            return {"birth": calendar.read_birth(known.birth if known else None, value, findings)}
        case Field.JOINED_ON:
            return {"joined_on": calendar.read_joined_on(value, findings)}
        case Field.WORK_RELATION:
            return {"work_relation": _relation(value, findings)}
    occupation, title = read_occupation_cell(value, findings)
    return {"occupation": occupation, "occupation_title": title}


def _relation(value: str, findings: list[Finding]) -> Any:
    return WorkRelation(value) if value in WorkRelation.values else read_work_relation_cell(value, findings)


def _read_standing(field: Field, value: str, calendar: Calendar) -> dict[str, Any]:
    if field is Field.REAL_NAME:
        return {"real_name_on": calendar.read_real_name(value)[0]}
    named = value in BasicInsurance.values
    return {"insurance": BasicInsurance(value) if named else read_insurance_cell(value)[0]}


def _reading(row: JudgedRow, today: dt.date) -> Reading | None:
    """What the row's number proves."""
    reading = read_document(row.number or "", row.kind, today)
    return reading if reading.problem is None else None


def _of_reading(reading: Reading) -> dict[str, Any]:
    if reading.problem is not None:
        kind = {"kind": reading.kind.value if reading.kind else ""}
        raise wrong_value(Finding(Code(str(reading.problem)), None, {**kind, "character": ""}).text())
    told = {"birth": reading.birth, "sex": reading.sex}
    return {"kind": reading.kind, "number": reading.number} | {k: v for k, v in told.items() if v is not None}


def options(
    finding: Finding, row: JudgedRow, columns: Sequence[int], today: dt.date, *, placed: bool
) -> list[Option]:
    """The decisions open for a finding of a held row.

    `columns` are the cells that feed the finding's field; `placed`: the row's enterprise is known. Whether
    the other side of a pair may be decided upon is for the caller to know, who has the register.
    """
    return [
        Option(choice, _values(finding, row, columns, today) if choice is RowChoice.CHOSEN else ())
        for choice in ALLOWED.get(finding.code, ())
        if _is_open(choice, finding, row, today, placed=placed)
    ]


def _is_open(choice: RowChoice, finding: Finding, row: JudgedRow, today: dt.date, *, placed: bool) -> bool:
    if not allows(finding.code, choice):
        return False
    if choice is RowChoice.PROPOSED:
        return _proposal_fits(finding, row, today, placed=placed)
    if choice is RowChoice.CHOSEN:
        return finding.field in CHOOSABLE
    if choice is RowChoice.BLANK:
        return finding.proposed is None or finding.field not in (Field.SEX, Field.BIRTH)
    if choice in PAIRS:
        in_file = finding.code is Code.POSSIBLE_SAME_PERSON
        return (is_register_finding(finding) or in_file) and row.number is not None
    return True


def _proposal_fits(finding: Finding, row: JudgedRow, today: dt.date, *, placed: bool) -> bool:
    if finding.field in (Field.ENTERPRISE_NAME, Field.CREDIT_CODE):
        return placed
    if finding.code in READY:
        return True
    if finding.proposed is None or finding.field not in CHOOSABLE:
        return False
    try:
        read_value(finding.field, finding.proposed, row, today)
    except Refusal:
        return False
    return True


def _values(finding: Finding, row: JudgedRow, columns: Sequence[int], today: dt.date) -> tuple[str, ...]:
    """What there is to choose among; nothing where the value has to be typed."""
    written = [str(row.cells[at]) for at in columns if at < len(row.cells) and row.cells[at]]
    match finding.field:
        case Field.DOCUMENT_KIND:
            number = row.number or ""
            return tuple(k.value for k in DocumentKind if read_document(number, k, today).problem is None)
        case Field.SEX:
            return tuple(sex.value for sex in Sex)
        case Field.INSURANCE:
            return tuple(kind.value for kind in BasicInsurance)
    if finding.code is Code.TWO_COLUMNS_DIFFER:
        return tuple(dict.fromkeys(written))
    if finding.code is Code.PHONE_SEVERAL:
        return tuple(dict.fromkeys(_MOBILE.findall(re.sub(r"[\s-]", "", " ".join(written)))))
    if finding.code is Code.JOINED_ON_AMBIGUOUS:
        days = [day for text in written for day in read_date(text).candidates if day <= today]
        return tuple(day.isoformat() for day in sorted(set(days)))
    return ()
