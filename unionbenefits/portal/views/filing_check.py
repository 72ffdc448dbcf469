"""The last step: all at a glance, the estimate with its lines, what is missing, consent, and sending."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from unionbenefits.claims import actions
from unionbenefits.claims.consents import MEDICAL, MEDICAL_VERSION
from unionbenefits.claims.enums import ClaimState
from unionbenefits.claims.models import Claim
from unionbenefits.claims.queries import (
    current_papers,
    missing_facts,
    missing_papers,
    verdict_for,
    warnings_for,
)
from unionbenefits.claims.rules import Verdict
from unionbenefits.claims.texts import AMOUNTS, LABELS
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account
from unionbenefits.portal.own import own_claim
from unionbenefits.portal.stages import LAST, stages
from unionbenefits.portal.working import lines_shown, notes_shown

_STEP_OF = {"hospital": 1, "admitted": 1, "discharged": 1, "total": 2, "self_paid": 2}
_ACCOUNT_STEP, _PAPERS_STEP = 4, 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and the step that it is put right in."""

    text: str
    step: int
    anchor: str


def check_page(request: HttpRequest, claim: Claim, wrong: str = "", status: int = 200) -> HttpResponse:
    """The claim as it would be sent; `wrong` is a sentence about the consent or about sending."""
    verdict = _verdict(claim)
    context: dict[str, Any] = {
        "claim": claim,
        "step": LAST,
        "stages": stages(claim, LAST),
        "gaps": gaps(claim),
        "verdict": verdict,
        "lines": lines_shown(verdict.lines) if verdict else [],
        "reasons": notes_shown(verdict.reasons) if verdict else [],
        "flags": notes_shown(verdict.flags) if verdict else [],
        "figures": [(LABELS[name], getattr(claim, name)) for name in AMOUNTS if getattr(claim, name)],
        "kinds": _kinds(claim),
        "account": mask_account(claim.account) if claim.account else "",
        "warnings": warnings_for(claim),
        "consent": MEDICAL,
        "consent_version": MEDICAL_VERSION,
        "wrong": wrong,
    }
    return render(request, "portal/claims/filing/check.html", context, status=status)


def gaps(claim: Claim) -> list[Gap]:
    """What keeps the claim from being sent, each with its place."""
    facts = [
        Gap(str(LABELS[name]), _STEP_OF.get(name, _ACCOUNT_STEP), f"id_{name}")
        for name in missing_facts(claim)
    ]
    papers = [Gap(str(kind.label), _PAPERS_STEP, f"paper-{kind}") for kind in missing_papers(claim)]
    return facts + papers


@own_claim
def send(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Sends the claim; a second tap finds it sent. What is refused is said on the page of the last step."""
    if request.method != "POST" or claim.state != ClaimState.DRAFT:
        return whereabouts(claim, sent=True)
    if request.POST.get("consent") != MEDICAL_VERSION:
        return check_page(request, claim, _("Please read and agree to the use of your medical data first."))
    try:
        claim = actions.file(by=claim.worker, claim=claim, consent_text=MEDICAL_VERSION)
    except Refusal as refusal:
        if refusal.code != "claim_state":
            return check_page(request, claim, str(refusal))
        claim.refresh_from_db()
    return whereabouts(claim, sent=True)


@own_claim
def sent(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Number, promised day, and what happens next."""
    if claim.number is None:
        return whereabouts(claim)
    account = mask_account(claim.account) if claim.account else ""
    return render(request, "portal/claims/filing/sent.html", {"claim": claim, "account": account})


def whereabouts(claim: Claim, *, sent: bool = False) -> HttpResponse:
    """To where the claim is now: the step of a draft, the page that says it was sent, or its own page."""
    if claim.state == ClaimState.DRAFT:
        return redirect("portal:claim_step", claim.pk, LAST if sent else min(claim.step, LAST))
    if claim.number is None:
        return redirect("portal:claim_start")
    return redirect("portal:claim_sent" if sent else "portal:claim", claim.pk)


def _verdict(claim: Claim) -> Verdict | None:
    """What the rules say so far; nothing before the day of admission and the self-paid part are said."""
    if claim.admitted is None or claim.self_paid is None:
        return None
    return verdict_for(claim)


def _kinds(claim: Claim) -> list[tuple[str, int]]:
    """How many papers of each kind are there."""
    counts: dict[str, int] = {}
    for paper in current_papers(claim):
        label = str(paper.get_kind_display())
        counts[label] = counts.get(label, 0) + 1
    return list(counts.items())
