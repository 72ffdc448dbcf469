"""A worker's claims at a glance: for the list and for the card on the home page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.claims.enums import ClaimState, DecisionState, FiledThrough, PayStage
from unionbenefits.claims.models import Claim, Decision, Obligation
from unionbenefits.claims.owing import staged
from unionbenefits.portal.templatetags.portal import day
from unionbenefits.workers.models import Worker

# On the home page: the newest ones, and a link to all.
_AT_HOME = 3
# What a line needs; opening the sealed numbers of each claim would take longer than the query.
_SHOWN = ("number", "state", "step", "hospital", "admitted", "discharged", "asked_until")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in a line: where it stands in words, whether the worker has to act, and the amount decided."""

    claim: Claim
    text: str
    tone: str
    amount: Decimal | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it still has to be sent."""
        return bool(self.claim.state == ClaimState.DRAFT)


def own_claims(worker: Worker) -> Any:
    """What the worker sent or has begun, and what an officer sent for the worker; the newest first.

    Left out are drafts that were given up, and drafts of officers, which are theirs until they are sent.
    """
    mine = Claim.objects.for_worker(worker).exclude(state=ClaimState.WITHDRAWN, number=None)
    mine = mine.exclude(state=ClaimState.DRAFT, filed_through=FiledThrough.OFFICER)
    return mine.only(*_SHOWN).order_by("-pk")


def newest(worker: Worker) -> list[Row]:
    """The newest claims for the home page; one query."""
    return [_row(claim) for claim in own_claims(worker)[:_AT_HOME]]


def rows(worker: Worker) -> list[Row]:
    """All claims with what was decided and where the bank could not pay; three queries."""
    claims = list(own_claims(worker))
    decided: dict[int, Decimal] = dict(
        Decision.objects.for_worker(worker)
        .filter(state=DecisionState.APPROVED, claim__in=claims)
        .order_by("approved_at")
        .values_list("claim", "amount")
    )
    owed = staged(Obligation.objects.for_worker(worker).filter(claim__in=claims))
    stuck = set(owed.filter(stage=PayStage.TO_CORRECT).values_list("claim", flat=True))
    return [_row(claim, decided.get(claim.pk), claim.pk in stuck) for claim in claims]


def _row(claim: Claim, amount: Decimal | None = None, stuck: bool = False) -> Row:
    text, tone = _words(claim, stuck)
    return Row(claim, text, tone, amount if claim.state == ClaimState.APPROVED else None)


def _words(claim: Claim, stuck: bool) -> tuple[str, str]:
    if claim.state == ClaimState.DRAFT:
        return _("Not sent yet"), "wait"
    if claim.state == ClaimState.ASKED and claim.asked_until is not None:
        return _("We need something from you by %(day)s") % {"day": day(claim.asked_until)}, "wait"
    if claim.state == ClaimState.APPROVED:
        return (_("The bank could not pay"), "wait") if stuck else (_("Approved"), "good")
    if claim.state == ClaimState.REJECTED:
        return _("Nothing can be paid"), ""
    if claim.state == ClaimState.WITHDRAWN:
        return _("Taken back"), ""
    return _("We are looking at it"), ""
