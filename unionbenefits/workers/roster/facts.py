"""What passes between the steps of the roster pipeline: frozen data, no behaviour beyond small look-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from enum import StrEnum
from typing import Final, NamedTuple

from unionbenefits.workers.enums import BasicInsurance, DocumentKind, Occupation, Sex, WorkRelation
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.labels import field_label, value_label

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""A cell as the file types it. The type is evidence: a number in an identity column has lost digits."""

NumberedRow = tuple[int, list[Cell]]
"""Row number as the clerk's spreadsheet shows it (first line is 1) and the cells from column A on."""


class Clear(StrEnum):
    """The value of a field whose cell asks to wipe what is stored; a blank cell only means "no change"."""

    CLEAR = "clear"


CLEAR: Final = Clear.CLEAR


class Field(StrEnum):
    """What a column can mean."""

    NAME = "name"
    DOCUMENT_KIND = "document_kind"
    DOCUMENT_NUMBER = "document_number"
    ISSUER = "issuer"
    PHONE = "phone"
    SEX = "sex"
    BIRTH = "birth"
    ENTERPRISE_NAME = "enterprise_name"
    CREDIT_CODE = "credit_code"
    OCCUPATION = "occupation"
    WORK_RELATION = "work_relation"
    JOINED_ON = "joined_on"
    NOTE = "note"
    INSURANCE = "basic_insurance"
    REAL_NAME = "real_name"
    """Whether, or on which day, the person's real name was checked."""
    KINSHIP = "kinship"
    """What the person is to the worker, in lists that hold families."""
    SERIAL = "serial"
    PICTURE = "picture"


REQUIRED_FIELDS: Final = (Field.NAME, Field.DOCUMENT_NUMBER)
SENSITIVE_FIELDS: Final = frozenset({Field.DOCUMENT_NUMBER, Field.PHONE})
"""Fields whose proposed or given values are masked wherever a finding is shown."""
CLEARABLE_FIELDS: Final = frozenset(
    {Field.PHONE, Field.OCCUPATION, Field.WORK_RELATION, Field.NOTE, Field.INSURANCE}
)


class SheetState(StrEnum):
    """Whether the clerk can see the sheet's tab."""

    VISIBLE = "visible"
    HIDDEN = "hidden"


class Verdict(StrEnum):
    """accept: stored on confirmation · hold: a person must decide · reject: reported, never stored."""

    ACCEPT = "accept"
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows()` starts a fresh pass over it, blank rows left out, numbers kept."""

    name: str
    rows: Callable[[], Iterator[NumberedRow]]
    state: SheetState = SheetState.VISIBLE
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    """(row, column index) of formulas saved without a value."""
    errors: Mapping[tuple[int, int], str] = dataclass_field(default_factory=dict)
    """(row, column index) → the error that the cell shows, such as #N/A."""
    merged_down: tuple[tuple[int, int, int], ...] = ()
    """(first row, last row, column index) of merges over several rows."""
    pictures: bool = False
    delimited: bool = False
    """Text split at separators, where a stray one moves all cells after it."""
    lines: int = 0
    """About how many lines hold something, as far as the reader knows beforehand: for a progress bar."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be read. `format`: xlsx, xls, et, csv, tsv, html or xml2003."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    date1904: bool = False


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """Which column feeds which field on one sheet.

    `columns` lists, per field, the column indexes from left to right: more than one means that the file says
    it twice, and rows where the two differ are held (case C024) unless a person chooses one column.
    """

    header_row: int
    columns: Mapping[Field, tuple[int, ...]]
    headings: tuple[str, ...]
    """The heading of every column as written, both levels joined with `/`."""
    unknown: tuple[int, ...] = ()
    """Columns with a heading that means nothing to us."""

    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column feeds."""
        return tuple(field for field in REQUIRED_FIELDS if field not in self.columns)

    def doubled(self) -> tuple[Field, ...]:
        """Fields that several columns feed."""
        return tuple(field for field, indexes in self.columns.items() if len(indexes) > 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about a row: what, in which field, and the value we would put instead."""

    code: Code
    field: Field | None = None
    params: Mapping[str, str] = dataclass_field(default_factory=dict)
    """Fills the placeholders of the code's message. Never holds a document number or a phone."""
    proposed: str | None = None
    """What we would store instead (ISO date, normalised number, enum value); masked if sensitive."""

    @property
    def severity(self) -> Severity:
        """How much the finding weighs."""
        return self.code.severity

    def text(self) -> str:
        """The sentence for the reader, in the active language."""
        named = dict(self.params)
        if "kind" in named:
            named["kind"] = value_label("document_kind", named["kind"])
        if "field" in named:
            named["field"] = field_label(named["field"])
        return str(self.code.message) % named

    def proposal(self) -> str:
        """The proposed value as a person reads it, unmasked; empty where there is none."""
        return value_label(self.field or "", self.proposed) if self.proposed else ""


class JudgedRow(NamedTuple):
    """One person's row with its verdict. None means "the file says nothing" and never wipes anything.

    A named tuple: it is made in a fifth of the time of a frozen dataclass, once per row.
    """

    sheet: str
    row: int
    verdict: Verdict
    findings: tuple[Finding, ...]
    cells: tuple[Cell, ...]
    """The row as it came, for the report back to the clerk."""
    name: str | None = None
    name_as_given: str | None = None
    kind: DocumentKind | None = None
    issuer: str = ""
    """ISO 3166 alpha-3 of the issuing country for passports, else empty."""
    number: str | None = None
    """Normalised; None when no document could be read. Present on held rows, so that they can be released."""
    birth: dt.date | None = None
    sex: Sex | None = None
    phone: str | Clear | None = None
    occupation: Occupation | Clear | None = None
    occupation_title: str | Clear | None = None
    """The job as the file writes it."""
    work_relation: WorkRelation | Clear | None = None
    joined_on: dt.date | None = None
    note: str | Clear | None = None
    credit_code: str | None = None
    """A well-formed code; the uploader's own enterprise when the row names none."""
    enterprise_name: str | None = None
    insurance: BasicInsurance | Clear | None = None
    real_name_on: dt.date | None = None
    """The day of the check, or the day of judging where the file only says that it was done."""
    duplicate_of: int | None = None
    """Index in `Judgement.rows` of the row that already says this person at this enterprise."""

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes alone, in the order found."""
        return tuple(finding.code for finding in self.findings)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A line that is no person: hint, subtotal, signature, repeated header. Shown, never silently dropped."""

    sheet: str
    row: int
    code: Code


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something about a whole sheet or file; `rows` are examples, not a complete list."""

    code: Code
    sheet: str = ""
    params: Mapping[str, str] = dataclass_field(default_factory=dict)
    rows: tuple[int, ...] = ()

    def text(self) -> str:
        """The sentence for the reader, in the active language."""
        return str(self.code.message) % self.params


@dataclass(frozen=True, slots=True)
class SheetReport:
    """How one sheet was understood; None as mapping: no header found, nothing taken from it."""

    name: str
    state: SheetState
    mapping: HeaderMapping | None
    rows: int = 0
    hidden_rows: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole answer about one file; `rows` hold every person row, in file order."""

    rows: list[JudgedRow]
    skipped: list[SkippedRow]
    warnings: list[FileWarning]
    sheets: list[SheetReport]

    def counts(self) -> dict[str, int]:
        """Rows in all and by verdict: rows = accept + hold + reject."""
        tally = dict.fromkeys((verdict.value for verdict in Verdict), 0)
        for row in self.rows:
            tally[row.verdict.value] += 1
        return {"rows": len(self.rows), **tally}


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """What the judge must be told, because it knows no clock, settings or database."""

    today: dt.date
    """The calendar day in Asia/Shanghai."""
    own_code: str | None = None
    own_name: str | None = None
    """The enterprise that the upload is for; a row that names none belongs to it."""
    confined: bool = False
    """True for an enterprise clerk: any other enterprise in the file is `outside_unit` (case C082)."""
    date1904: bool = False
    release_hidden: bool = False
    """An officer has seen that rows are hidden and wants them judged like the others (case C026)."""
