"""What every verb of claims does first and last: lock, compare versions, keep a version, tell the worker."""

import json
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.enums import ClaimState
from unionbenefits.claims.models import Claim, ClaimVersion
from unionbenefits.claims.queries import current_papers
from unionbenefits.claims.telling import tell_worker
from unionbenefits.claims.texts import AMOUNTS, DATES
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.consents import has_consent
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import Worker

__all__ = ["ClaimState", "User", "tell_worker"]


def lock(claim: Claim) -> Claim:
    """The claim as it is now, locked until the transaction ends."""
    found: Claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    return found


def lock_with_worker(claim: Claim) -> Claim:
    """Locks the worker first and then the claim: ordinals and caps are counted per worker, one at a time
    (cases C104, C110).
    """
    Worker.objects.select_for_update(no_key=True).get(pk=claim.worker_id)
    return lock(claim)


def expect_version(claim: Claim, version: int) -> None:
    """Refuses `claim_changed` for a page that shows an older version (case C114)."""
    if claim.version != version:
        raise Refusal(
            "claim_changed", _("The claim was changed meanwhile. Nothing was done; look at it again first.")
        )


def expect_state(claim: Claim, *states: str) -> None:
    """Refuses `claim_state` unless the claim is in one of the states."""
    if claim.state not in states:
        raise Refusal(
            "claim_state",
            _("The claim is now “%(state)s”; this step is not possible any more.")
            % {"state": claim.get_state_display()},
        )


def expect_reason(text: str) -> str:
    """Refuses `reason_missing` for a blank reason; returns it trimmed."""
    if not text.strip():
        raise Refusal("reason_missing", _("Write down why."))
    return text.strip()


def expect_consent(claim: Claim) -> None:
    """Refuses `consent_withdrawn`: without the worker's consent medical data are not used any more (PIPL
    arts. 15, 29).
    """
    if not has_consent(claim.worker_id, ConsentKind.MEDICAL):
        raise Refusal(
            "consent_withdrawn",
            _("The worker has withdrawn the consent to the use of medical data. It can be given again."),
        )


def keep_version(claim: Claim, by: Actor, why: str) -> ClaimVersion:
    """Keeps what is submitted now, as submitted (invariant 6)."""
    numbers = {
        name: getattr(claim, name)
        for name in ("invoice_no", "payee_name", "account", "bank_name", "other_holder_reason")
    }
    return ClaimVersion.objects.create(
        claim=claim,
        version=claim.version,
        facts=_facts(claim),
        sealed=json.dumps(numbers, ensure_ascii=False),
        why=why,
        made_by=by.audit_name,
        made_at=clock.now(),
    )


def changed(claim: Claim, by: Actor, why: str) -> None:
    """After a change of what was submitted: a new version, which voids what was decided, and back to the
    desk. Saves nothing but version and state; a draft has no versions yet.
    """
    if claim.state == ClaimState.DRAFT:
        return
    claim.version += 1
    if claim.state not in (ClaimState.FILED, ClaimState.ASKED):
        claim.state = ClaimState.FILED
    claim.save(update_fields=["version", "state"])
    keep_version(claim, by, why)


def _facts(claim: Claim) -> dict[str, Any]:
    """Figures, dates and papers, for the record."""
    written = {name: getattr(claim, name) for name in ("hospital", *DATES, *AMOUNTS)}
    papers = current_papers(claim).values_list("pk", "kind", "sha256")
    return {name: None if value is None else str(value) for name, value in written.items()} | {
        "papers": [{"paper": key, "kind": kind, "sha256": sha} for key, kind, sha in papers]
    }
