"""Mainland mobile numbers: 11 digits, 1 and then 3-9 (domain §3.5). A regex: a library is 100 × slower."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from unionbenefits.workers import text as texts

is_mobile = re.compile(r"1[3-9]\d{9}", re.ASCII).fullmatch
_PREFIX = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)", re.ASCII)
_SEPARATORS = re.compile(r"[\s\-‐-―−.·()]+")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-8]\d{6,7}(?:转?\d{1,6})?", re.ASCII)
_FOREIGN = re.compile(r"(?:\+|00)\d{7,15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_SEVERAL = re.compile(r"[/、,;|或和]+")


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
    number = _PREFIX.sub("", _SEPARATORS.sub("", plain.removesuffix(".0")))
    if is_mobile(number):
        return Phone(number)
    if _SCIENTIFIC.fullmatch(plain):
        return Phone(None, PhoneProblem.PRECISION_LOST)
    mobiles = [
        part for part in (_SEPARATORS.sub("", piece) for piece in _SEVERAL.split(plain)) if is_mobile(part)
    ]
    if not mobiles and len(number) == 22:
        mobiles = [part for part in (number[:11], number[11:]) if is_mobile(part)]
    if mobiles:
        return Phone(None, PhoneProblem.SEVERAL, mobiles[0])
    if _LANDLINE.fullmatch(number) or _FOREIGN.fullmatch(number):
        return Phone(None, PhoneProblem.NOT_MOBILE)
    return Phone(None, PhoneProblem.INVALID)


def normalise_phone(text: str) -> str | None:
    """The 11 digits, or None where the text is not one mainland mobile. Used at sign-in too."""
    return read_phone(text).number
