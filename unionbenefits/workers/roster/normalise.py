"""Cells to values: blanks, clear marks, texts, choices and credit codes as rosters write them. Pure.

Normalising a normalised value changes nothing. Where a table answers, results are remembered: the same
occupation, enterprise and code stand in thousands of rows.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from unionbenefits.workers import text as texts
from unionbenefits.workers.enums import BasicInsurance, Occupation, Sex, WorkRelation
from unionbenefits.workers.roster.facts import Cell
from unionbenefits.workers.roster.vocabulary import (
    BLANK_MARKS,
    CHECKED,
    CLEAR_MARKS,
    INSURANCES,
    NO_SEX,
    NOT_CHECKED,
    OCCUPATION_ENDS,
    OCCUPATIONS,
    SEXES,
    WORK_RELATIONS,
    fold,
    fold_without_brackets,
)

_scientific = re.compile(r"[+-]?\d(?:\.\d+)?\s*E\s*\+?\s*\d{1,3}", re.ASCII | re.IGNORECASE).fullmatch
_float_text = re.compile(r"\d{15,}\.0+", re.ASCII).fullmatch
is_cell_error = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|EXTERNAL!|PYTHON!|GETTING_DATA|#+)|Err:\d{3}"
).fullmatch
"""What spreadsheets show instead of a value; ##### is a column saved as it was shown, too narrow."""
_MARKUP = re.compile(r"[<>{}\x00-\x08]|javascript:|&#|&lt;", re.IGNORECASE)

_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES: Final = {character: value for value, character in enumerate(_CODE_ALPHABET)}
_CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LOOKALIKES: Final = str.maketrans("OILZSVХАВСЕНКМРТ", "011250XABCEHKMPT")
"""Letters that no code contains, and Cyrillic ones that look like Latin."""
_CODE_LABEL: Final = re.compile(r"^(?:统一社会信用代码|社会信用代码|信用代码|代码)[:：]?")
_COMPANY_FORM: Final = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团|公司|分公司|co\.?,?\s*ltd\.?|inc\.?|limited)", re.IGNORECASE
)


def text_of(cell: Cell) -> str:
    """A cell as text without invisible characters; whole numbers without `.0`."""
    if isinstance(cell, str):
        return texts.strip_noise(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def is_blank(text: str) -> bool:
    """Whether a text says nothing: empty, a dash, 无, N/A."""
    return text == "" or text.casefold() in BLANK_MARKS


def is_clear(text: str) -> bool:
    """Whether a text asks to wipe what is stored (case C048)."""
    return text in CLEAR_MARKS


def is_formula_text(text: str) -> bool:
    """Whether a text is the source of a formula, such as =DISPIMG("…",1) (case C044)."""
    return text.startswith("=") and texts.strip_forcing(text)[1] != '="…"' and len(text) > 1


def lost_precision(cell: Cell) -> bool:
    """Whether a number of more than 15 digits passed through a spreadsheet's floating point (case C001)."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return abs(cell) >= 1e15
    if isinstance(cell, str):
        plain = texts.to_half_width(cell.strip())
        return _scientific(plain) is not None or _float_text(plain) is not None
    return False


def has_markup(text: str) -> bool:
    """Whether a text could run in a browser or template (case C046); it is shown as text and held."""
    return _MARKUP.search(text) is not None


def fold_value(text: str) -> str:
    """A value without blanks, width and case: how two cells for one field are compared."""
    return texts.remove_blanks(
        texts.to_half_width(texts.strip_forcing(texts.strip_noise(text))[0])
    ).casefold()


def cut(text: str, limit: int) -> str:
    """At most `limit` characters."""
    return text if len(text) <= limit else text[:limit]


@lru_cache(maxsize=4096, typed=True)
def read_sex(cell: Cell) -> Sex | str | None:
    """Sex, None where nothing is said, or the text itself where it means nothing."""
    text = text_of(cell)
    folded = fold(texts.to_half_width(text))
    if not folded or is_blank(text) or folded in NO_SEX:
        return None
    return SEXES.get(folded, text)


@lru_cache(maxsize=4096)
def read_occupation(text: str) -> tuple[Occupation, str]:
    """(official group, title as written). An unknown title is OTHER and keeps its words (case C048: 站长)."""
    title = texts.remove_blanks(text) if not text.isascii() else text
    found = OCCUPATIONS.get(fold(title)) or OCCUPATIONS.get(fold_without_brackets(title))
    if found is None:
        pieces = re.split(r"[/／、,，;；]", title)
        parts = {OCCUPATIONS.get(fold(piece)) for piece in pieces} - {None}
        known = parts.pop() if len(parts) == 1 else None
        found = known or (_by_end(fold_without_brackets(title)) if len(pieces) == 1 else None)
    return found or Occupation.OTHER, title


def _by_end(title: str) -> Occupation:
    """The group of a title with words before it that do not change it."""
    return next(
        (OCCUPATION_ENDS[title[start:]] for start in range(len(title)) if title[start:] in OCCUPATION_ENDS),
        Occupation.OTHER,
    )


@lru_cache(maxsize=4096)
def read_work_relation(text: str) -> WorkRelation | None:
    """The relation that a text names, else None."""
    return WORK_RELATIONS.get(fold(text)) or WORK_RELATIONS.get(fold_without_brackets(text))


@lru_cache(maxsize=4096)
def read_insurance(text: str) -> BasicInsurance | None:
    """The basic insurance that a text names, else None."""
    return INSURANCES.get(fold(text)) or INSURANCES.get(fold_without_brackets(text))


@lru_cache(maxsize=4096)
def read_checked(text: str) -> bool | None:
    """Whether a text says that a check was done; None where it says neither."""
    folded = fold(texts.to_half_width(text))
    return True if folded in CHECKED else False if folded in NOT_CHECKED else None


class CodeProblem(StrEnum):
    """Why a credit code is not taken; the values are roster codes."""

    INVALID = "credit_code_invalid"
    OLD_FORM = "credit_code_old_form"
    SUGGESTION = "credit_code_suggestion"
    PRECISION_LOST = "precision_lost"


class CreditCode(NamedTuple):
    """A credit code in its stored form, or a problem with the code that was probably meant."""

    code: str | None
    problem: CodeProblem | None = None
    suggestion: str | None = None


def is_credit_code(code: str) -> bool:
    """GB 32100: 18 characters of 31, the last a check over the weighted others (domain §3.4).

    >>> is_credit_code("91440000XX00000191")
    True
    """
    if len(code) != 18:
        return False
    try:
        values = [_CODE_VALUES[character] for character in code]
    except KeyError:
        return False
    total = sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


@lru_cache(maxsize=4096)
def read_credit_code(text: str) -> CreditCode:
    """Folds case, width and blanks; O, I, Z, S, V, which no code contains, give a suggestion (case C013)."""
    plain = texts.strip_forcing(texts.strip_noise(text))[0]
    code = re.sub(r"[\s\-‐-―−]+", "", texts.to_half_width(plain)).upper().strip(".,;:。、\"'“”")
    code = _CODE_LABEL.sub("", code)
    if is_credit_code(code):
        return CreditCode(code)
    if lost_precision(code):
        return CreditCode(None, CodeProblem.PRECISION_LOST)
    if re.fullmatch(r"\d{15}", code, re.ASCII) or re.fullmatch(r"[0-9A-Z]{8}-?[0-9X]", code, re.ASCII):
        return CreditCode(None, CodeProblem.OLD_FORM)
    meant = code.translate(_LOOKALIKES)
    if meant != code and is_credit_code(meant):
        return CreditCode(None, CodeProblem.SUGGESTION, meant)
    return CreditCode(None, CodeProblem.INVALID)


@lru_cache(maxsize=4096)
def enterprise_key(name: str) -> str:
    """The form in which enterprise names are compared: width, blanks and brackets folded."""
    return fold(texts.to_half_width(name))


@lru_cache(maxsize=4096)
def same_enterprise(name: str, own: str) -> bool:
    """Whether a name means the enterprise: equal, or a clear short or longer form such as a station."""
    one, other = enterprise_key(name), enterprise_key(own)
    if one == other:
        return True
    core, own_core = _COMPANY_FORM.sub("", one), _COMPANY_FORM.sub("", other)
    shorter = min(len(core), len(own_core))
    return shorter >= 4 and (core.startswith(own_core) or own_core.startswith(core))
