"""Filing: one claim however often it is sent, by the worker or by an officer for the worker (case C106)."""

import datetime as dt

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import (
    expect_reason,
    expect_state,
    keep_version,
    lock,
    tell_worker,
)
from unionbenefits.claims.actions.drafts import check_dates, rely_on_cover
from unionbenefits.claims.enums import ClaimState, DecisionState, FiledThrough
from unionbenefits.claims.findings import find
from unionbenefits.claims.models import Claim
from unionbenefits.claims.numbers import draw
from unionbenefits.claims.queries import coverage_for, field_labels, missing_facts, missing_papers
from unionbenefits.claims.texts import AMOUNTS
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.plans.models import Coverage
from unionbenefits.workers.enums import ConsentKind, MessageKind
from unionbenefits.workers.models import Consent, Worker


def file(*, by: Actor, claim: Claim, consent_text: str) -> Claim:
    """Sends the claim; sent again, it is the same claim with the same number (case C106).

    `consent_text` is the version of the text by which the worker agreed to the use of medical data. Raises
    Refusal `claim_incomplete` or `papers_missing` (details `missing`), `dates_impossible`, `never_covered`,
    `consent_missing` or `claim_state`.
    """
    return _file(by, claim, consent_text)


def file_for_worker(*, by: User, claim: Claim, reason: str, consent_text: str) -> Claim:
    """The same by an officer, kept apart in the record with the reason. Raises also `reason_missing`."""
    return _file(by, claim, consent_text, officer=by, reason=expect_reason(reason))


def withdraw(*, by: Actor, claim: Claim, reason: str) -> Claim:
    """The worker takes the claim back before it is decided for good; a draft goes without a reason.

    Raises Refusal `claim_state` or `reason_missing`.
    """
    with act("claim.withdraw", by=by) as doing:
        claim = lock(claim)
        if claim.state != ClaimState.DRAFT:
            reason = expect_reason(reason)
            expect_state(claim, ClaimState.FILED, ClaimState.ASKED, ClaimState.DECIDED, ClaimState.REVIEWED)
        claim.decisions.filter(state__in=[DecisionState.PROPOSED, DecisionState.REVIEWED]).update(
            state=DecisionState.VOID, voided_at=clock.now()
        )
        claim.state, claim.closing_reason, claim.asked_until = ClaimState.WITHDRAWN, reason[:200], None
        claim.save(update_fields=["state", "closing_reason", "asked_until"])
        doing.about, doing.data = claim, {"reason": reason[:200]}
    return claim


def _file(by: Actor, claim: Claim, consent_text: str, officer: User | None = None, reason: str = "") -> Claim:
    with act("claim.file", by=by) as doing:
        claim = lock(claim)
        if claim.number is not None and claim.state != ClaimState.DRAFT:
            doing.about, doing.data = claim, {"again": True}
            return claim
        expect_state(claim, ClaimState.DRAFT)
        _complete(claim)
        coverage = _coverage(claim)
        claim.coverage = coverage
        for name in AMOUNTS:
            if getattr(claim, name) is None:
                setattr(claim, name, ZERO)
        claim.consent = _consent(by, claim.worker, consent_text)
        claim.number = draw("claims_claim_no", "K")
        claim.state, claim.filed_at = ClaimState.FILED, clock.now()
        claim.promised_on = clock.today() + dt.timedelta(days=coverage.plan_version.promised_days)
        if officer is not None:
            claim.filed_through, claim.filed_by = FiledThrough.OFFICER, officer
            claim.filing_reason = reason[:200]
        claim.save()
        keep_version(claim, by, "filed")
        rely_on_cover(by, claim)
        find([claim.pk])
        tell_worker(claim, MessageKind.CLAIM_FILED, promised=claim.promised_on.isoformat())
        doing.about = claim
        doing.data = {"number": claim.number, "through": claim.filed_through, "reason": reason[:200]}
    return claim


def _complete(claim: Claim) -> None:
    """Names what is missing, all of it, before anything is sent."""
    check_dates(claim)
    facts = missing_facts(claim)
    if facts:
        raise Refusal(
            "claim_incomplete",
            _("Still missing: %(fields)s.") % {"fields": ", ".join(field_labels(facts))},
            missing=facts,
        )
    papers = missing_papers(claim)
    if papers:
        raise Refusal(
            "papers_missing",
            _("Still missing: %(papers)s. Take a photo of each.")
            % {"papers": ", ".join(str(kind.label) for kind in papers)},
            missing=papers,
        )


def _coverage(claim: Claim) -> Coverage:
    assert claim.admitted is not None
    found = coverage_for(claim.worker, claim.admitted, claim.discharged)
    if found is None:
        raise Refusal(
            "never_covered",
            _("You never had cover under this plan, so there is nothing to claim. Ask your union."),
        )
    return found


def _consent(by: Actor, worker: Worker, text_version: str) -> Consent:
    """The worker's standing consent to this text; an older text's is closed, since it was given anew."""
    if not text_version.strip():
        raise Refusal("consent_missing", _("Please agree to the use of your medical data first."))
    now = clock.now()
    standing = Consent.objects.select_for_update(no_key=True).filter(
        worker=worker, kind=ConsentKind.MEDICAL, withdrawn_at__isnull=True
    )
    old: Consent | None = standing.first()
    if old is not None and old.text_version == text_version:
        return old
    if old is not None:
        old.withdrawn_at = now
        old.save(update_fields=["withdrawn_at"])
    made: Consent = Consent.objects.create(
        worker=worker,
        kind=ConsentKind.MEDICAL,
        text_version=text_version,
        given_at=now,
        given_through=by.audit_name,
    )
    return made
