"""A verdict's codes as sentences, in the active language; and the document that `adjudicate` prints."""

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.rules.codes import Code
from unionbenefits.claims.rules.verdict import Line, Note, Verdict
from unionbenefits.core.money import CENT, show

SENTENCES: dict[Code, str | Promise] = {
    Code.OUTSIDE_COVERAGE: _("The stay is not covered: %(first)s to %(last)s lie outside the cover."),
    Code.WAITING_PERIOD: _(
        "Admitted during the waiting period: the first %(days)s days from %(start)s of a first enrolment "
        "pay nothing."
    ),
    Code.FILED_LATE: _("Filed %(late)s days after the deadline of %(days)s days from the settlement."),
    Code.NO_RATE_LEFT: _("Stay no. %(ordinal)s of the period: the plan pays for the first %(paid)s only."),
    Code.DATES_IMPOSSIBLE: _("The dates cannot be right: discharge, settlement or filing before admission."),
    Code.AFTER_DEATH: _("The admission lies after the day of death, %(died)s."),
    Code.NOT_STANDING: _("The claim was rejected or withdrawn; it has to be filed again first."),
    Code.STATEMENT_SUM: _(
        "The statement does not add up: it says %(total)s, its parts make %(sum)s, %(difference)s apart."
    ),
    Code.STATEMENT_INCOMPLETE: _("The total of the statement is missing, so its sum cannot be checked."),
    Code.STILL_IN_HOSPITAL: _("The person was still in hospital when the claim was filed."),
    Code.OVERLAPPING_STAY: _("Overlaps with stay %(stay)s: nobody is in two hospitals at once."),
    Code.SAME_STAY: _("Same dates and hospital as stay %(stay)s: probably filed twice."),
    Code.VERY_LONG_STAY: _("A stay of %(nights)s nights is unusually long."),
    Code.COVERAGE_CANCELLED: _("The cover was withdrawn from %(from)s on."),
    Code.PARTLY_COVERED: _("Only part of the nights is covered."),
    Code.SAME_EPISODE: _("One episode with: %(stays)s."),
    Code.EARLIER_STAY_UNDECIDED: _(
        "An earlier stay, %(stay)s, is not decided yet; it may take this ordinal."
    ),
    Code.SETTLE_DIFFERENCE: _(
        "Stay %(stay)s was decided as no. %(old)s and is now no. %(new)s; the difference has to be settled."
    ),
    Code.NOTHING_TO_PAY: _("Nothing is left to pay."),
    Code.CUT_BY_CAP: _("The amount is cut by a cap."),
    Code.EPISODE_BEGAN_BEFORE: _("The episode began before the cover, on %(admitted)s."),
    Code.SELF_PAID: _("Self-paid within the insured costs (个人自付)"),
    Code.OTHER_PAID: _("Paid of it by other schemes"),
    Code.DEDUCTIBLE: _("Deductible"),
    Code.COVERED_NIGHTS: _("Covered nights: %(covered)s of %(nights)s"),
    Code.BASE: _("Amount that the rate applies to"),
    Code.RATE: _("%(rate)s of it, for stay no. %(ordinal)s of the period"),
    Code.CAP_PER_STAY: _("Cap of %(cap)s per stay"),
    Code.CAP_PER_PERIOD: _("Cap of %(cap)s per period, of which %(left)s are left"),
    Code.PAY: _("To be paid"),
}


def sentence(part: Line | Note) -> str:
    """What a line, reason or flag says, in the active language."""
    return str(SENTENCES[part.code]) % {name: _shown(name, value) for name, value in part.values.items()}


def document(verdict: Verdict) -> dict[str, Any]:
    """The JSON document of `adjudicate` (design §6): money as strings with two places, codes, sentences."""
    return {
        "outcome": verdict.outcome.value,
        "amount": str(verdict.amount),
        "ordinal": verdict.ordinal,
        "rate": None if verdict.rate is None else _share(verdict.rate),
        "base": str(verdict.base),
        "lines": [
            {"code": line.code.value, "amount": str(line.amount), "text": sentence(line)}
            for line in verdict.lines
        ],
        "reasons": list(verdict.reason_codes),
        "flags": list(verdict.flag_codes),
        "ruleset": verdict.ruleset,
        "explanation": [sentence(note) for note in (*verdict.reasons, *verdict.flags)],
    }


def readable(verdict: Verdict) -> list[str]:
    """The same for people: outcome and amount, the working, then reasons and flags."""
    working = [f"  {line.amount:>14,.2f}  {sentence(line)}" for line in verdict.lines]
    notes = [f"  {sentence(note)}" for note in (*verdict.reasons, *verdict.flags)]
    return [f"{verdict.outcome.value}: {show(verdict.amount)}", *working, *notes]


def _share(rate: Decimal) -> str:
    """At least two places: 0.80, 0.6667."""
    return f"{rate:.2f}" if rate == rate.quantize(CENT) else str(rate)


def _shown(name: str, value: Any) -> str:
    if name == "rate":
        return f"{value * 100:f}".rstrip("0").rstrip(".") + " %"
    if isinstance(value, Decimal):
        return show(value)
    return str(value)
