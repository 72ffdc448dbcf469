"""Reads of claims: the facts of a decision, what is missing, what is owed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from unionbenefits.claims.enums import (
    ClaimState,
    DecisionState,
    DifferenceState,
    ObligationKind,
    ObligationState,
    PaperKind,
)
from unionbenefits.claims.models import Claim, Decision, Difference, Finding, Obligation, Paper, Refund
from unionbenefits.claims.rules import (
    Coverage as Cover,
    Facts,
    PlanTerms,
    Stay,
    StayState,
    Straddle,
    Verdict,
    adjudicate,
)
from unionbenefits.claims.texts import LABELS, passes_luhn
from unionbenefits.core import clock
from unionbenefits.core.money import ZERO
from unionbenefits.plans.models import Coverage, PlanVersion, usual_papers
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.models import Worker
from unionbenefits.workers.names import name_key

# What has to be said before a claim can be sent; the rest counts as zero or is looked up on the papers.
NEEDED = ("hospital", "admitted", "discharged", "total", "self_paid", "payee_name", "account", "bank_name")
STANDING = (ObligationState.DUE, ObligationState.PAID)
_STATES = {
    ClaimState.REJECTED: StayState.REJECTED,
    ClaimState.WITHDRAWN: StayState.WITHDRAWN,
    ClaimState.APPROVED: StayState.APPROVED,
}


def terms_of(version: PlanVersion) -> PlanTerms:
    """The numbers of a plan version as the rules read them."""
    return PlanTerms(
        rates=tuple(version.rates),
        deductible=version.deductible,
        cap_per_stay=version.cap_per_stay,
        cap_per_period=version.cap_per_period,
        waiting_days=version.waiting_days,
        straddle=Straddle(version.straddle),
        episode_gap_days=version.episode_gap_days,
        filing_deadline_days=version.filing_deadline_days,
    )


def cover_of(coverage: Coverage) -> Cover:
    """A coverage as the rules read it: what was issued, and from when it was cancelled."""
    start, end = first_day(coverage.period), last_day(coverage.period)
    assert start is not None
    assert end is not None
    return Cover(start, end, coverage.first_enrolment, coverage.cancelled_from)


def coverage_for(worker: Worker, admitted: dt.date, discharged: dt.date | None) -> Coverage | None:
    """The cover that a stay is held against: in force on admission, else issued for it, else one that the
    stay reaches, else the latest before it, else any. None where the worker never had one.

    A stay outside every cover is thus decided by the terms nearest to it, in writing.
    """
    end = discharged or admitted

    def rank(cover: Coverage) -> tuple[bool, bool, bool, bool, int]:
        first, last = first_day(cover.period), last_day(cover.period)
        assert first is not None
        assert last is not None
        return (
            admitted in cover.live_period,
            first <= admitted <= last,
            first <= end and admitted <= last,
            last < admitted,
            -min(abs((first - admitted).days), abs((last - admitted).days)),
        )

    covers = list(Coverage.objects.filter(worker=worker).select_related("plan_version", "plan"))
    return max(covers, key=rank, default=None)


def facts_for(claim: Claim, filed: dt.date | None = None, others: Iterable[Claim] | None = None) -> Facts:
    """The facts of a decision on the claim as it is now: its stay among the worker's others of the plan.

    A draft is taken as filed today. `others` are all other claims that the worker sent, with their cover,
    where the caller has read them. Two queries, one where it has. Raises AssertionError where admission or
    the self-paid part are not said yet.
    """
    assert claim.admitted is not None
    coverage = claim.coverage or coverage_for(claim.worker, claim.admitted, claim.discharged)
    day = filed or (clock.local(claim.filed_at).date() if claim.filed_at else clock.today())
    stays = [_stay(claim, StayState.FILED, None, day)]
    if coverage is not None:
        same_plan = _others(claim, coverage) if others is None else _of_plan(others, coverage)
        sums = approved_amounts(other.pk for other in same_plan)
        stays += [_other_stay(other, sums) for other in same_plan]
    return Facts(
        plan=PlanTerms() if coverage is None else terms_of(coverage.plan_version),
        coverage=None if coverage is None else cover_of(coverage),
        stays=tuple(stays),
        decide=stay_id(claim),
        died_on=claim.worker.died_on,
    )


def verdict_for(claim: Claim) -> Verdict:
    """What the rules say of the claim as it is now: the estimate before sending and the desk's working."""
    return adjudicate(facts_for(claim))


def stay_id(claim: Claim) -> str:
    """What the rules call its stay: the claim's number, which people know."""
    return claim.number or "draft"


def approved_amounts(claims: Iterable[int]) -> dict[int, Decimal]:
    """What each claim stands at, 元: owed and paid, less what was given back; a deduction counts for the
    claim that it was made from and against the one it was about. Money that came back does not count (C126).
    One query.
    """
    wanted = list(claims)
    owed = Obligation.objects.filter(claim__in=wanted, state__in=STANDING)
    given_back = Refund.objects.filter(obligation__claim__in=wanted, obligation__state__in=STANDING)
    deducted = Difference.objects.filter(
        state=DifferenceState.DEDUCTED, decision__state=DecisionState.APPROVED
    )
    parts = [
        _sums(owed, "claim", Sum("amount")),
        _sums(given_back, "obligation__claim", -Sum("amount")),
        _sums(deducted.filter(claim__in=wanted), "claim", Sum("amount")),
        _sums(deducted.filter(decision__claim__in=wanted), "decision__claim", -Sum("amount")),
    ]
    sums: dict[int, Decimal] = {}
    for claim, part in parts[0].union(*parts[1:], all=True):
        sums[claim] = sums.get(claim, ZERO) + part
    return sums


def _sums(rows: "QuerySet[Any]", claim: str, sum_: Any) -> "QuerySet[Any, tuple[int, Decimal]]":
    """(key of the claim, sum) for a UNION."""
    found: QuerySet[Any, tuple[int, Decimal]] = rows.order_by().values_list(claim).annotate(part=sum_)
    return found


def approved_amount(claim: Claim) -> Decimal:
    """What one claim stands at, 元."""
    return approved_amounts([claim.pk]).get(claim.pk, ZERO)


def cap_used(coverage: Coverage) -> Decimal:
    """What counts towards the cap of the period, 元: owed and paid under this coverage, less refunds."""
    owed = Obligation.objects.filter(claim__coverage=coverage, state__in=STANDING)
    back = Refund.objects.filter(obligation__in=owed)
    total: Decimal = owed.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    refunded: Decimal = back.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    return total - refunded


def missing_facts(claim: Claim) -> list[str]:
    """Names of the fields that have to be filled before sending; `texts.LABELS` names them for people."""
    missing = [name for name in NEEDED if getattr(claim, name) in (None, "")]
    if holder_differs(claim) and not claim.other_holder_reason:
        missing.append("other_holder_reason")
    return missing


def missing_papers(claim: Claim) -> list[PaperKind]:
    """Kinds of papers that still have to be added before sending."""
    there = set(current_papers(claim).values_list("kind", flat=True))
    return [kind for kind in required_papers(claim) if kind not in there]


def required_papers(claim: Claim) -> list[PaperKind]:
    """Kinds of papers that the claim cannot be sent without: those of the plan version whose cover the stay
    is held against, and an authorisation where somebody else holds the account.

    Before the day of admission is said, the worker's newest cover tells; without one, the usual papers.
    """
    version = plan_version_for(claim)
    asked = [PaperKind(kind) for kind in (usual_papers() if version is None else version.required_papers)]
    if holder_differs(claim) and PaperKind.AUTHORISATION not in asked:
        asked.append(PaperKind.AUTHORISATION)
    return asked


def plan_version_for(claim: Claim) -> PlanVersion | None:
    """The terms that the claim is under, or would be if it were sent now. One query for a draft."""
    if claim.coverage is not None:
        return claim.coverage.plan_version
    if claim.admitted is not None:
        found = coverage_for(claim.worker, claim.admitted, claim.discharged)
    else:
        newest = Coverage.objects.filter(worker=claim.worker_id).select_related("plan_version")
        found = newest.order_by("-period").first()
    return None if found is None else found.plan_version


def holder_differs(claim: Claim) -> bool:
    """Whether somebody else than the worker holds the account: needs a reason and an authorisation (C120)."""
    return bool(claim.payee_name) and name_key(claim.payee_name) != claim.worker.name_key


def warnings_for(claim: Claim) -> list[str]:
    """Codes of what is worth a second look but stops nothing: `account_luhn`, `other_holder`."""
    found = []
    if claim.account and not passes_luhn(claim.account):
        found.append("account_luhn")
    if holder_differs(claim):
        found.append("other_holder")
    return found


def field_labels(names: Iterable[str]) -> list[str]:
    """The names of fields as people read them."""
    return [str(LABELS[name]) for name in names]


def current_papers(claim: Claim) -> QuerySet[Paper]:
    """Papers that were neither replaced nor taken out."""
    found: QuerySet[Paper] = claim.papers.filter(replaced_by__isnull=True, removed_at__isnull=True)
    return found


def other_claims(claim: Claim) -> QuerySet[Claim]:
    """The worker's other claims, the latest admission first."""
    found: QuerySet[Claim] = (
        Claim.objects.filter(worker_id=claim.worker_id).exclude(pk=claim.pk).exclude(state=ClaimState.DRAFT)
    )
    return found.order_by("-admitted", "-pk")


def findings_of(claim: Claim) -> QuerySet[Finding]:
    """What ranks the claim, in whichever direction a pair was found; the heaviest first."""
    found: QuerySet[Finding] = Finding.objects.filter(Q(claim=claim) | Q(other=claim))
    return found.select_related("claim", "other").order_by("-weight", "pk")


def standing_decision(claim: Claim) -> Decision | None:
    """The decision that counts or is on its way."""
    states = (DecisionState.PROPOSED, DecisionState.REVIEWED, DecisionState.APPROVED)
    found: Decision | None = claim.decisions.filter(state__in=states).order_by("-pk").first()
    return found


def appeal_until(decision: Decision) -> dt.date | None:
    """The last day to appeal against an approved decision; None where the plan sets no limit."""
    days = decision.plan_version.appeal_days
    if days is None or decision.approved_at is None:
        return None
    return clock.local(decision.approved_at).date() + dt.timedelta(days=days)


def first_obligation(decision: Decision) -> Obligation | None:
    """What the decision itself made owed."""
    found: Obligation | None = decision.obligations.filter(kind=ObligationKind.DECISION).first()
    return found


def _others(claim: Claim, coverage: Coverage) -> list[Claim]:
    same_plan = Claim.objects.filter(worker_id=claim.worker_id, coverage__plan_id=coverage.plan_id)
    return list(same_plan.exclude(pk=claim.pk).exclude(state=ClaimState.DRAFT).exclude(number=None))


def _of_plan(others: Iterable[Claim], coverage: Coverage) -> list[Claim]:
    return [one for one in others if one.coverage is not None and one.coverage.plan_id == coverage.plan_id]


def _other_stay(other: Claim, sums: dict[int, Decimal]) -> Stay:
    """A claim that is decided anew while money for it stands still counts as approved."""
    stands = other.state == ClaimState.APPROVED or sums.get(other.pk, ZERO) > 0
    state = StayState.APPROVED if stands else _STATES.get(ClaimState(other.state), StayState.FILED)
    assert other.filed_at is not None
    filed = clock.local(other.filed_at).date()
    return _stay(other, state, sums.get(other.pk, ZERO) if stands else None, filed)


def _stay(claim: Claim, state: StayState, approved: Decimal | None, filed: dt.date) -> Stay:
    assert claim.admitted is not None
    return Stay(
        id=stay_id(claim),
        admitted=claim.admitted,
        discharged=claim.discharged,
        settled=claim.settled,
        filed=filed,
        hospital=claim.hospital_key,
        total=claim.total,
        pooled_fund=claim.pooled_fund or ZERO,
        supplementary=claim.supplementary or ZERO,
        medical_aid=claim.medical_aid or ZERO,
        self_paid=claim.self_paid or ZERO,
        own_expense=claim.own_expense or ZERO,
        other_paid=claim.other_paid or ZERO,
        state=state,
        approved_amount=approved,
    )
