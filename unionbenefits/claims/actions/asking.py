"""Asking the worker for more, and the answer."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import expect_state, expect_version, lock
from unionbenefits.claims.enums import ClaimState, PaperKind
from unionbenefits.claims.findings import find, rank
from unionbenefits.claims.models import Claim, Finding, Question
from unionbenefits.claims.telling import tell_asked
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal


def ask_for_more(
    *, by: User, claim: Claim, version: int, missing: Sequence[PaperKind], text: str, until: dt.date
) -> Question:
    """Asks for papers or words by a day; the worker hears of it at once.

    Raises Refusal `claim_changed`, `claim_state`, `question_empty` or `day_in_past`.
    """
    if not missing and not text.strip():
        raise Refusal("question_empty", _("Choose what is missing or write what you need."))
    if until <= clock.today():
        raise Refusal("day_in_past", _("Choose a day after today."))
    with act("claim.ask", by=by) as doing:
        claim = lock(claim)
        expect_version(claim, version)
        expect_state(claim, ClaimState.FILED)
        question = Question.objects.create(
            claim=claim,
            missing=[PaperKind(kind).value for kind in missing],
            text=text.strip()[:500],
            asked_by=by,
            asked_at=clock.now(),
            until=until,
        )
        claim.state, claim.asked_until = ClaimState.ASKED, until
        claim.save(update_fields=["state", "asked_until"])
        tell_asked(claim, question)
        doing.about, doing.data = claim, {"question": question.pk, "missing": question.missing}
    return question


def answer(*, by: Actor, claim: Claim, text: str = "") -> Claim:
    """The worker has added what was asked, or says why not: back to the desk. Again: nothing changes.

    Raises Refusal `claim_state`.
    """
    with act("claim.answer", by=by) as doing:
        claim = lock(claim)
        doing.about = claim
        if claim.state == ClaimState.FILED and claim.questions.exists():
            return claim
        expect_state(claim, ClaimState.ASKED)
        claim.questions.open().update(answer=text.strip()[:500], answered_at=clock.now())
        claim.state, claim.asked_until = ClaimState.FILED, None
        claim.save(update_fields=["state", "asked_until"])
        find([claim.pk])
    return claim


def clear_finding(*, by: User, finding: Finding, reason: str) -> Finding:
    """An officer looked: the pair is in order and stays so. Raises Refusal `reason_missing`."""
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with act("claim.clear_finding", by=by) as doing:
        finding = Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)
        if finding.cleared_at is None:
            finding.cleared_by, finding.cleared_at = by, clock.now()
            finding.clear_reason = reason.strip()[:200]
            finding.save(update_fields=["cleared_by", "cleared_at", "clear_reason"])
            rank([finding.claim_id])
        doing.about, doing.data = finding, {"kind": finding.kind, "claim": finding.claim_id}
    return finding
