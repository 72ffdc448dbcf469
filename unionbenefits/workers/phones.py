"""Mainland mobile numbers: 11 digits, 1 and then 3-9 (domain §3.5). A regex: a library is 100 × slower."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from unionbenefits.workers import text as texts

is_mobile = re.compile(r"1[3-9]\d{9}", re.ASCII).fullmatch
_is_code = re.compile(r"\d{6}", re.ASCII).fullmatch
_PREFIX = re.compile(r"^(?:(?:\+|00)?86|0)(?=1[3-9]\d{9}$)", re.ASCII)
"""Country code, or the 0 that was dialled before mobiles of another town."""
_SEPARATORS = re.compile(r"[\s\-‐-―−.·()]+")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-8]\d{6,7}(?:转?\d{1,6})?", re.ASCII)
_FOREIGN = re.compile(r"(?:\+|00)[1-9]\d{6,14}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?E\+?(\d+)", re.ASCII | re.IGNORECASE)
_SEVERAL = re.compile(r"[/、,;|或和]+")
_MOBILES = re.compile(r"(?<!\d)(?:(?:\+|00)?86)?(1[3-9]\d{9})(?!\d)", re.ASCII)
_ZEROS_BEHIND = re.compile(r"\.0{1,2}$")
_LABEL = (
    r"(?:本人|个人|联系|移动)?(?:手机号码|手机号|手机|电话号码|电话|号码|联系方式|tel|mobile|phone)?"
    r"|微信同号|同微信|微信|本人|常用"
)
_LABELLED = re.compile(
    rf"^[(【]?(?:{_LABEL})[)】]?[:.,]?|[(【]?(?:{_LABEL})[)】]?[,.;:。、]*$", re.IGNORECASE
)
"""What clerks write around a number and what takes nothing from it: 手机：…, …（本人）, a full stop."""


class PhoneProblem(StrEnum):
    """Why a phone cannot be taken; the values are roster codes."""

    INVALID = "phone_invalid"
    SEVERAL = "phone_several"
    NOT_MOBILE = "phone_not_mobile"
    PRECISION_LOST = "precision_lost"


class Phone(NamedTuple):
    """A phone as it will be stored, or why not; `proposed` is the likely one where a person must decide."""

    number: str | None
    problem: PhoneProblem | None = None
    proposed: str | None = None


def read_phone(text: str) -> Phone:
    """Understands +86, blanks, hyphens and full-width digits; all but one mainland mobile is a problem."""
    if is_mobile(text):
        return Phone(text)
    plain = texts.to_half_width(texts.strip_noise(text))
    plain = texts.strip_forcing(plain)[0]
    number = _bare(plain)
    if is_mobile(number):
        return Phone(number)
    if found := _SCIENTIFIC.fullmatch(plain):
        return _from_scientific(plain, found)
    mobiles = _all_mobiles(plain, number)
    if mobiles and len(set(mobiles)) == 1 and _only(mobiles[0], number):
        return Phone(mobiles[0])
    if len(mobiles) > 1 or (mobiles and _says_more(mobiles[0], plain)):
        return Phone(None, PhoneProblem.SEVERAL, mobiles[0])
    if _LANDLINE.fullmatch(number) or _FOREIGN.fullmatch(number):
        return Phone(None, PhoneProblem.NOT_MOBILE)
    return Phone(None, PhoneProblem.INVALID, mobiles[0] if mobiles else None)


def _bare(plain: str) -> str:
    """The number without separators, prefix, and the words that only say what it is."""
    number = _PREFIX.sub("", _SEPARATORS.sub("", _ZEROS_BEHIND.sub("", plain)))
    if is_mobile(number):
        return number
    return _PREFIX.sub("", _SEPARATORS.sub("", _LABELLED.sub("", plain)))


def _from_scientific(plain: str, found: re.Match[str]) -> Phone:
    """1.9900000001E10 still has all its digits, 1.99E+10 has not."""
    digits, power = found[1] or "", int(found[2])
    if len(digits) == power == 10 and is_mobile(plain[0] + digits):
        return Phone(plain[0] + digits)
    return Phone(None, PhoneProblem.PRECISION_LOST)


def _all_mobiles(plain: str, number: str) -> list[str]:
    """Every mobile that a cell holds, in order."""
    pieces = (_PREFIX.sub("", _SEPARATORS.sub("", piece)) for piece in _SEVERAL.split(plain))
    mobiles = [piece for piece in pieces if is_mobile(piece)]
    if not mobiles and len(number) == 22:
        mobiles = [part for part in (number[:11], number[11:]) if is_mobile(part)]
    return mobiles if len(mobiles) > 1 else _MOBILES.findall(plain) or mobiles


def _only(mobile: str, number: str) -> bool:
    """Whether a text says nothing but this mobile, once or again."""
    return re.fullmatch(r"(?:(?:\+|00)?86)*", _SEVERAL.sub("", number.replace(mobile, ""))) is not None


def _says_more(mobile: str, plain: str) -> bool:
    """Whether there are digits of another number beside the mobile."""
    return re.search(r"\d{5}", plain.replace(mobile, "")) is not None


def normalise_phone(text: str) -> str | None:
    """The 11 digits, or None where the text is not one mainland mobile. Used at sign-in too."""
    return read_phone(text).number


def six_digits(text: str) -> str | None:
    """A one-time code as a phone shows it, blanks and full-width digits allowed; text, not a number: 012345
    keeps its zero (case C140). None where it is no code.
    """
    code = _SEPARATORS.sub("", texts.to_half_width(texts.strip_noise(text)))
    return code if _is_code(code) else None
