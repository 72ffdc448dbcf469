"""Identity documents, each kind by its own rule (domain §3.5, cases C005, C011). Pure: today is an argument.

The first six digits of a resident number need not be a division code of today: codes are frozen at issue, so
only length, digits, a real date and the check character are tested.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from unionbenefits.workers import text as texts
from unionbenefits.workers.enums import DocumentKind, Sex

_CHECK_CHARACTERS = "10X98765432"
_eighteen = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII).fullmatch
_old_foreigner = re.compile(r"[A-Z]{3}\d{12}", re.ASCII).fullmatch
_hk_macao_permit = re.compile(r"[HM]\d{8}(?:\d{2})?", re.ASCII).fullmatch
_taiwan_permit = re.compile(r"\d{8}|\d{10}[A-Z]?", re.ASCII).fullmatch
_passport = re.compile(r"(?=.*\d)[A-Z0-9]{5,17}", re.ASCII).fullmatch
_chinese_passport = re.compile(r"(?:E[A-Z]?\d{7,8}|G\d{8})", re.ASCII).fullmatch

_KINDS_BY_START = {
    "81": DocumentKind.HK_MACAO_RESIDENCE,
    "82": DocumentKind.HK_MACAO_RESIDENCE,
    "83": DocumentKind.TAIWAN_RESIDENCE,
    "9": DocumentKind.FOREIGNER_CARD,
}

# C005: the same letter in other widths, and letters of other scripts that only look like it.
SAME_AS_X: Final = "xＸｘⅩⅹ"
LOOKS_LIKE_X: Final = "ХхΧχ"
NOT_X: Final = "×*＊✕✖╳"
_TO_X = dict.fromkeys(map(ord, SAME_AS_X + LOOKS_LIKE_X), "X")
_TO_DIGIT = str.maketrans("OoQIl|", "000111")
_SEPARATORS = re.compile(r"[\s\-‐-―−_()（）.·]+")
_AROUND = "\"“”„‟«»'‘’‚‛`´,;:。、，；：!！[]【】〔〕{}*＊#|/\\"
"""Marks that stand around a number without belonging to it; × and * behind it may mean the X (case C005)."""
_LABEL = re.compile(
    r"^(?:(?:居民)?身份证件?(?:号码|号)?|证件(?:号码|号)|公民身份号码|id(?:card)?(?:no|number)?)(?::|：)?(?=[A-Z0-9])"
    r"|(?:居民)?身份证$",
    re.IGNORECASE,
)


class DocumentProblem(StrEnum):
    """Why a number is not taken; the values are roster codes."""

    SHAPE = "document_shape"
    CHECK_DIGIT = "document_check_digit"
    DATE = "document_date"
    OLD_FORM = "document_old_form"
    CHARACTER = "document_character"
    KIND_MISMATCH = "document_kind_mismatch"
    KIND_UNCLEAR = "document_kind_unclear"


class Reading(NamedTuple):
    """What a number says. With a problem, `kind` is the likelier kind and `number` what could be read."""

    kind: DocumentKind | None
    number: str
    birth: dt.date | None = None
    sex: Sex | None = None
    problem: DocumentProblem | None = None


class TidyNumber(NamedTuple):
    """A number in its stored form; `taken_off` names a stripped text trick, `lookalike` a replaced letter."""

    number: str
    taken_off: str = ""
    lookalike: bool = False


def check_character(first17: str) -> str:
    """MOD 11-2 of GB 11643. Read in base 13 (13 ≡ 2 mod 11) the digits give the weighted sum in one step.

    >>> check_character("44069919900307001")
    '0'
    """
    return _CHECK_CHARACTERS[int(first17, 13) * 2 % 11]


def tidy_number(text: str) -> TidyNumber:
    """Widths, case, blanks, separators and text tricks folded; an X look-alike counts in last place only."""
    plain = _SEPARATORS.sub("", texts.to_half_width(texts.strip_noise(text)))
    plain, taken_off = texts.strip_forcing(plain)
    if not plain.isalnum():
        plain, marks = _undress(plain)
        taken_off = taken_off or marks
    elif not plain.isascii() and (bare := _LABEL.sub("", plain)) != plain:
        plain, taken_off = bare, taken_off or plain.replace(bare, "")
    lookalike = plain != "" and plain[-1] in LOOKS_LIKE_X
    return TidyNumber(plain[:-1].upper() + plain[-1:].translate(_TO_X).upper(), taken_off, lookalike)


def _undress(plain: str) -> tuple[str, str]:
    """(number, what stood around it): marks and the words that say what it is, never a * or × behind it."""
    bare = _LABEL.sub("", plain.lstrip(_AROUND))
    bare = bare.lstrip(_AROUND).rstrip(_AROUND.replace("*", "").replace("＊", ""))
    bare = _LABEL.sub("", bare)
    if not bare.isalnum() or bare == plain:
        return plain, ""
    return bare, plain.replace(bare, "")[:12]


@lru_cache(maxsize=65_536)
def _calendar_date(eight: str) -> dt.date | None:
    try:
        return dt.date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None


def _kind_of_eighteen(number: str) -> DocumentKind:
    return _KINDS_BY_START.get(number[:2]) or _KINDS_BY_START.get(number[0], DocumentKind.RESIDENT_ID)


def read_eighteen(number: str, today: dt.date) -> Reading | None:
    """An 18-character number of whatever kind its first digits say, or None where it has not that shape."""
    if not _eighteen(number):
        return None
    kind = _kind_of_eighteen(number)
    birth = _calendar_date(number[6:14])
    if birth is None or birth > today or birth.year < 1850:
        return Reading(kind, number, problem=DocumentProblem.DATE)
    sex = Sex.MALE if number[16] in "13579" else Sex.FEMALE
    if _CHECK_CHARACTERS[int(number[:17], 13) * 2 % 11] != number[17]:
        return Reading(kind, number, birth, sex, DocumentProblem.CHECK_DIGIT)
    return Reading(kind, number, birth, sex)


def infer_kind(number: str) -> DocumentKind | None:
    """The kind that the form of a number leaves no doubt about, else None."""
    if _eighteen(number):
        return _kind_of_eighteen(number)
    if _old_foreigner(number):
        return DocumentKind.FOREIGNER_CARD
    if _hk_macao_permit(number):
        return DocumentKind.HK_MACAO_PERMIT
    if _chinese_passport(number):
        return DocumentKind.PASSPORT
    return None


def _fits(number: str, kind: DocumentKind) -> bool:
    """Whether a number without check character has the form of its kind."""
    match kind:
        case DocumentKind.HK_MACAO_PERMIT:
            return _hk_macao_permit(number) is not None
        case DocumentKind.TAIWAN_PERMIT:
            return _taiwan_permit(number) is not None
        case DocumentKind.PASSPORT:
            return _passport(number) is not None
        case DocumentKind.FOREIGNER_CARD:
            return _old_foreigner(number) is not None
    return False


def _why_not(number: str, kind: DocumentKind) -> Reading:
    """The best reason for a number that does not have the form of the declared kind."""
    if kind is DocumentKind.RESIDENT_ID and re.fullmatch(r"\d{15}", number, re.ASCII):
        return Reading(kind, number, problem=DocumentProblem.OLD_FORM)
    if re.search(r"[^A-Z0-9]", number, re.ASCII):
        return Reading(kind, number, problem=DocumentProblem.CHARACTER)
    other = infer_kind(number)
    if other is None and _taiwan_permit(number):
        other = DocumentKind.TAIWAN_PERMIT
    if other is not None and other is not kind:
        return Reading(other, number, problem=DocumentProblem.KIND_MISMATCH)
    return Reading(kind, number, problem=DocumentProblem.SHAPE)


def read_document(number: str, kind: DocumentKind | None, today: dt.date) -> Reading:
    """Validates a tidied number by its declared kind, or by the kind that its form gives away.

    `kind` None means that nobody said: a form that fits several kinds is then `KIND_UNCLEAR`. A number well
    formed for another kind is `KIND_MISMATCH`, with that kind in the reading (case C011, rows 10-11).
    """
    reading = read_eighteen(number, today)
    if reading is not None:
        if kind is None or kind is reading.kind:
            return reading
        if reading.problem is None:
            return reading._replace(problem=DocumentProblem.KIND_MISMATCH)
        return reading._replace(kind=kind)
    if kind is None:
        kind = infer_kind(number)
        if kind is None:
            return _unclear(number)
    return Reading(kind, number) if _fits(number, kind) else _why_not(number, kind)


def _unclear(number: str) -> Reading:
    """A number of no declared kind: numbers of 14 to 19 digits are meant as resident numbers."""
    if re.fullmatch(r"\d{8}", number, re.ASCII):
        return Reading(DocumentKind.TAIWAN_PERMIT, number, problem=DocumentProblem.KIND_UNCLEAR)
    if re.fullmatch(r"\d{14,}[\dX]?", number, re.ASCII) or not _passport(number):
        return _why_not(number, DocumentKind.RESIDENT_ID)
    return Reading(DocumentKind.PASSPORT, number, problem=DocumentProblem.KIND_UNCLEAR)


def upgrade_old_number(number: str) -> str | None:
    """The 18-digit number that the old 15-digit one became: the century put in, a check character added."""
    if not re.fullmatch(r"[1-8]\d{14}", number, re.ASCII):
        return None
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_character(first17) if _calendar_date(first17[6:14]) else None


_numbers_within = re.compile(r"(?<![0-9])[1-9]\d{16}[\dXx](?![0-9])", re.ASCII).findall


def numbers_within(text: str, today: dt.date) -> list[str]:
    """The different valid 18-character numbers in a longer text: of two people, or with remarks."""
    found = [number.upper() for number in _numbers_within(texts.to_half_width(text))]
    readings = {number: read_eighteen(number, today) for number in found}
    return [number for number, reading in readings.items() if reading and reading.problem is None]


def propose_digits(number: str, today: dt.date) -> str | None:
    """The number with letters that look like digits replaced, if it is valid then; else None."""
    candidate = number[:-1].translate(_TO_DIGIT) + number[-1:].replace("O", "0").replace("I", "1")
    if candidate == number:
        return None
    reading = read_eighteen(candidate, today)
    return candidate if reading is not None and reading.problem is None else None
