"""Age rules, pure. `sql/judged.sql` applies the same to whole units, with the numbers of this module.

Written-down rules (cases C094, domain.md §3.7):
- Ages count completed months on the first day of cover, by the calendar, never days divided by 365.25.
- A month is complete when its day number is reached. Where the month has no such day, it is complete on the
  first day of the next month: whoever was born on 29 February turns 18 on 1 March of a common year.
- A limit is not reached on the eve: with "below 60" the 60th birthday is already too old.
- The women's track (50 or 55) is on no document, and the sex may be unknown: the later age holds, so that
  nobody is refused wrongly. Women therefore count by the 55-year track, people of unknown sex by the men's.
"""

import datetime as dt
from dataclasses import dataclass

from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.enums import Sex


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


def track_of(sex: str) -> RetirementTrack:
    """The most favourable track that the sex on file allows."""
    return WOMEN_55 if sex == Sex.FEMALE else MEN


def age_code(birth: dt.date | None, sex: str, day: dt.date, rules: AgeRules) -> LeftOut | None:
    """Why a worker born on `birth` may not be covered from `day`; None when the age fits."""
    if birth is None:
        return LeftOut.NO_BIRTH_DATE if rules.ask_for_birth else None
    lived = completed_months(birth, day)
    if rules.floor_months is not None and lived < rules.floor_months:
        return LeftOut.TOO_YOUNG
    if rules.below_months is not None and lived >= rules.below_months:
        return LeftOut.TOO_OLD
    if rules.below_retirement and lived >= retirement_months(birth, track_of(sex)):
        return LeftOut.OVER_RETIREMENT_AGE
    return None


def sql_parameters(day: dt.date, rules: AgeRules) -> dict[str, int | bool | None]:
    """The same rules as the parameters of `sql/judged.sql`."""
    return {
        "cover_months": _months(day),
        "cover_day": day.day,
        "ask_for_birth": rules.ask_for_birth,
        "floor_months": rules.floor_months,
        "below_months": rules.below_months,
        "below_retirement": rules.below_retirement,
        "men_base": MEN.base_months,
        "men_first": _months(MEN.first_birth),
        "men_step": MEN.step,
        "men_cap": MEN.cap,
        "women_base": WOMEN_55.base_months,
        "women_first": _months(WOMEN_55.first_birth),
        "women_step": WOMEN_55.step,
        "women_cap": WOMEN_55.cap,
    }


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month
