"""Facts with the plainest values; what a test is about is passed."""

import datetime as dt
from decimal import Decimal

from unionbenefits.claims.rules import Coverage, Facts, PlanTerms, Stay, StayState, Straddle, adjudicate

YEAR = Coverage(dt.date(2026, 1, 1), dt.date(2026, 12, 31), first_enrolment=False)


def day(text):
    return dt.date.fromisoformat(text)


def yuan(text):
    return Decimal(text)


def stay(stay_id="A", admitted="2026-03-10", discharged="2026-03-18", self_paid="7000.00", **given):
    """A stay whose statement adds up, filed on the day after the discharge."""
    last = None if discharged is None else day(discharged)
    given = {key: yuan(value) if isinstance(value, str) and value[:1].isdigit() and key != "hospital" else value
             for key, value in given.items()}  # fmt: skip
    own = given.get("own_expense", Decimal("0.00"))
    given["state"] = StayState(given.get("state", "filed"))
    values = {
        "hospital": "X",
        "settled": last,
        "filed": (last or day(admitted)) + dt.timedelta(days=1),
        "total": yuan(self_paid) + own,
    }
    return Stay(stay_id, day(admitted), last, yuan(self_paid), **values | given)


def facts(*stays, decide=None, coverage=YEAR, died_on=None, **plan):
    if "straddle" in plan:
        plan["straddle"] = Straddle(plan["straddle"])
    return Facts(PlanTerms(**plan), coverage, tuple(stays), decide or stays[0].id, died_on)


def decide(*stays, **given):
    return adjudicate(facts(*stays, **given))


def said(verdict):
    """Outcome, amount and codes: what most tests compare."""
    return verdict.outcome.value, str(verdict.amount), [*verdict.reason_codes]
