"""What waits at the claims desk: the filters that its list, its counts and the links to them share."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.enums import OPEN, AppealState, ClaimState, DecisionState
from unionbenefits.claims.models import Appeal, Claim, Decision, Question

# From today on, days until the promised answer: soon, within the week, later.
SOON, WEEK = 3, 7


class Step(models.TextChoices):
    """The steps of the desk, in their order; each by another person (invariant 7)."""

    DECIDE = "decide", _("Decision")
    REVIEW = "review", _("Review")
    APPROVE = "approve", _("Approval")


class Show(models.TextChoices):
    """A part of the open claims."""

    TURN = "turn", _("Your turn")
    DECIDE = "decide", _("To decide")
    REVIEW = "review", _("To review")
    APPROVE = "approve", _("To approve")
    ASKED = "asked", _("Worker asked")
    LATE = "late", _("Overdue")
    SOON = "soon", _("Due within 3 days")
    WEEK = "week", _("Due in 4 to 7 days")
    LATER = "later", _("Due later")
    MINE = "mine", _("You took part")


DUE = (Show.LATE, Show.SOON, Show.WEEK, Show.LATER)
_STATES = {
    Show.DECIDE: ClaimState.FILED,
    Show.REVIEW: ClaimState.DECIDED,
    Show.APPROVE: ClaimState.REVIEWED,
    Show.ASKED: ClaimState.ASKED,
}


def filters(officer: int, steps: Collection[Step], today: dt.date) -> dict[Show, Q]:
    """What each part holds for the officer (a user's key), who may take `steps`.

    While the worker is asked, the promised day is not the desk's to keep: such claims are never overdue.
    """
    ours = ~Q(state=ClaimState.ASKED)
    soon, week = today + dt.timedelta(days=SOON), today + dt.timedelta(days=WEEK)
    found = {show: Q(state=state) for show, state in _STATES.items()}
    return found | {
        Show.TURN: _turn(officer, steps),
        Show.LATE: ours & Q(promised_on__lt=today),
        Show.SOON: ours & Q(promised_on__range=(today, soon)),
        Show.WEEK: ours & Q(promised_on__gt=soon, promised_on__lte=week),
        Show.LATER: ours & Q(promised_on__gt=week),
        Show.MINE: _mine(officer),
    }


def counts(claims: QuerySet[Claim], parts: Mapping[Show, Q]) -> dict[str, int]:
    """How many open claims each part holds; `""` is all of them. One query."""
    found = claims.filter(state__in=OPEN).aggregate(
        open=Count("pk"), **{show.value: Count("pk", filter=part) for show, part in parts.items()}
    )
    return {"": found.pop("open")} | found


def _turn(officer: int, steps: Collection[Step]) -> Q:
    """Claims whose next step the officer may take, having taken none of the others."""
    before = _judged_before(officer)
    turns = {
        Step.DECIDE: Q(state=ClaimState.FILED),
        Step.REVIEW: Q(state=ClaimState.DECIDED) & ~_took(officer, DecisionState.PROPOSED),
        Step.APPROVE: Q(state=ClaimState.REVIEWED) & ~_took(officer, DecisionState.REVIEWED),
    }
    turn = Q(pk__in=[])
    for step in steps:
        turn |= turns[step] & ~before
    return turn


def _took(officer: int, state: DecisionState) -> Q:
    decisions = Decision.objects.filter(claim=OuterRef("pk"), state=state)
    return Q(Exists(decisions.filter(Q(decided_by=officer) | Q(reviewed_by=officer))))


def _judged_before(officer: int) -> Q:
    """Whether the officer had part in a decision that the worker appealed, and that is decided anew."""
    granted = Appeal.objects.filter(claim=OuterRef("pk"), state=AppealState.GRANTED)
    had_part = (
        Q(decision__decided_by=officer) | Q(decision__reviewed_by=officer) | Q(decision__approved_by=officer)
    )
    return Q(Exists(granted.filter(had_part).exclude(new_decisions__state=DecisionState.APPROVED)))


def _mine(officer: int) -> Q:
    """Open claims on which the officer has taken a step that still stands, or waits for an answer."""
    questions = Question.objects.open().filter(claim=OuterRef("pk"), asked_by=officer)
    return (
        _took(officer, DecisionState.PROPOSED) | _took(officer, DecisionState.REVIEWED) | Q(Exists(questions))
    )
