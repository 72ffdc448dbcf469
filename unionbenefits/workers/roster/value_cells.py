"""From single cells to values: name, phone, birth and sex, dates, texts. Faults go into `findings`. Pure."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final

from unionbenefits.workers.documents import Reading
from unionbenefits.workers.enums import BasicInsurance, Occupation, Sex, WorkRelation
from unionbenefits.workers.names import Name, NameProblem, clean_name, running_number
from unionbenefits.workers.phones import Phone, PhoneProblem, is_mobile, read_phone
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.dates import DateProblem, DateReading, read_date
from unionbenefits.workers.roster.facts import CLEAR, Cell, Clear, Field, Finding
from unionbenefits.workers.roster.normalise import (
    cut,
    is_blank,
    is_cell_error,
    is_clear,
    is_formula_text,
    lost_precision,
    read_checked,
    read_insurance,
    read_occupation,
    read_sex,
    read_work_relation,
    text_of,
)

NAME_LIMIT: Final = 100
OCCUPATION_LIMIT: Final = 60
NOTE_LIMIT: Final = 200
FOUNDING: Final = dt.date(1949, 10, 1)
"""Nobody joined before; earlier dates are slips or serial numbers of something else."""
WORKING_AGE: Final = 16  # labour law, article 15
_OLDEST: Final = 100
_JOINED_PROBLEMS: Final = {
    DateProblem.AMBIGUOUS: Code.JOINED_ON_AMBIGUOUS,
    DateProblem.INCOMPLETE: Code.JOINED_ON_INCOMPLETE,
    DateProblem.IMPOSSIBLE: Code.JOINED_ON_IMPOSSIBLE,
    DateProblem.UNREADABLE: Code.JOINED_ON_UNREADABLE,
}


def read_name(cell: Cell, findings: list[Finding]) -> tuple[str | None, str | None]:
    """(name in its stored form, name as given); the second differs where more than blanks was put right."""
    given = cell if isinstance(cell, str) else text_of(cell)
    if is_formula_text(given) or is_cell_error(given):
        findings.append(not_a_value(given, Field.NAME))
        return None, None
    read: Name = clean_name(given)
    if read.problem is not None:
        findings.append(_name_finding(read))
    elif read.repaired:
        findings.append(Finding(Code.NAME_REPAIRED, Field.NAME, proposed=read.name))
    if not read.name:
        return None, None
    return cut(read.name, NAME_LIMIT), cut(given.strip(), NAME_LIMIT) if read.repaired else read.name


def _name_finding(read: Name) -> Finding:
    """Running numbers of two and more digits are settled among neighbours (cases C032, C062, C076)."""
    if read.problem is NameProblem.NOT_AS_ON_CARD:
        number = running_number(read.name)
        if number and len(number[1]) > 1 and clean_name(number[0]).problem is None:
            return Finding(Code.NAME_HAS_DIGITS, Field.NAME)
    if read.problem is NameProblem.TOO_LONG:
        return Finding(Code.NAME_TOO_LONG, Field.NAME, {"limit": str(NAME_LIMIT)})
    return Finding(Code(str(read.problem)), Field.NAME)


def read_phone_cell(cell: Cell, findings: list[Finding]) -> str | Clear | None:
    """The mobile of a row; what is written but is no mainland mobile becomes a finding and no value."""
    if isinstance(cell, str) and is_mobile(cell):
        return cell
    text = text_of(cell)
    if is_blank(text):
        return None
    if is_clear(text):
        return CLEAR
    if is_formula_text(text) or is_cell_error(text):
        findings.append(not_a_value(text, Field.PHONE))
        return None
    phone = read_phone(text) if _can_be_a_number(cell) else Phone(None, PhoneProblem.INVALID)
    if phone.problem is not None:
        lost = phone.problem is PhoneProblem.PRECISION_LOST or lost_precision(cell)
        code = Code.PRECISION_LOST if lost else Code(str(phone.problem))
        findings.append(Finding(code, Field.PHONE, proposed=phone.proposed))
    return phone.number


def not_a_value(text: str, field: Field) -> Finding:
    """What is said of the text of a formula, or of an error, where a value is needed."""
    if is_formula_text(text):
        return Finding(Code.FORMULA_NOT_CALCULATED, field)
    return Finding(Code.CELL_ERROR, field, {"error": text[:12]})


def _can_be_a_number(cell: Cell) -> bool:
    """Days, truth values and negative amounts are no numbers of anything, whatever their digits."""
    return isinstance(cell, str) or (
        isinstance(cell, int | float) and not isinstance(cell, bool) and cell > 0
    )


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is blank or filled with a mark for nothing."""
    return cell == "" or cell is None or (isinstance(cell, str) and is_blank(text_of(cell)))


def _is_error(cell: Cell) -> bool:
    return isinstance(cell, str) and is_cell_error(text_of(cell)) is not None


class Calendar:
    """The dates of a roster as of one day; every different cell is read once, for rosters repeat days."""

    def __init__(self, today: dt.date, *, date1904: bool) -> None:
        self.today = today
        self._date1904 = date1904
        self._youngest = _years_before(today, WORKING_AGE)
        self._oldest = _years_before(today, _OLDEST)
        self._births: dict[tuple[type, Cell], DateReading | None] = {}
        self._checked: dict[tuple[type, Cell], tuple[dt.date | None, bool]] = {}
        self._joined: dict[tuple[type, Cell], tuple[dt.date | None, Finding | None]] = {}

    def read_birth(self, known: dt.date | None, cell: Cell, findings: list[Finding]) -> dt.date | None:
        """The birth date: from the number where it tells, and the column must then agree (case C009)."""
        key = (type(cell), cell)
        try:
            read = self._births[key]
        except KeyError:
            blank = says_nothing(cell) or _is_error(cell)
            read = self._births[key] = None if blank else read_date(cell, self._date1904)
        if _is_error(cell):
            findings.append(Finding(Code.FORMULA_TEXT_DROPPED, Field.BIRTH))
        birth = known
        if read is not None and read.day != known:
            birth = _compare_birth(known, read, findings)
        if birth is not None:
            if birth > self._youngest:
                findings.append(Finding(Code.UNDER_WORKING_AGE, Field.BIRTH))
            elif birth < self._oldest:
                findings.append(Finding(Code.BIRTH_IMPLAUSIBLE, Field.BIRTH))
        return birth

    def read_joined_on(self, cell: Cell, findings: list[Finding]) -> dt.date | None:
        """The date of joining, never guessed and never in the future (case C032)."""
        key = (type(cell), cell)
        try:
            day, finding = self._joined[key]
        except KeyError:
            day, finding = self._joined[key] = self._read_joined_on(cell)
        if finding is not None:
            findings.append(finding)
        return day

    def read_real_name(self, cell: Cell) -> tuple[dt.date | None, bool]:
        """(day of the real-name check, whether the cell was understood).

        A mere “是” counts from today; “否” and a blank say nothing. A day must be past and plausible.
        """
        key = (type(cell), cell)
        if key not in self._checked:
            self._checked[key] = self._read_real_name(cell)
        return self._checked[key]

    def _read_real_name(self, cell: Cell) -> tuple[dt.date | None, bool]:
        done = read_checked(text_of(cell))
        if done is not None:
            return (self.today if done else None), True
        if says_nothing(cell):
            return None, True
        day = None if isinstance(cell, bool) or _is_error(cell) else read_date(cell, self._date1904).day
        if day is None or not FOUNDING <= day <= self.today:
            return None, False
        return day, True

    def _read_joined_on(self, cell: Cell) -> tuple[dt.date | None, Finding | None]:
        if says_nothing(cell):
            return None, None
        if _is_error(cell):
            return None, not_a_value(text_of(cell), Field.JOINED_ON)
        read = read_date(cell, self._date1904)
        if read.day is not None and FOUNDING <= read.day <= self.today:
            return read.day, None
        if read.problem is not None:
            return None, Finding(_JOINED_PROBLEMS[read.problem], Field.JOINED_ON)
        late = read.day is not None and read.day > self.today
        return None, Finding(Code.JOINED_ON_FUTURE if late else Code.JOINED_ON_IMPOSSIBLE, Field.JOINED_ON)


def _compare_birth(known: dt.date | None, read: DateReading, findings: list[Finding]) -> dt.date | None:
    """The number's date stands; a column that cannot mean the same is a finding with the number's date."""
    if known is None:
        if read.day is None:
            findings.append(Finding(Code.BIRTH_UNREADABLE, Field.BIRTH))
        return read.day
    if not _may_mean(read, known):
        unreadable = read.problem is DateProblem.UNREADABLE
        code = Code.BIRTH_UNREADABLE if unreadable else Code.BIRTH_DIFFERS
        findings.append(Finding(code, Field.BIRTH, proposed=known.isoformat()))
    return known


def _may_mean(read: DateReading, known: dt.date) -> bool:
    """Whether an ambiguous or incomplete date can be the known one: 85-3-12, 1985.3."""
    return known in read.candidates or read.month in {(known.year, known.month), (known.year, 0)}


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def read_sex_cell(reading: Reading | None, cell: Cell, findings: list[Finding]) -> Sex | None:
    """The sex: the 17th digit decides where there is one, and the column must then agree (case C009)."""
    known = reading.sex if reading else None
    if _is_error(cell):
        findings.append(Finding(Code.FORMULA_TEXT_DROPPED, Field.SEX))
        return known
    given = read_sex(cell)
    if given is None or given is known:
        return known
    if not isinstance(given, Sex):
        findings.append(Finding(Code.SEX_UNREADABLE, Field.SEX, proposed=known.value if known else None))
        return known
    if known is not None:
        findings.append(Finding(Code.SEX_DIFFERS, Field.SEX, proposed=known.value))
    return known or given


def _read_text(cell: Cell, field: Field, limit: int, findings: list[Finding]) -> str | Clear | None:
    """A free text: None where nothing is said, CLEAR, or the text; formulas and errors are dropped."""
    if cell == "" or cell is None:
        return None
    text = text_of(cell)
    if is_blank(text):
        return None
    if is_clear(text):
        return CLEAR
    if is_formula_text(text) or is_cell_error(text):
        findings.append(Finding(Code.FORMULA_TEXT_DROPPED, field))
        return None
    if len(text) > limit:
        findings.append(Finding(Code.TEXT_TOO_LONG, field, {"limit": str(limit)}))
    return cut(text, limit)


def read_note(cell: Cell, findings: list[Finding]) -> str | Clear | None:
    """The remark."""
    return _read_text(cell, Field.NOTE, NOTE_LIMIT, findings)


@lru_cache(maxsize=4096, typed=True)
def _occupation(cell: Cell) -> tuple[Occupation | Clear | None, str | Clear | None, tuple[Finding, ...]]:
    findings: list[Finding] = []
    title = _read_text(cell, Field.OCCUPATION, OCCUPATION_LIMIT, findings)
    if title is None or title is CLEAR:
        return title, title, tuple(findings)
    return (*read_occupation(title), tuple(findings))


def read_occupation_cell(
    cell: Cell, findings: list[Finding]
) -> tuple[Occupation | Clear | None, str | Clear | None]:
    """(official group, title as written)."""
    if cell == "":
        return None, None
    occupation, title, told = _occupation(cell)
    findings.extend(told)
    return occupation, title


def read_work_relation_cell(cell: Cell, findings: list[Finding]) -> WorkRelation | Clear | None:
    """The work relation; words that name none are told and not stored."""
    text = _read_text(cell, Field.WORK_RELATION, OCCUPATION_LIMIT, findings)
    if text is None or text is CLEAR:
        return text
    relation = read_work_relation(text)
    if relation is None:
        findings.append(Finding(Code.WORK_RELATION_UNKNOWN, Field.WORK_RELATION))
    return relation


def read_insurance_cell(cell: Cell) -> tuple[BasicInsurance | Clear | None, bool]:
    """(basic insurance, whether the cell was understood). What is not understood is not stored, but told."""
    text = text_of(cell)
    if is_clear(text):
        return CLEAR, True
    known = read_insurance(text)
    return known, known is not None or is_blank(text)
