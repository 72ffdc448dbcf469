"""From the cells about a document to one reading of it: kind, number, issuer and what is wrong. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from unionbenefits.workers.documents import (
    DocumentProblem,
    Reading,
    infer_kind,
    numbers_within,
    propose_digits,
    read_document,
    read_eighteen,
    tidy_number,
    upgrade_old_number,
)
from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Cell, Field, Finding
from unionbenefits.workers.roster.normalise import (
    is_blank,
    is_cell_error,
    is_formula_text,
    lost_precision,
    text_of,
)
from unionbenefits.workers.roster.value_cells import not_a_value
from unionbenefits.workers.roster.vocabulary import (
    DOCUMENT_KINDS,
    EITHER_RESIDENCE,
    fold,
    fold_without_brackets,
)

_NUMBER = Field.DOCUMENT_NUMBER
_LONGEST_NUMBER: Final = 40
_UNSUPPORTED = re.compile(
    "军官|士兵|警官|军人|文职|户口|出生|驾驶|驾照|社保|学生|工作证|营业|其他|其它|无|other|driver|military"
)
_RESIDENCES = frozenset({DocumentKind.HK_MACAO_RESIDENCE, DocumentKind.TAIWAN_RESIDENCE})


@lru_cache(maxsize=1024, typed=True)
def read_kind(given: Cell) -> tuple[DocumentKind | None, Code | None, bool]:
    """(kind, problem, whether either residence permit may be meant) of the words in the kind column."""
    text = text_of(given)
    if is_blank(text):
        return None, None, False
    folded = fold(text)
    kind = DOCUMENT_KINDS.get(folded) or DOCUMENT_KINDS.get(fold_without_brackets(text))
    if kind is not None:
        return kind, None, False
    if folded in EITHER_RESIDENCE:
        return None, None, True
    if _UNSUPPORTED.search(text.casefold()):
        return None, Code.DOCUMENT_KIND_UNSUPPORTED, False
    for word, kind in (("护照", DocumentKind.PASSPORT), ("永久居留", DocumentKind.FOREIGNER_CARD)):
        if word in text:
            return kind, None, False
    if "身份证" in text and "外国" not in text:
        return DocumentKind.RESIDENT_ID, None, False
    return None, Code.DOCUMENT_KIND_UNCLEAR, False


def read_document_cells(
    kind_cell: Cell, number_cell: Cell, today: dt.date, findings: list[Finding]
) -> Reading | None:
    """The document of a row; what is wrong goes into `findings`. None where there is no number at all.

    The type of the number cell decides first: a number of more than 15 digits has lost its last ones, even
    where the text that is left passes the check character (case C001).
    """
    if isinstance(number_cell, str):
        reading = read_eighteen(number_cell, today)
        if reading is not None and reading.problem is None and read_kind(kind_cell)[0] is reading.kind:
            return reading
    if lost_precision(number_cell):
        findings.append(Finding(Code.PRECISION_LOST, _NUMBER))
        return None
    text = number_cell if isinstance(number_cell, str) else text_of(number_cell)
    if isinstance(number_cell, bool | dt.date | dt.time | dt.timedelta):
        meant = read_kind(kind_cell)[0] or DocumentKind.RESIDENT_ID
        findings.append(Finding(Code.DOCUMENT_SHAPE, _NUMBER, {"kind": meant.value}))
        return None
    number, taken_off, lookalike = tidy_number(text)
    if not number or is_blank(text.strip()):
        findings.append(Finding(Code.DOCUMENT_MISSING, _NUMBER))
        return None
    if is_formula_text(text) or is_cell_error(text):
        findings.append(not_a_value(text, _NUMBER))
        return None
    within = numbers_within(text, today) if len(number) > 18 else []
    if len(within) > 1:
        findings.append(Finding(Code.DOCUMENT_SEVERAL, _NUMBER))
        return None
    kind, kind_problem, either = read_kind(kind_cell)
    reading = read_document(number[:_LONGEST_NUMBER], kind, today)
    if isinstance(number_cell, float) and kind is DocumentKind.TAIWAN_PERMIT and len(number) < 8:
        findings.append(Finding(Code.DOCUMENT_ZEROS_LOST, _NUMBER, proposed=number.zfill(8)))
        return Reading(kind, number.zfill(8))
    _note_kind(reading, kind_cell, kind_problem, either, findings)
    before = len(findings)
    _note_number(reading, taken_off, lookalike, today, findings)
    if within and reading.problem is not None:
        findings[before:] = [replace(finding, proposed=within[0]) for finding in findings[before:]]
    return reading


def _note_kind(
    reading: Reading, kind_cell: Cell, problem: Code | None, either: bool, findings: list[Finding]
) -> None:
    if problem is not None:
        proposed = reading.kind.value if reading.kind else None
        params = {"given": text_of(kind_cell)[:30]}
        findings.append(Finding(problem, Field.DOCUMENT_KIND, params, proposed))
    elif kind_cell == "" and reading.problem is None and reading.kind is not DocumentKind.RESIDENT_ID:
        params = {"kind": reading.kind.value if reading.kind else ""}
        findings.append(Finding(Code.DOCUMENT_KIND_INFERRED, Field.DOCUMENT_KIND, params))
    elif either and reading.problem is None and reading.kind not in _RESIDENCES:
        proposed = reading.kind.value if reading.kind else None
        findings.append(Finding(Code.DOCUMENT_KIND_MISMATCH, Field.DOCUMENT_KIND, proposed=proposed))


def _note_number(
    reading: Reading, taken_off: str, lookalike: bool, today: dt.date, findings: list[Finding]
) -> None:
    if taken_off:
        findings.append(Finding(Code.VALUE_CLEANED, _NUMBER, {"what": taken_off}))
    if reading.problem is not None:
        findings.append(_problem(reading, today))
    elif lookalike:
        findings.append(Finding(Code.LOOKALIKE_REPLACED, _NUMBER))


def _problem(reading: Reading, today: dt.date) -> Finding:
    code = Code(str(reading.problem))
    kind = reading.kind
    match reading.problem:
        case DocumentProblem.KIND_MISMATCH | DocumentProblem.KIND_UNCLEAR:
            return Finding(code, Field.DOCUMENT_KIND, proposed=kind.value if kind else None)
        case DocumentProblem.CHARACTER:
            wrong = next((character for character in reading.number if not character.isalnum()), "")
            return Finding(code, _NUMBER, {"character": wrong or reading.number[-1:]})
        case DocumentProblem.OLD_FORM:
            return Finding(code, _NUMBER, proposed=upgrade_old_number(reading.number))
        case DocumentProblem.SHAPE:
            proposed = propose_digits(reading.number, today)
            return Finding(code, _NUMBER, {"kind": kind.value if kind else ""}, proposed)
    return Finding(code, _NUMBER)


def looks_like_number(cell: Cell, today: dt.date) -> str | None:
    """The document number that stands in a cell of another column, if it is valid: for swapped columns."""
    if not isinstance(cell, str) or len(cell) < 15:
        return None
    number = tidy_number(cell).number
    if infer_kind(number) is None:
        return None
    return number if read_document(number, None, today).problem is None else None
