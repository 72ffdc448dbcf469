"""What is unusual about a look at a hidden value: pure rules on plain facts. They report, never refuse."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.workers.name_tables import COMPOUND_SURNAMES


class Flag(models.TextChoices):
    """A finding. Stable codes."""

    SAME_NAME = "same_name", _("The person bears the officer's own name")
    MANY = "many", _("Many looks within a day")
    NO_WORK = "no_work", _("No work on this person is at hand")
    SURNAME = "surname", _("The person has the officer's surname: perhaps a relative")
    OFF_HOURS = "off_hours", _("Outside office hours")


# A common surname or a late evening alone says nothing: 王 is every fourteenth person. Together they do.
WEIGHTS: Final = {Flag.SAME_NAME: 50, Flag.MANY: 40, Flag.NO_WORK: 30, Flag.SURNAME: 15, Flag.OFF_HOURS: 10}
REPORTED_FROM: Final = 25
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One look. `at` is by the clocks of Shanghai; `in_day` counts the looks of 24 hours, this one too."""

    at: dt.datetime
    in_day: int
    many_from: int
    has_work: bool
    officer_name: str
    worker_name: str
    opens: dt.time
    closes: dt.time


def flags_of(facts: LookFacts) -> list[Flag]:
    """Everything unusual, the gravest first."""
    same_name = bool(facts.officer_name) and facts.officer_name == facts.worker_name
    surname = surname_of(facts.officer_name)
    found = {
        Flag.SAME_NAME: same_name,
        Flag.MANY: facts.in_day >= facts.many_from,
        Flag.NO_WORK: not facts.has_work,
        Flag.SURNAME: not same_name and surname != "" and surname == surname_of(facts.worker_name),
        Flag.OFF_HOURS: is_off_hours(facts.at, facts.opens, facts.closes),
    }
    return sorted((flag for flag, holds in found.items() if holds), key=lambda flag: -WEIGHTS[flag])


def weight_of(flags: list[Flag]) -> int:
    """What a superior is told of: the sum from `REPORTED_FROM` on, else nothing."""
    weight = sum(WEIGHTS[flag] for flag in flags)
    return weight if weight >= REPORTED_FROM else 0


def is_off_hours(at: dt.datetime, opens: dt.time, closes: dt.time) -> bool:
    """Before opening, after closing, or on a Saturday or Sunday."""
    return at.weekday() > _FRIDAY or not opens <= at.time() < closes


def surname_of(name: str) -> str:
    """The Chinese surname, one character or a compound; empty for names in Latin letters and for none."""
    name = name.strip()
    if not name or name.isascii():
        return ""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[0]
