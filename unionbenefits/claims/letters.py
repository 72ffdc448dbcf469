"""The decision letter (核定通知书) as PDF: always Chinese, whatever language the screen has.

It says what the page of the claim says: the frozen lines of the decision, never worked out anew.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _, override

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.enums import DecisionOutcome, DecisionState
from unionbenefits.claims.frozen import lines_of, notes_of
from unionbenefits.claims.models import Claim, ClaimsFund, Decision
from unionbenefits.claims.payouts import Payout, payout_of
from unionbenefits.claims.queries import appeal_until
from unionbenefits.claims.rules import Code, Line, Outcome
from unionbenefits.claims.wording import sentence
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound
from unionbenefits.core.masking import mask_document
from unionbenefits.core.money import capitals, show
from unionbenefits.core.pdf import template
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.models import IdentityDocument

_TEMPLATE: Final = Path(__file__).parent / "paper" / "letter.typ"
_HOTLINE: Final = "12351"


def letter_of(claim: Claim) -> tuple[str, bytes]:
    """File name and PDF of the letter about the decision that stands. Writes nothing.

    Raises NotFound `no_decision` until the third person has approved, and once the decision is void.
    """
    decision = told_decision(claim)
    if decision is None:
        raise NotFound("no_decision", _("There is no decision on this claim yet."))
    return f"核定通知书-{claim.number}.pdf", letter(decision)


def print_letter(*, by: Actor, claim: Claim) -> tuple[str, bytes]:
    """The same, logged: for whoever may see the claim. Raises NotFound `no_decision`."""
    made = letter_of(claim)
    with act("claim.letter", by=by) as doing:
        doing.about = claim
    return made


def told_decision(claim: Claim) -> Decision | None:
    """The decision that the worker was told and that still stands."""
    found: Decision | None = (
        claim.decisions.filter(state=DecisionState.APPROVED)
        .select_related("plan_version__plan", "claim_version")
        .order_by("-approved_at", "-pk")
        .first()
    )
    return found


def letter(decision: Decision) -> bytes:
    """The PDF of an approved decision; the same decision always gives the same letter."""
    with override("zh-hans"):
        return template(_TEMPLATE).render(letter_data(decision), tagged=True)


def letter_data(decision: Decision) -> dict[str, Any]:
    """The fields of the template, as Chinese text. Expects Chinese to be the active language."""
    claim, coverage = decision.claim, decision.claim.coverage
    assert coverage is not None
    assert decision.approved_at is not None
    payout = payout_of(decision)
    pays = decision.outcome == DecisionOutcome.PAY
    return {
        "number": claim.number,
        "name": claim.worker.name,
        "document": _document(claim),
        "filed": _day(clock.local(claim.filed_at).date()) if claim.filed_at else "",
        "plan": coverage.plan.name,
        "cover": _cover(coverage),
        "hospital": claim.hospital,
        "stay": _stay(claim),
        "pays": pays,
        "ordinal": decision.ordinal or 0,
        "amount": show(decision.amount),
        "capitals": capitals(decision.amount),
        "lines": [[sentence(one), show(one.amount), one.code is Code.PAY] for one in working_of(decision)],
        "reasons": reasons_of(decision),
        "notes": notes_beside(decision),
        "settled": _settled(payout) if pays else [],
        "now": show(payout.now) if payout.differs and pays else "",
        "payment": _payment(decision, payout) if pays else "",
        "issuer": _issuer(coverage),
        "date": _day(clock.local(decision.approved_at).date()),
        "appeal": _appeal(decision),
        "address": settings.PUBLIC_URL.split("://", 1)[-1],
        "hotline": _HOTLINE,
    }


def working_of(decision: Decision) -> list[Line]:
    """The lines of the working; none where a person rejected what the rules would pay.

    Differences of other stays are left out: `payouts.payout_of` says what became of them.
    """
    by_hand = decision.computed_outcome != Outcome.REJECT.value
    if decision.outcome == DecisionOutcome.REJECT and by_hand:
        return []
    return [one for one in lines_of(decision.lines) if one.code is not Code.SETTLE_DIFFERENCE]


def reasons_of(decision: Decision) -> list[str]:
    """Why nothing is paid, in the active language: the rules' reasons, or the words of who decided."""
    if decision.outcome != DecisionOutcome.REJECT:
        return []
    if decision.computed_outcome != Outcome.REJECT.value:
        return [decision.note]
    return [sentence(one) for one in notes_of(decision.reasons)]


def notes_beside(decision: Decision) -> list[str]:
    """What else was looked at: reasons that a person settled, and flags. In the active language."""
    rejected = decision.computed_outcome == Outcome.REJECT.value
    settled = [] if rejected else notes_of(decision.reasons)
    shown = [_("An officer looked into this: %(what)s") % {"what": sentence(one)} for one in settled]
    flags = notes_of(decision.flags)
    return shown + [sentence(one) for one in flags if one.code is not Code.SETTLE_DIFFERENCE]


def _document(claim: Claim) -> str:
    """The masked number of the oldest document in use."""
    live = IdentityDocument.objects.filter(worker=claim.worker_id, retired_at__isnull=True)
    oldest = live.order_by("pk").first()
    return "—" if oldest is None else mask_document(oldest.number)


def _stay(claim: Claim) -> str:
    assert claim.admitted is not None
    assert claim.discharged is not None
    return f"{_day(claim.admitted)} 至 {_day(claim.discharged)}"


def _cover(coverage: Coverage) -> str:
    """Number and days of the cover; what was issued where nothing of it held."""
    period = coverage.period if coverage.live_period.isempty else coverage.live_period
    first, last = first_day(period), last_day(period)
    assert first is not None
    assert last is not None
    return f"{grouped(coverage.certificate_no)}（{_day(first)} 至 {_day(last)}）"


def _settled(payout: Payout) -> list[list[str]]:
    """What is taken off the amount."""
    lines = [
        [f"扣回申请 {one.claim.number} 多付部分（住院次序有变）", show(one.amount)] for one in payout.deducted
    ]
    if payout.before:
        lines.append(["此前已付", show(-payout.before)])
    return lines


def _payment(decision: Decision, payout: Payout) -> str:
    """How the money comes: to the account that the decision was made with, named by its end."""
    extra = "".join(f"另补付申请 {one.claim.number} 的差额 {show(one.amount)} 元。" for one in payout.extra)
    if not payout.now:
        return extra or "本次无需另行支付。"
    submitted = json.loads(decision.claim_version.sealed)
    account, bank = submitted.get("account") or "", submitted.get("bank_name") or ""
    holder = submitted.get("payee_name") or decision.claim.worker.name
    to = f"{bank}户名为“{holder}”、" + (f"尾号 {account[-4:]} 的账户" if account else "的账户")
    return f"互助金 {show(payout.now)} 元将通过银行汇入{to}，到账后另行通知。{extra}"


def _appeal(decision: Decision) -> str:
    last = appeal_until(decision)
    return "可以申诉" if last is None else f"可以在 {_day(last)} 以前（含当日）申诉"


def _issuer(coverage: Coverage) -> str:
    """Who decides: the owner of the fund that pays the claims of the plan, else whoever gave the cover."""
    link = (
        ClaimsFund.objects.filter(plan=coverage.plan_id)
        .select_related("fund__owner")
        .order_by("order")
        .first()
    )
    return coverage.given_by.name if link is None else link.fund.owner.name


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
