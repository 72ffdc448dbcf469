"""The course of a claim as its worker reads it: what happened, day by day, and what comes next.

What officers do among themselves (a proposal, a review) is not told: a decision is one when three people have
agreed (invariant 7).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.claims.enums import (
    OPEN,
    AppealState,
    ClaimState,
    DecisionOutcome,
    DecisionState,
    FiledThrough,
    PaperKind,
    PaymentState,
)
from unionbenefits.claims.models import Appeal, Claim, Decision, Payment, Question
from unionbenefits.core import clock
from unionbenefits.portal.templatetags.portal import yuan

_CHANGES: dict[str, str | Promise] = {
    "reopened": gettext_lazy("We look at your claim again. The earlier decision no longer holds."),
    "officer_corrected": gettext_lazy("An officer put something right in your claim."),
}
_BACK = (PaymentState.FAILED, PaymentState.RETURNED)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the course. `tone` is good, wait, bad or nothing; `day` is None for what is still to come
    without a day.
    """

    day: dt.date | None
    text: str
    more: str = ""
    tone: str = ""
    ahead: bool = False


def course(
    claim: Claim,
    *,
    questions: Iterable[Question],
    decisions: Iterable[Decision],
    appeals: Iterable[Appeal],
    payments: Iterable[Payment],
) -> list[Step]:
    """Every step, the oldest first, and then what is promised. Two queries, for changes and a withdrawal."""
    happened = [
        *_filed(claim),
        *_asked(questions),
        *_changed(claim),
        *_decided(decisions),
        *_appealed(appeals),
        *_paid(payments),
        *_withdrawn(claim),
    ]
    # Python's sort keeps the order of steps of the same moment as listed above.
    return [step for _at, step in sorted(happened, key=lambda each: each[0])] + list(_ahead(claim))


_Dated = Iterator[tuple[dt.datetime, Step]]


def _filed(claim: Claim) -> _Dated:
    if claim.filed_at is None:
        return
    if claim.filed_through == FiledThrough.OFFICER:
        yield _at(claim.filed_at, _("An officer sent the claim for you."), claim.filing_reason)
    else:
        yield _at(claim.filed_at, _("You sent the claim."))


def _asked(questions: Iterable[Question]) -> _Dated:
    for one in questions:
        papers = _(", ").join(str(PaperKind(kind).label) for kind in one.missing)
        more = "\n".join(filter(None, [papers, one.text]))
        yield _at(one.asked_at, _("We asked you for something."), more, "wait")
        if one.answered_at is not None:
            yield _at(one.answered_at, _("You answered."), one.answer)
        elif one.lapsed_at is not None:
            yield _at(one.lapsed_at, _("No answer had come by the day. We decide with what we have."))


def _changed(claim: Claim) -> _Dated:
    for version in claim.versions.filter(why__in=_CHANGES).order_by("version").only("made_at", "why"):
        yield _at(version.made_at, str(_CHANGES[version.why]))


def _decided(decisions: Iterable[Decision]) -> _Dated:
    for one in decisions:
        if one.approved_at is None:
            continue
        if one.outcome == DecisionOutcome.PAY:
            text, tone = _("Decided: you get %(amount)s yuan.") % {"amount": yuan(one.amount)}, "good"
        else:
            text, tone = _("Decided: nothing is paid."), "bad"
        void = one.state != DecisionState.APPROVED
        yield _at(one.approved_at, text, _("This decision no longer holds.") if void else "", tone)


def _appealed(appeals: Iterable[Appeal]) -> _Dated:
    for one in appeals:
        taken_back = one.state == AppealState.WITHDRAWN
        yield _at(
            one.filed_at, _("You appealed."), _("You took the appeal back.") if taken_back else one.text
        )
        if one.decided_at is None:
            continue
        if one.state == AppealState.GRANTED:
            yield _at(one.decided_at, _("Your appeal was granted. We decide anew."), one.answer, "good")
        else:
            yield _at(one.decided_at, _("Your appeal was looked at. The decision stands."), one.answer)


def _paid(payments: Iterable[Payment]) -> _Dated:
    for one in payments:
        amount = {"amount": yuan(one.amount)}
        if one.submitted_on is not None:
            yield _on(one.submitted_on, 0, _("%(amount)s yuan were handed to the bank.") % amount)
        if one.paid_on is not None:
            yield _on(
                one.paid_on, 1, _("The bank has paid %(amount)s yuan to your account.") % amount, "", "good"
            )
        if one.state in _BACK:
            day = one.returned_on or one.submitted_on
            assert day is not None
            yield _on(day, 2, _("The bank could not pay %(amount)s yuan.") % amount, one.reason, "bad")


def _withdrawn(claim: Claim) -> _Dated:
    if claim.state == ClaimState.WITHDRAWN:
        # The claim itself has no column for it; its history knows.
        last = claim.events.filter(state=ClaimState.WITHDRAWN).order_by("pgh_id").first()  # type: ignore[attr-defined]
        if last is not None:
            yield _at(last.pgh_created_at, _("The claim was taken back."), claim.closing_reason)


def _ahead(claim: Claim) -> Iterator[Step]:
    if claim.state == ClaimState.ASKED:
        yield Step(claim.asked_until, _("Your answer is due."), tone="wait", ahead=True)
    if claim.state in OPEN and claim.promised_on is not None and claim.promised_on >= clock.today():
        yield Step(claim.promised_on, _("You hear from us by this day."), ahead=True)


def _at(moment: dt.datetime, text: str, more: str = "", tone: str = "") -> tuple[dt.datetime, Step]:
    return moment, Step(clock.local(moment).date(), text, more, tone)


def _on(day: dt.date, order: int, text: str, more: str = "", tone: str = "") -> tuple[dt.datetime, Step]:
    """A step of which only the day is known, after all others of the day."""
    late = dt.datetime.combine(day, dt.time(23, 59, order), clock.SHANGHAI)
    return late, Step(day, text, more, tone)
