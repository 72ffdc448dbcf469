"""The one page of a claim: everything that somebody needs to decide it, and nothing outside the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.backoffice.pages import claims_desk_forms as forms, listing
from unionbenefits.backoffice.pages.base import in_scope, render_page
from unionbenefits.backoffice.pages.claims_desk import due_of, filed_claims
from unionbenefits.backoffice.pages.claims_desk_turns import Turn, turn_of
from unionbenefits.backoffice.pages.claims_desk_viewer import viewer_of
from unionbenefits.claims.enums import OPEN, ClaimState, DecisionOutcome, DecisionState, PaperKind
from unionbenefits.claims.frozen import lines_of, notes_of
from unionbenefits.claims.models import Appeal, Claim, Decision, Difference, Finding, Obligation, Question
from unionbenefits.claims.queries import facts_for, findings_of, other_claims, warnings_for
from unionbenefits.claims.rules import Code, Facts, Line, Verdict, adjudicate
from unionbenefits.claims.rules.verdict import Note
from unionbenefits.claims.stays import numbered
from unionbenefits.claims.texts import AMOUNTS, DATES, LABELS
from unionbenefits.claims.versions import Version, shown, versions_of
from unionbenefits.claims.wording import sentence
from unionbenefits.core.money import ZERO
from unionbenefits.plans.models import Coverage
from unionbenefits.workers.consents import has_consent
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import Membership

STEPS = (
    gettext_lazy("Filed"),
    gettext_lazy("Decision"),
    gettext_lazy("Review"),
    gettext_lazy("Approval"),
)
_AT_STEP = {
    ClaimState.DECIDED: 2,
    ClaimState.REVIEWED: 3,
    ClaimState.APPROVED: 4,
    ClaimState.REJECTED: 4,
}
CLOSED = (ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.WITHDRAWN)
_PARTS = ("pooled_fund", "supplementary", "medical_aid", "self_paid", "own_expense")
_TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Working:
    """How an amount comes about: a verdict as it is now, or the frozen one of a decision."""

    outcome: str
    amount: Decimal
    lines: list[tuple[str, Decimal, str]]
    reasons: list[str]
    flags: list[str]
    ruleset: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the claim; `was` is what was first submitted where that differs."""

    name: str
    label: str | Promise
    value: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding; `other` is the counterpart where the reader may open it, `is_elsewhere` where not."""

    finding: Finding
    other: Claim | None
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class StayRow:
    """Another claim of the worker, with the ordinal that the rules give its stay."""

    claim: Claim
    ordinal: int | None
    amount: Decimal | None


@dataclass(slots=True)
class Opened:
    """A claim with what its page reads of it, each with the reader's permission."""

    claim: Claim
    others: list[Claim]
    facts: Facts
    verdict: Verdict
    decisions: list[Decision]
    appeals: list[Appeal]

    @property
    def standing(self) -> Decision | None:
        """The decision that counts or is on its way."""
        states = (DecisionState.PROPOSED, DecisionState.REVIEWED, DecisionState.APPROVED)
        return next((one for one in self.decisions if one.state in states), None)


def one_claim(request: HttpRequest, pk: int) -> Claim:
    """A claim in scope that was sent, or 404."""
    found = filed_claims(request).select_related(
        "worker", "coverage__plan_version__plan", "coverage__plan", "filed_by"
    )
    claim: Claim | None = found.filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim


def opened(request: HttpRequest, claim: Claim) -> Opened:
    """The claim, its verdict now, and the decisions so far."""
    others = list(other_claims(claim).exclude(number=None).select_related("coverage"))
    facts = facts_for(claim, others=others)
    decisions = in_scope(request, Decision).filter(claim=claim).order_by("-pk")
    people = decisions.select_related(
        "decided_by", "reviewed_by", "approved_by", "returned_by", "appeal__decision"
    )
    differences = in_scope(request, Difference).select_related("claim", "settled_by")
    with_differences = people.prefetch_related(Prefetch("differences", queryset=differences))
    appeals = in_scope(request, Appeal).filter(claim=claim).select_related("decided_by").order_by("-pk")
    return Opened(claim, others, facts, adjudicate(facts), list(with_differences), list(appeals))


def claim_page(
    request: HttpRequest, claim: Claim, *, form: forms.DeskForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of the claim, perhaps with a form that was refused: nothing typed is lost (case C114)."""
    one = opened(request, claim)
    versions = versions_of(claim)
    turn = turn_of(request, claim, one.decisions, one.appeals, one.verdict)
    due, tone = due_of(claim)
    context = {
        "claim": claim,
        "worker": claim.worker,
        "employers": _employers(request, claim),
        "steps": listing.steps(STEPS, _AT_STEP.get(ClaimState(claim.state), 1)),
        "due": due,
        "due_tone": tone,
        "versions": versions,
        "changed_since": _changed_since(one.decisions, versions),
        **viewer_of(request, claim),
        **_statement(claim, versions),
        **_results(request, one),
        **_around(request, one),
        **_forms(one, turn, form),
        "turn": turn,
        "no_consent": claim.state in OPEN and not has_consent(claim.worker_id, ConsentKind.MEDICAL),
    }
    title = _("Claim %(number)s") % {"number": claim.number}
    return render_page(request, "admin/pages/claim_desk.html", title=title, context=context, status=status)


def seen_of(verdict: Verdict) -> str:
    """What a decide form carries of the result that its page showed."""
    return f"{verdict.outcome.value} {verdict.amount} {verdict.ordinal or ''}".strip()


def working_of(verdict: Verdict) -> Working:
    """A verdict's sentences in the active language."""
    return Working(
        verdict.outcome.value,
        verdict.amount,
        _said(verdict.lines),
        [sentence(note) for note in verdict.reasons],
        [sentence(note) for note in verdict.flags],
        verdict.ruleset,
    )


def frozen_of(decision: Decision) -> Working:
    """A decision's stored sentences in the active language."""
    return Working(
        decision.computed_outcome,
        decision.amount,
        _said(lines_of(decision.lines)),
        _noted(notes_of(decision.reasons)),
        _noted(notes_of(decision.flags)),
        decision.ruleset,
    )


_TOTALS = {Code.BASE: "sum", Code.PAY: "total", Code.SETTLE_DIFFERENCE: "other"}


def _said(lines: Iterable[Line]) -> list[tuple[str, Decimal, str]]:
    """Sentence, amount, and how the line is drawn."""
    return [(sentence(line), line.amount, _TOTALS.get(line.code, "")) for line in lines]


def _noted(notes: Iterable[Note]) -> list[str]:
    return [sentence(note) for note in notes]


def _results(request: HttpRequest, one: Opened) -> dict[str, Any]:
    """The working to show: of the standing decision if there is one, else of the rules now."""
    may_see = request.user.has_perm("claims.view_decision")
    decision = one.standing if may_see else None
    now = None if one.claim.state in CLOSED else working_of(one.verdict)
    frozen = None if decision is None else frozen_of(decision)
    differs = (
        decision is not None
        and now is not None
        and decision.outcome == DecisionOutcome.PAY
        and (now.outcome, now.amount) != (decision.computed_outcome, decision.amount)
    )
    return {
        "decision": decision,
        "decisions": one.decisions if may_see else [],
        "is_open": one.claim.state not in CLOSED,
        "working": frozen or now,
        "is_frozen": frozen is not None,
        "now": now if differs else None,
        "verdict": one.verdict,
        "terms": one.claim.coverage and one.claim.coverage.plan_version,
    }


def _statement(claim: Claim, versions: list[Version]) -> dict[str, Any]:
    """Dates, figures and payee, with what was first submitted beside what was changed since."""
    first: dict[str, str] = {}
    for version in versions[:-1]:
        first |= {change.name: change.old for change in version.changes}

    def fact(name: str) -> Fact:
        value = shown(name, getattr(claim, name))
        was = first.get(name, "")
        return Fact(name, LABELS[name], value, was if was != value else "")

    figures = {name: getattr(claim, name) for name in AMOUNTS}
    parts = sum((figures[name] or ZERO for name in _PARTS), ZERO)
    off = (figures["total"] or ZERO) - parts
    return {
        "stay": [fact(name) for name in ("hospital", *DATES)],
        "nights": (claim.discharged - claim.admitted).days if claim.discharged and claim.admitted else None,
        "total": fact("total"),
        "figures": [fact(name) for name in _PARTS],
        "other_paid": fact("other_paid"),
        "parts": parts,
        "off": off if abs(off) > _TOLERANCE else None,
        "holder": fact("payee_name"),
        "holder_reason": claim.other_holder_reason,
        "bank": fact("bank_name"),
        "account": Fact(
            "account", LABELS["account"], shown("account", claim.account), first.get("account", "")
        ),
        "invoice": shown("invoice_no", claim.invoice_no),
        "warnings": warnings_for(claim),
    }


def _around(request: HttpRequest, one: Opened) -> dict[str, Any]:
    """What stands beside the claim: cover, other stays, findings, questions, appeals, money."""
    claim, may = one.claim, request.user.has_perm

    asked = in_scope(request, Question).filter(claim=claim).select_related("asked_by").order_by("-pk")
    questions = list(asked) if may("claims.view_question") else []
    for one_question in questions:
        kinds = [str(PaperKind(kind).label) for kind in one_question.missing]
        one_question.kinds = ", ".join(kinds)  # type: ignore[attr-defined]
    return {
        "covers": list(
            in_scope(request, Coverage)
            .filter(worker=claim.worker_id)
            .select_related("plan_version__plan")
            .order_by("-period")
        ),
        "stays": _stays(one),
        "ordinal": numbered(one.facts).get(claim.number or ""),
        "findings": _findings(request, claim) if may("claims.view_finding") else [],
        "questions": questions,
        "appeals": one.appeals if may("claims.view_appeal") else [],
        "money": _money(request, claim) if may("claims.view_obligation") else [],
    }


def _stays(one: Opened) -> list[StayRow]:
    """The worker's other claims, the latest admission first."""
    ordinals = numbered(one.facts)
    stands = {stay.id: stay.approved_amount for stay in one.facts.stays}
    return [
        StayRow(other, ordinals.get(other.number or ""), stands.get(other.number or ""))
        for other in one.others
    ]


def _findings(request: HttpRequest, claim: Claim) -> list[FindingRow]:
    """Open ones first. Of a counterpart outside the scope only that there is one (invariant 9)."""
    seen = filed_claims(request)
    found = (
        findings_of(claim)
        .select_related("cleared_by", "claim__worker", "other__worker")
        .annotate(
            claim_seen=Exists(seen.filter(pk=OuterRef("claim_id"))),
            other_seen=Exists(seen.filter(pk=OuterRef("other_id"))),
        )
        .order_by(F("cleared_at").asc(nulls_first=True), "-weight", "pk")
    )
    rows = []
    for one in found:
        is_younger = one.claim_id == claim.pk
        other, is_seen = (one.other, one.other_seen) if is_younger else (one.claim, one.claim_seen)
        rows.append(FindingRow(one, other if is_seen else None, other is not None and not is_seen))
    return rows


def _money(request: HttpRequest, claim: Claim) -> list[Obligation]:
    """What was owed through the claim or for it, with its latest payment."""
    owed = in_scope(request, Obligation).filter(Q(claim=claim) | Q(decision__claim=claim))
    return list(owed.select_related("claim").prefetch_related("payments").order_by("pk"))


def _employers(request: HttpRequest, claim: Claim) -> list[str]:
    """Where the worker serves or served, as far as the reader may know."""
    found = in_scope(request, Membership).filter(worker=claim.worker_id).order_by("-pk")
    return list(dict.fromkeys(found.values_list("enterprise__name", flat=True)[:5]))


def _changed_since(decisions: list[Decision], versions: list[Version]) -> list[Version]:
    """Versions made after the last decision that they voided: why the claim is back on the desk."""
    if not decisions or decisions[0].state != DecisionState.VOID or not versions:
        return []
    return [version for version in versions if version.number > decisions[0].version]


def _forms(one: Opened, turn: Turn, bound: forms.DeskForm | None) -> dict[str, Any]:
    """A form for each act that the person may take; the refused one keeps what was typed, its hidden
    values are fresh.
    """
    decision = one.standing
    open_key = decision.pk if decision is not None and decision.state != DecisionState.APPROVED else None
    fresh = {
        "version": one.claim.version,
        "seen": seen_of(one.verdict),
        "over": open_key,
        "decision": open_key,
        "state": one.claim.state,
    }
    made = {kind.name: kind(initial=fresh) for kind in turn.forms()}
    if bound is not None:
        bound.refresh(fresh)
        if bound.name in made:
            made[bound.name] = bound
    orphan = bound is not None and bound.name not in made
    return {"forms": made, "refused": bound, "typed": list(bound.typed()) if orphan and bound else []}
