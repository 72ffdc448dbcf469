"""What goes wrong when people type rosters: each fault spoils one line as it happens at a desk. Pure.

`code` is what the judge has to find; a test compares it with what the judge does find. Noise is spelling
that the judge must read through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from unionbenefits.demo.people import Person
from unionbenefits.workers.enums import Sex
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Cell, Field

Cells = dict[Field, Cell]
_NUMBER, _NAME, _PHONE = Field.DOCUMENT_NUMBER, Field.NAME, Field.PHONE


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to spoil a line. `needs`: fields that the layout must have; `weight`: share of faults."""

    code: Code | None
    spoil: Callable[[Person, Cells], Cells]
    needs: frozenset[Field] = frozenset()
    weight: int = 1
    minor: bool = False
    fits: Callable[[Person], bool] = lambda _person: True


def _wrong_check(person: Person, _cells: Cells) -> Cells:
    digits = person.number[:16] + str((int(person.number[16]) + 2) % 10)
    return {_NUMBER: digits + person.number[17]}


def _as_number(person: Person, _cells: Cells) -> Cells:
    """Excel keeps 15 digits of a number; the rest become zeros."""
    return {_NUMBER: float(person.number[:15] + "000")}


def _old_form(person: Person, _cells: Cells) -> Cells:
    return {_NUMBER: person.number[:6] + person.number[8:17]}


def _impossible_date(person: Person, _cells: Cells) -> Cells:
    return {_NUMBER: person.number[:10] + "1331" + person.number[14:]}


def _other_sex(person: Person, _cells: Cells) -> Cells:
    return {Field.SEX: "女" if person.sex is Sex.MALE else "男"}


def _other_birth(person: Person, _cells: Cells) -> Cells:
    return {Field.BIRTH: f"{person.birth.replace(year=person.birth.year - 1):%Y-%m-%d}"}


def _masked_name(person: Person, _cells: Cells) -> Cells:
    return {_NAME: person.name[0] + "*" * (len(person.name) - 1)}


def _two_phones(person: Person, _cells: Cells) -> Cells:
    return {_PHONE: f"{person.phone}/0757-86000000"}


FAULTS: Final = (
    Fault(Code.DOCUMENT_CHECK_DIGIT, _wrong_check, weight=9),
    Fault(Code.PRECISION_LOST, _as_number, weight=6),
    Fault(Code.DOCUMENT_MISSING, lambda _p, _c: {_NUMBER: None}, weight=4),
    Fault(Code.DOCUMENT_OLD_FORM, _old_form, weight=1),
    Fault(Code.DOCUMENT_DATE, _impossible_date, weight=2),
    Fault(Code.DOCUMENT_SHAPE, lambda p, _c: {_NUMBER: p.number[:9] + p.number[10:]}, weight=3),
    Fault(Code.PHONE_INVALID, lambda p, _c: {_PHONE: p.phone[:10]}, weight=7),
    Fault(Code.NAME_MISSING, lambda _p, _c: {_NAME: None}, weight=2),
    Fault(
        Code.JOINED_ON_FUTURE,
        lambda _p, _c: {Field.JOINED_ON: "2205-03-01"},
        needs=frozenset({Field.JOINED_ON}),
        weight=1,
    ),
    Fault(Code.SEX_DIFFERS, _other_sex, needs=frozenset({Field.SEX}), weight=7),
    Fault(Code.BIRTH_DIFFERS, _other_birth, needs=frozenset({Field.BIRTH}), weight=3),
    Fault(Code.NAME_UNREADABLE, _masked_name, weight=2),
    Fault(Code.NAME_NOT_AS_ON_CARD, lambda p, _c: {_NAME: p.name[0] + "师傅"}, weight=3),
    Fault(Code.PHONE_NOT_MOBILE, lambda p, _c: {_PHONE: f"0757-8600{p.phone[-4:]}"}, weight=3),
    Fault(Code.PHONE_SEVERAL, _two_phones, weight=2),
    Fault(Code.UNDER_WORKING_AGE, lambda _p, _c: {}, weight=1, minor=True),
)

_FULL_WIDTH: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

NOISE: Final = (
    Fault(None, lambda p, _c: {_NUMBER: f"{p.number[:6]} {p.number[6:14]} {p.number[14:]}"}),
    Fault(None, lambda p, _c: {_NUMBER: p.number.translate(_FULL_WIDTH)}),
    Fault(None, lambda p, _c: {_NUMBER: p.number.lower()}, fits=lambda p: p.number.endswith("X")),
    Fault(None, lambda p, _c: {_NUMBER: f"'{p.number}"}),
    Fault(None, lambda p, _c: {_NAME: f"{p.name[0]}　{p.name[1]}"}, fits=lambda p: len(p.name) == 2),
    Fault(None, lambda p, _c: {_NAME: f" {p.name} "}),
    Fault(None, lambda p, _c: {_PHONE: f"+86 {p.phone[:3]} {p.phone[3:7]} {p.phone[7:]}"}),
    Fault(None, lambda p, _c: {_PHONE: f"{p.phone[:3]}-{p.phone[3:7]}-{p.phone[7:]}"}),
)
