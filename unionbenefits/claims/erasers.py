"""How claims forget a person: hospital, account, words and papers go; amounts and who decided stay.

A payment's payee is an accounting voucher, and so are the statement and the invoice behind it: the former is
sealed apart (`workers.erasing`), the latter stay sealed, and nobody opens them, until their time is over.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.audit.scrubbing import GONE, WORDS, scrub
from unionbenefits.claims.enums import (
    OPEN,
    AppealState,
    ClaimState,
    DifferenceState,
    ObligationState,
    PaperKind,
    PaymentState,
)
from unionbenefits.claims.models import (
    Appeal,
    Claim,
    ClaimVersion,
    Decision,
    Difference,
    Finding,
    Obligation,
    Paper,
    PaperFile,
    Payment,
    Question,
    Refund,
    SecondLook,
)
from unionbenefits.workers.erasing import Obstacle, Voucher, erases, is_voucher, stands_in_the_way

_UNSETTLED = (ObligationState.DUE, ObligationState.RETURNED)
_AT_THE_BANK = (PaymentState.WAITING, PaymentState.SUBMITTED, PaymentState.UNKNOWN)
_ARRIVED = (PaymentState.SUCCEEDED, PaymentState.RETURNED)
VOUCHER_PAPERS = (PaperKind.STATEMENT, PaperKind.INVOICE)
_NOTHING = b""


@stands_in_the_way
def claims_under_way(worker_id: int) -> Iterator[Obstacle]:
    """Claims to be decided, appeals, money that is owed or at the bank."""
    mine = Claim.objects.filter(worker=worker_id)
    for claim in mine.filter(state__in=OPEN):
        yield Obstacle("claim_open", _("Claim %(number)s is not decided.") % {"number": claim.number})
    for appeal in Appeal.objects.filter(claim__worker=worker_id, state=AppealState.OPEN).select_related(
        "claim"
    ):
        yield Obstacle(
            "appeal_open", _("The appeal on claim %(number)s is open.") % {"number": appeal.claim.number}
        )
    if Difference.objects.filter(claim__worker=worker_id, state=DifferenceState.OPEN).exists():
        yield Obstacle("difference_open", _("A difference between stays is not settled."))
    for owed in Obligation.objects.filter(claim__worker=worker_id, state__in=_UNSETTLED).select_related(
        "claim"
    ):
        yield Obstacle("payment_due", _("Claim %(number)s is not paid yet.") % {"number": owed.claim.number})
    under_way = Payment.objects.filter(obligation__claim__worker=worker_id, state__in=_AT_THE_BANK)
    if under_way.exclude(obligation__state__in=_UNSETTLED).exists():
        yield Obstacle("payment_under_way", _("A payment is at the bank."))


@is_voucher
def payments(worker_id: int) -> Iterator[Voucher]:
    """Whom the bank paid, what and for which stay; also what came back."""
    paid = Payment.objects.filter(obligation__claim__worker=worker_id, state__in=_ARRIVED)
    for payment in paid.select_related("obligation__claim").order_by("pk"):
        claim = payment.obligation.claim
        day = payment.paid_on or payment.returned_on or payment.submitted_on
        if day is None:
            continue
        yield Voucher(
            day,
            {
                "payment": payment.order_no,
                "amount": payment.amount,
                "state": payment.state,
                "payee": payment.payee_name,
                "account": payment.account,
                "bank": payment.bank_name,
                "claim": claim.number,
                "hospital": claim.hospital,
                "invoice": claim.invoice_no,
            },
        )


@erases
def claims(worker_id: int) -> None:
    """All claims of the person, drafts included."""
    keys = list(Claim.objects.filter(worker=worker_id).values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys, state=ClaimState.DRAFT).update(state=ClaimState.WITHDRAWN)
    _papers(keys)
    forget_claims(keys)
    _decisions(keys)
    paid = list(Payment.objects.filter(obligation__claim__in=keys).values_list("pk", flat=True))
    scrub(Payment, paid, payee_name=GONE, account="", account_digest=_NOTHING, bank_name="")


def forget_claims(keys: Collection[int]) -> None:
    """What was written into the claims, in all their versions and in their history."""
    scrub(
        Claim,
        keys,
        hospital="",
        hospital_key="",
        invoice_no=None,
        invoice_digest=None,
        payee_name="",
        account=None,
        account_digest=None,
        bank_name="",
        other_holder_reason="",
        filing_reason=WORDS,
        closing_reason=WORDS,
    )
    for version in ClaimVersion.objects.filter(claim__in=keys).only("pk", "facts"):
        facts = version.facts | {"hospital": None, "papers": []}
        scrub(ClaimVersion, [version.pk], facts=facts, sealed="{}")
    _words(Question, keys, text=WORDS, answer=WORDS)


def _papers(keys: Collection[int]) -> None:
    """Their bytes go, but for the vouchers of what was paid; what is left tells no picture."""
    papers = Paper.objects.filter(claim__in=keys)
    vouchers = papers.filter(
        kind__in=VOUCHER_PAPERS, claim__obligations__payments__state__in=_ARRIVED
    ).values("pk")
    PaperFile.objects.filter(paper__claim__in=keys).exclude(paper__in=vouchers).delete()
    scrub(Paper, list(papers.values_list("pk", flat=True)), sha256="", picture_hash=None)


def _decisions(keys: Collection[int]) -> None:
    """What was decided stays, with its figures; the hospital and the words go."""
    for decision in Decision.objects.filter(claim__in=keys).only("pk", "facts"):
        scrub(Decision, [decision.pk], facts=_without_hospitals(decision.facts))
    _words(Decision, keys, note=WORDS, return_reason=WORDS)
    _words(Appeal, keys, text=WORDS, answer=WORDS)
    _words(Difference, keys, reason=WORDS)
    _words(Finding, keys, clear_reason=WORDS)
    _words(Obligation, keys, reason=WORDS)
    looks = SecondLook.objects.filter(decision__claim__in=keys)
    scrub(SecondLook, list(looks.values_list("pk", flat=True)), note=WORDS)
    refunds = Refund.objects.filter(obligation__claim__in=keys)
    scrub(Refund, list(refunds.values_list("pk", flat=True)), reason=WORDS)


def _words(model: type[Any], claims: Collection[int], **values: Any) -> None:
    scrub(model, list(model.objects.filter(claim__in=claims).values_list("pk", flat=True)), **values)


def _without_hospitals(facts: dict[str, Any]) -> dict[str, Any]:
    stays = [stay | {"hospital": ""} for stay in facts.get("stays", [])]
    return facts | {"stays": stays} if stays else facts
