"""Facts from JSON, as `manage.py adjudicate` reads them (design §6). What is wrong is named by its place."""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from unionbenefits.claims.amounts import amount
from unionbenefits.claims.errors import FactsRefused
from unionbenefits.claims.rules.facts import (
    RATES,
    ZERO,
    Coverage,
    Facts,
    PlanTerms,
    Stay,
    StayState,
    Straddle,
)

E = TypeVar("E", bound=StrEnum)
Object = Mapping[str, Any]

_PLAN = frozenset(
    [
        "rates",
        "deductible",
        "cap_per_stay",
        "cap_per_period",
        "waiting_days",
        "straddle",
        "episode_gap_days",
        "filing_deadline_days",
    ]
)
_MONEY = ("pooled_fund", "supplementary", "medical_aid", "own_expense", "other_paid")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_RATE = re.compile(r"[01](?:\.[0-9]{1,6})?")


def facts_from_text(text: str) -> Facts:
    """Facts from a JSON document. Raises FactsRefused with the place that is wrong."""
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=str)
        # Half a surrogate pair is text that no answer could repeat.
        json.dumps(document, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError) as error:
        raise FactsRefused("json_invalid", why=str(error))
    return facts_from(document)


def facts_from(document: Any) -> Facts:
    """Facts from a parsed document; absent optional fields take the plan's default. Raises FactsRefused."""
    top = _object(document, "facts")
    listed = top.get("stays")
    if not isinstance(listed, list) or not listed:
        raise FactsRefused("field_missing", field="stays")
    stays = tuple(_stay(_object(one, f"stays[{at}]"), f"stays[{at}]") for at, one in enumerate(listed))
    ids = [stay.id for stay in stays]
    stay_id, times = Counter(ids).most_common(1)[0]
    if times > 1:
        raise FactsRefused("stay_twice", field="stays", given=stay_id)
    decide = str(_needed(top, "decide", "decide"))
    if decide not in ids:
        raise FactsRefused("stay_unknown", field="decide", given=decide)
    covered = top.get("coverage")
    return Facts(
        plan=_plan(_object(top.get("plan") or {}, "plan")),
        coverage=None if covered is None else _coverage(_object(covered, "coverage")),
        stays=stays,
        decide=decide,
        died_on=_day(top, "died_on", "died_on"),
    )


def _plan(given: Object) -> PlanTerms:
    unknown = given.keys() - _PLAN
    if unknown:
        raise FactsRefused("field_unknown", field=f"plan.{min(unknown)}")
    rates = given.get("rates")
    if rates is not None and not isinstance(rates, list):
        raise FactsRefused("type_invalid", field="plan.rates")
    return PlanTerms(
        rates=RATES
        if rates is None
        else tuple(_rate(one, f"plan.rates[{at}]") for at, one in enumerate(rates)),
        deductible=_money(given, "deductible", "plan") or ZERO,
        cap_per_stay=_money(given, "cap_per_stay", "plan"),
        cap_per_period=_money(given, "cap_per_period", "plan"),
        waiting_days=_count(given, "waiting_days", PlanTerms().waiting_days),
        straddle=_choice(Straddle, given.get("straddle") or Straddle.ADMISSION_DATE, "plan.straddle"),
        episode_gap_days=_count(given, "episode_gap_days", PlanTerms().episode_gap_days),
        filing_deadline_days=_count(given, "filing_deadline_days", PlanTerms().filing_deadline_days),
    )


def _coverage(given: Object) -> Coverage:
    start = _needed_day(given, "start", "coverage.start")
    end = _needed_day(given, "end", "coverage.end")
    if end < start:
        raise FactsRefused("period_invalid", field="coverage.end")
    cancelled = _day(given, "cancelled_from", "coverage.cancelled_from")
    status = given.get("status") or "active"
    if status not in {"active", "cancelled"}:
        raise FactsRefused(
            "choice_unknown", field="coverage.status", given=status, choices="active, cancelled"
        )
    if status == "cancelled" and cancelled is None:
        cancelled = start
    first = given.get("first_enrolment")
    if first is not None and not isinstance(first, bool):
        raise FactsRefused("type_invalid", field="coverage.first_enrolment")
    return Coverage(start, end, first_enrolment=first is not False, cancelled_from=cancelled)


def _stay(given: Object, at: str) -> Stay:
    figures: dict[str, Any] = {name: _money(given, name, at) or ZERO for name in _MONEY}
    return Stay(
        id=str(_needed(given, "id", f"{at}.id")),
        admitted=_needed_day(given, "admitted", f"{at}.admitted"),
        discharged=_day(given, "discharged", f"{at}.discharged"),
        settled=_day(given, "settled", f"{at}.settled"),
        filed=_day(given, "filed", f"{at}.filed"),
        hospital=str(given.get("hospital") or ""),
        total=_money(given, "total", at),
        self_paid=_written(_needed(given, "self_paid", f"{at}.self_paid"), f"{at}.self_paid"),
        state=_choice(StayState, given.get("state") or StayState.FILED, f"{at}.state"),
        approved_amount=_money(given, "approved_amount", at),
        **figures,
    )


def _object(given: Any, field: str) -> Object:
    if not isinstance(given, Mapping):
        raise FactsRefused("type_invalid", field=field)
    return given


def _needed(given: Object, name: str, field: str) -> Any:
    value = given.get(name)
    if value is None or value == "":
        raise FactsRefused("field_missing", field=field)
    return value


def _money(given: Object, name: str, at: str) -> Decimal | None:
    value = given.get(name)
    return None if value is None else _written(value, f"{at}.{name}")


def _written(value: Any, field: str) -> Decimal:
    """Text with two places is the contract; a bare number is read too, digit by digit."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise FactsRefused("amount_invalid", field=field, given=value)
    return amount(str(value), field)


def _rate(value: Any, field: str) -> Decimal:
    """A share of 0 to 1; 0 says that the plan pays nothing for stays of this ordinal."""
    written = "" if isinstance(value, bool) else str(value)
    if not _RATE.fullmatch(written) or Decimal(written) > 1:
        raise FactsRefused("rate_invalid", field=field, given=value)
    return Decimal(written)


def _count(given: Object, name: str, default: int) -> int:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FactsRefused("number_invalid", field=f"plan.{name}", given=value)
    return value


def _day(given: Object, name: str, field: str) -> dt.date | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise FactsRefused("date_invalid", field=field, given=value)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise FactsRefused("date_invalid", field=field, given=value)


def _needed_day(given: Object, name: str, field: str) -> dt.date:
    day = _day(given, name, field)
    if day is None:
        raise FactsRefused("field_missing", field=field)
    return day


def _choice(choices: type[E], value: Any, field: str) -> E:
    try:
        return choices(value)
    except ValueError:
        raise FactsRefused("choice_unknown", field=field, given=value, choices=", ".join(choices))
