"""The association's cumulative statistics: opening figures that an officer entered, and what came after."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import round_half_up
from unionbenefits.plans.models import OpeningFigures

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Enrolments (人次) of one calendar year of issue, those withdrawn from the start left out."""

    year: int
    enrolments: int


@dataclass(frozen=True, slots=True)
class Enrolments:
    """Enrolments since the base year: the opening figures, if any, and ours after their last day."""

    opening: OpeningFigures | None
    ours: int
    by_year: tuple[YearFigures, ...]

    @property
    def total(self) -> int:
        """Person-times in all."""
        return self.ours + (self.opening.enrolments if self.opening else 0)


def enter_opening_figures(
    *,
    by: Actor,
    since_year: int,
    until: dt.date,
    enrolments: int,
    payouts: int,
    amount: Decimal,
    source: str = "",
) -> OpeningFigures:
    """Writes down what had been reached by `until`; the figures of the latest day count from then on.

    Entering the same day again corrects it. Raises Refusal `opening_in_future`, `opening_dates_wrong`,
    `opening_negative`.
    """
    if until > clock.today():
        raise Refusal("opening_in_future", _("Opening figures end on a past day."))
    if since_year > until.year:
        raise Refusal("opening_dates_wrong", _("The base year lies after the last day of the figures."))
    if enrolments < 0 or payouts < 0 or amount < 0 or amount != round_half_up(amount):
        raise Refusal("opening_negative", _("Write figures of zero or more, yuan with two decimal places."))
    with act("plan.opening_figures", by=by) as doing:
        figures, _made = OpeningFigures.objects.update_or_create(
            until=until,
            defaults={
                "since_year": since_year,
                "enrolments": enrolments,
                "payouts": payouts,
                "amount": amount,
                "source": source,
                "entered_by": by.audit_name,
                "entered_at": clock.now(),
            },
        )
        doing.about = figures
        doing.data = {
            "until": until.isoformat(),
            "enrolments": enrolments,
            "payouts": payouts,
            "amount": str(amount),
        }
    return figures


def enrolments_since_base_year() -> Enrolments:
    """Counts every cover issued after the opening figures; 3,000,000 take about half a second."""
    opening = OpeningFigures.objects.first()
    rows = sql.rows(_SQL, "enrolments_by_year", {"after": opening.until if opening else None})
    by_year = tuple(YearFigures(row["year"], row["enrolments"]) for row in rows)
    return Enrolments(opening, sum(year.enrolments for year in by_year), by_year)
