"""Who may get a gift, pure. `sql/judged.sql` applies the same to whole units, with the numbers from here.

Written-down rules of age (case C094, domain.md §3.7):
- Ages count completed months on the first day of cover, by the calendar, never days divided by 365.25.
- A month is complete when its day number is reached. Where the month has no such day, it is complete on the
  first day of the next month: whoever was born on 29 February turns 18 on 1 March of a common year.
- A limit is not reached on the eve: with "below 60" the 60th birthday is already too old.
- The women's track (50 or 55) is on no document, and the sex may be unknown: the later age holds, so that
  nobody is refused wrongly. A woman whose track is not on file counts by the 55-year track; people of whom
  neither sex nor track is known by the men's. A track on file of a man says nothing.
- The first day of cover is the worker's own where the cover continues another.

Written-down rules of continuing (case C098):
- Under "continues" the cover starts on the day after the last covered day that the worker has within the
  campaign's period: neither overlap nor gap. Two covers with a hole between them: the later one counts.
  It lasts as long as the common period (`clock.same_length`); where cover given later already begins
  within it, the worker is already covered.
- Cover that ends before the eve of the common date is not continued: the common date holds, a gap of up to
  a month is warned of.
- Cover that lasts to the campaign's last day or beyond leaves nothing to give: already covered.
- Without the rule, cover on any day of the period means already covered.

Gifted before: any live gift, through whichever unit, of another campaign of the same plan (without a plan: of
the same kind), put forward or issued; with "gifted since" those issued earlier do not count. An override that
a second person allowed lifts it (invariant 3).
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_CEILING

from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.core import clock
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.enums import BasicInsurance, RetirementTrack as TrackOnFile, Sex

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RetirementTrack:
    """A line of the 2025 schedule: from `first_birth` on a month more per `step` birth months, to `cap`."""

    base_months: int
    first_birth: dt.date
    step: int
    cap: int


MEN = RetirementTrack(60 * 12, dt.date(1965, 1, 1), step=4, cap=36)
WOMEN_55 = RetirementTrack(55 * 12, dt.date(1970, 1, 1), step=4, cap=36)
WOMEN_50 = RetirementTrack(50 * 12, dt.date(1975, 1, 1), step=2, cap=60)


@dataclass(frozen=True, slots=True)
class AgeRules:
    """What a plan version asks of a worker's age on the first day of cover; None or False asks nothing."""

    floor_months: int | None = None
    below_months: int | None = None
    below_retirement: bool = False

    @property
    def ask_for_birth(self) -> bool:
        """Whether a birth date is needed at all."""
        return self.below_retirement or self.floor_months is not None or self.below_months is not None


def rules_of(version: PlanVersion | None) -> AgeRules:
    """The age rules of a plan version; a gift without a plan has none."""
    if version is None:
        return AgeRules()
    return AgeRules(
        floor_months=version.age_floor * 12 or None,
        below_months=None if version.age_below is None else version.age_below * 12,
        below_retirement=version.below_retirement_age,
    )


def completed_months(birth: dt.date, day: dt.date) -> int:
    """Whole months lived on `day`."""
    return _months(day) - _months(birth) - (day.day < birth.day)


def retirement_months(birth: dt.date, track: RetirementTrack) -> int:
    """The statutory retirement age in months, by the 2025 schedule."""
    since_first = _months(birth) - _months(track.first_birth)
    later = 0 if since_first < 0 else min(track.cap, since_first // track.step + 1)
    return track.base_months + later


def track_of(sex: str, on_file: str = "") -> RetirementTrack:
    """The track on file, else the most favourable one that the sex on file allows."""
    if sex != Sex.MALE and on_file == TrackOnFile.WOMEN_50:
        return WOMEN_50
    if sex == Sex.FEMALE or (sex != Sex.MALE and on_file == TrackOnFile.WOMEN_55):
        return WOMEN_55
    return MEN


def age_code(
    birth: dt.date | None, sex: str, day: dt.date, rules: AgeRules, on_file: str = ""
) -> LeftOut | None:
    """Why a worker born on `birth` may not be covered from `day`; None when the age fits."""
    if birth is None:
        return LeftOut.NO_BIRTH_DATE if rules.ask_for_birth else None
    lived = completed_months(birth, day)
    if rules.floor_months is not None and lived < rules.floor_months:
        return LeftOut.TOO_YOUNG
    if rules.below_months is not None and lived >= rules.below_months:
        return LeftOut.TOO_OLD
    if rules.below_retirement and lived >= retirement_months(birth, track_of(sex, on_file)):
        return LeftOut.OVER_RETIREMENT_AGE
    return None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a campaign asks. None and empty ask nothing; `accepted_insurance` are codes of BasicInsurance."""

    first_day: dt.date
    last_day: dt.date
    continues: bool = False
    occupations: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    refuses_gifted_before: bool = False
    real_name: bool = False
    accepted_insurance: frozenset[str] | None = None
    age: AgeRules = field(default_factory=AgeRules)


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a worker: at the unit, on file, of earlier gifts, of cover (first and last days)."""

    is_member: bool = True
    occupation: str = ""
    area_code: str = ""
    birth: dt.date | None = None
    sex: str = ""
    track: str = ""
    insurance: str = ""
    real_name_checked: bool = False
    has_gift_of_campaign: bool = False
    gifted_before: bool = False
    override_allowed: bool = False
    covers: tuple[tuple[dt.date, dt.date], ...] = ()


def first_day_of(person: Person, rules: Rules) -> dt.date:
    """The first day of the person's cover; only meant where something is left to give."""
    ends = [last for first, last in person.covers if first <= rules.last_day and last >= rules.first_day]
    return max(ends) + _DAY if rules.continues and ends else rules.first_day


def is_covered(person: Person, rules: Rules) -> bool:
    """Whether cover that the person has leaves nothing to give, or would overlap what is given."""
    starts_on = first_day_of(person, rules)
    if starts_on > rules.last_day:
        return True
    ends_on = clock.same_length(rules.first_day, rules.last_day, starts_on)
    return any(first <= ends_on and last >= starts_on for first, last in person.covers)


def reason_of(person: Person, rules: Rules) -> LeftOut | None:
    """Why the person gets no gift, the first reason that applies; None for who gets it."""
    starts_on = first_day_of(person, rules)
    barred = {
        LeftOut.GIFTED_IN_CAMPAIGN: person.has_gift_of_campaign,
        LeftOut.ALREADY_COVERED: is_covered(person, rules),
        LeftOut.NOT_A_MEMBER: not person.is_member,
        LeftOut.OUTSIDE_AREA: not in_area(person.area_code, rules.areas),
        LeftOut.OCCUPATION: bool(rules.occupations) and person.occupation not in rules.occupations,
        LeftOut.GIFTED_BEFORE: rules.refuses_gifted_before
        and person.gifted_before
        and not person.override_allowed,
        LeftOut.REAL_NAME: rules.real_name and not person.real_name_checked,
        LeftOut.INSURANCE: rules.accepted_insurance is not None
        and person.insurance not in rules.accepted_insurance,
    }
    first = next((code for code, applies in barred.items() if applies), None)
    return first or age_code(person.birth, person.sex, starts_on, rules.age, person.track)


def in_area(code: str, areas: tuple[str, ...] | list[str]) -> bool:
    """Whether a division code begins with one of `areas`; without areas everywhere is inside."""
    return not areas or code.startswith(tuple(areas))


def accepted_insurance(version: PlanVersion | None, required: bool) -> list[str] | None:
    """The insurances of which one must be on file; None where none is asked for.

    A plan that names none accepts both, as Guzhen's notice does (domain.md §1).
    """
    if not required:
        return None
    named = list(version.accepted_insurance) if version else []
    return named or [BasicInsurance.EMPLOYEE.value, BasicInsurance.RESIDENT.value]


def needed_of(people: int, version: PlanVersion) -> int:
    """How many of a unit's people must be enrolled: the plan's share, everyone in small units.

    The share is rounded up: it is a minimum (domain.md §1: 80 %, all below 50 people).
    """
    if people < version.everyone_below:
        return people
    return int((version.minimum_share * people).to_integral_value(rounding=ROUND_CEILING))


def sql_parameters(rules: AgeRules) -> dict[str, int | bool | None]:
    """The age rules as the parameters of `sql/judged.sql`."""
    return {
        "ask_for_birth": rules.ask_for_birth,
        "floor_months": rules.floor_months,
        "below_months": rules.below_months,
        "below_retirement": rules.below_retirement,
        **_numbers("men", MEN),
        **_numbers("women", WOMEN_55),
        **_numbers("early", WOMEN_50),
    }


def length_parameters(first: dt.date | None, last: dt.date | None) -> dict[str, int | None]:
    """How long the common period lasts, as `clock.same_length` counts it: whole months, else days."""
    if first is None or last is None:
        return {"length_months": None, "length_days": None}
    after = last + _DAY
    months = _months(after) - _months(first)
    whole = months > 0 and after.day == first.day
    return {"length_months": months if whole else None, "length_days": (last - first).days}


def _numbers(name: str, track: RetirementTrack) -> dict[str, int | bool | None]:
    return {
        f"{name}_base": track.base_months,
        f"{name}_first": _months(track.first_birth),
        f"{name}_step": track.step,
        f"{name}_cap": track.cap,
    }


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month
