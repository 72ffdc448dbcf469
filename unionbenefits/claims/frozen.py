"""Facts and verdicts as plain JSON, frozen into a decision, and back again for letters and replays."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from unionbenefits.claims.reading import facts_from
from unionbenefits.claims.rules import Code, Coverage, Facts, Line, PlanTerms, Stay, Verdict
from unionbenefits.claims.rules.verdict import Note

# The values of lines and notes that are amounts or shares; all others are words, days and counts.
_DECIMALS = frozenset({"rate", "cap", "left", "total", "sum", "difference", "amount"})


def facts_document(facts: Facts) -> dict[str, Any]:
    """The facts as `manage.py adjudicate` reads them (design §6)."""
    return {
        "plan": _plan(facts.plan),
        "coverage": None if facts.coverage is None else _coverage(facts.coverage),
        "stays": [_stay(stay) for stay in facts.stays],
        "decide": facts.decide,
        "died_on": _plain(facts.died_on),
    }


def facts_of(document: dict[str, Any]) -> Facts:
    """The facts again. Raises FactsRefused for a document that `facts_document` did not write."""
    return facts_from(document)


def verdict_columns(verdict: Verdict) -> dict[str, Any]:
    """The columns of a Decision that freeze the verdict; the outcome is the decider's."""
    return {
        "ruleset": verdict.ruleset,
        "computed_outcome": verdict.outcome.value,
        "base": verdict.base,
        "ordinal": verdict.ordinal,
        "rate": verdict.rate,
        "lines": [
            {"code": line.code.value, "amount": str(line.amount), "values": _values(line.values)}
            for line in verdict.lines
        ],
        "reasons": _notes(verdict.reasons),
        "flags": _notes(verdict.flags),
    }


def lines_of(stored: Iterable[dict[str, Any]]) -> list[Line]:
    """Stored lines again, for `wording.sentence`."""
    return [Line(Code(one["code"]), Decimal(one["amount"]), _opened(one["values"])) for one in stored]


def notes_of(stored: Iterable[dict[str, Any]]) -> list[Note]:
    """Stored reasons or flags again, for `wording.sentence`."""
    return [Note(Code(one["code"]), _opened(one["values"])) for one in stored]


def _plan(plan: PlanTerms) -> dict[str, Any]:
    return {
        "rates": [str(rate) for rate in plan.rates],
        "deductible": str(plan.deductible),
        "cap_per_stay": _plain(plan.cap_per_stay),
        "cap_per_period": _plain(plan.cap_per_period),
        "waiting_days": plan.waiting_days,
        "straddle": plan.straddle.value,
        "episode_gap_days": plan.episode_gap_days,
        "filing_deadline_days": plan.filing_deadline_days,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    cancelled = coverage.cancelled_from
    return {
        "start": coverage.start.isoformat(),
        "end": coverage.end.isoformat(),
        "first_enrolment": coverage.first_enrolment,
        "status": "active" if cancelled is None else "cancelled",
        "cancelled_from": _plain(cancelled),
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {name: _plain(getattr(stay, name)) for name in Stay.__dataclass_fields__}


def parts_document(parts: Iterable[Note | Line]) -> list[dict[str, Any]]:
    """Notes and lines mixed, as a replay stores them for `notes_of`; lines have an `amount` besides."""
    return [
        {"code": part.code.value, "values": _values(part.values)}
        | ({"amount": str(part.amount)} if isinstance(part, Line) else {})
        for part in parts
    ]


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [{"code": note.code.value, "values": _values(note.values)} for note in notes]


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else _plain(value) for name, value in values.items()}


def _opened(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in _DECIMALS and value is not None else value
        for name, value in values.items()
    }


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)
