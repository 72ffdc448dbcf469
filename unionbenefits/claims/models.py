"""Claims: what a worker files for a hospital stay, and every version of it."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.claims import guards
from unionbenefits.claims.checking_models import LookRule, Replay, ReplayDifference, SecondLook
from unionbenefits.claims.decision_models import Appeal, ApprovalLimit, Decision, Difference
from unionbenefits.claims.enums import ClaimState, FiledThrough
from unionbenefits.claims.owed_models import ClaimsFund, Obligation, ObligationEntry, Refund
from unionbenefits.claims.paper_models import Finding, Paper, PaperFile, Question
from unionbenefits.claims.payment_models import BankProfile, Payment, PaymentBatch, ResultFile, ResultLine
from unionbenefits.claims.querysets import ClaimPartQuerySet, ClaimQuerySet
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.models import Coverage, kept
from unionbenefits.workers.models import Consent, Worker

__all__ = [
    "Appeal", "ApprovalLimit", "BankProfile", "Claim", "ClaimVersion", "ClaimsFund", "Decision", "Difference",
    "Finding", "LookRule", "Obligation", "ObligationEntry", "Paper", "PaperFile", "Payment", "PaymentBatch",
    "Question", "Refund", "Replay", "ReplayDifference", "ResultFile", "ResultLine", "SecondLook",
]  # fmt: skip


_FIGURES = (
    "total",
    "pooled_fund",
    "supplementary",
    "medical_aid",
    "self_paid",
    "own_expense",
    "other_paid",
)


def _not_negative() -> Q:
    """Every figure of the statement is unsaid or zero or more."""
    return Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in _FIGURES))


@tracked
class Claim(models.Model):
    """One application for one hospital stay (互助金申请), from the first tap on.

    `key` comes from the form: however often it is sent, there is one claim (case C106). `version` grows with
    every change of what was submitted, and voids what was decided about an older one (invariant 6). Transfers
    within the plan's gap are claims of their own and count as one episode (design §6). Whether it is paid is
    told by its obligations. Written only by `claims.actions`.
    """

    number = models.CharField(_("number"), max_length=16, null=True, blank=True)
    key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="claims", verbose_name=_("worker"))
    coverage = models.ForeignKey(
        Coverage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("coverage"),
        help_text=_("The cover that the stay is held against, found at filing."),
    )
    state = models.CharField(_("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    step = models.PositiveSmallIntegerField(_("step of the draft"), default=1)

    hospital = models.CharField(_("hospital"), max_length=120, blank=True)
    hospital_key = models.CharField(_("hospital for comparison"), max_length=120, blank=True, editable=False)
    admitted = models.DateField(_("admitted on"), null=True, blank=True)
    discharged = models.DateField(_("discharged on"), null=True, blank=True)
    settled = models.DateField(_("settled on"), null=True, blank=True)
    total = MoneyField(_("total"), null=True, blank=True)
    pooled_fund = MoneyField(_("paid by the pooled fund"), null=True, blank=True)
    supplementary = MoneyField(_("paid by supplementary insurance"), null=True, blank=True)
    medical_aid = MoneyField(_("paid by medical aid"), null=True, blank=True)
    self_paid = MoneyField(_("self-paid within the insured costs"), null=True, blank=True)
    own_expense = MoneyField(_("own expense"), null=True, blank=True)
    other_paid = MoneyField(_("paid of it by other schemes"), null=True, blank=True)
    invoice_no = SealedTextField(_("invoice number"), null=True, blank=True)
    invoice_digest = BlindIndexField(_("invoice index"), purpose="claim.invoice", null=True, blank=True)

    payee_name = models.CharField(_("account holder"), max_length=100, blank=True)
    account = SealedTextField(_("bank account"), null=True, blank=True)
    account_digest = BlindIndexField(_("account index"), purpose="claim.account", null=True, blank=True)
    bank_name = models.CharField(_("bank"), max_length=80, blank=True)
    other_holder_reason = models.CharField(
        _("why another person holds the account"), max_length=200, blank=True
    )

    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("consent to the use of medical data"),
    )
    filed_through = models.CharField(
        _("filed"), max_length=8, choices=FiledThrough.choices, default=FiledThrough.WORKER
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="filed_claims",
        verbose_name=_("filed by officer"),
    )
    filing_reason = models.CharField(_("why an officer filed"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("begun at"))
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    promised_on = models.DateField(_("answer promised by"), null=True, blank=True)
    asked_until = models.DateField(_("worker asked until"), null=True, blank=True)
    risk = models.PositiveSmallIntegerField(
        _("rank"), default=0, help_text=_("Sum of the weights of open findings; ranks, never rejects.")
    )
    closing_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            # The desk's worklist: open claims by promised day and rank.
            models.Index(
                fields=["promised_on", "-risk", "id"],
                name="claim_worklist",
                condition=Q(state__in=["filed", "asked", "decided", "reviewed"]),
            ),
            models.Index(
                fields=["invoice_digest"], name="claim_invoice", condition=Q(invoice_digest__isnull=False)
            ),
            models.Index(
                fields=["account_digest"], name="claim_account", condition=Q(account_digest__isnull=False)
            ),
            models.Index(fields=["hospital_key", "filed_at"], name="claim_hospital"),
            models.Index(
                fields=["filed_by", "filed_at"], name="claim_filed_by", condition=Q(filed_by__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="claim_number_once"),
            models.CheckConstraint(
                name="claim_filed_is_complete",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(
                    number__isnull=False,
                    coverage__isnull=False,
                    admitted__isnull=False,
                    discharged__isnull=False,
                    total__isnull=False,
                    self_paid__isnull=False,
                    filed_at__isnull=False,
                    consent__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="claim_dates_in_order",
                condition=Q(discharged__isnull=True)
                | Q(admitted__isnull=True)
                | Q(discharged__gte=F("admitted")),
            ),
            models.CheckConstraint(
                name="claim_officer_gives_reason",
                condition=Q(filed_through="worker", filed_by__isnull=True)
                | (Q(filed_through="officer", filed_by__isnull=False) & ~Q(filing_reason="")),
            ),
            models.CheckConstraint(
                name="claim_amounts_not_negative",
                condition=_not_negative(),
            ),
            models.CheckConstraint(
                name="claim_sealed_has_index",
                condition=Q(invoice_no__isnull=True, invoice_digest__isnull=True)
                | Q(invoice_no__isnull=False, invoice_digest__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_account_has_index",
                condition=Q(account__isnull=True, account_digest__isnull=True)
                | Q(account__isnull=False, account_digest__isnull=False),
            ),
        ]
        permissions: ClassVar = [
            ("file_claim", _("Can file a claim for a worker")),
            ("ask_claim", _("Can ask the worker for more")),
            ("clear_claim", _("Can clear a finding")),
        ]
        triggers: ClassVar = [
            *kept("claim"),
            pgtrigger.ReadOnly(name="claim_keeps_its_origin", fields=["worker", "key", "created_at"]),
            guards.voided_by_change(),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class ClaimVersion(models.Model):
    """What was submitted, as submitted (invariant 6): one row per version from filing on, never changed.

    `facts` are the figures, dates, hospital and papers (by key and SHA-256); `sealed` holds the invoice
    number, account and holder as JSON text.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="versions", verbose_name=_("claim"))
    version = models.PositiveIntegerField(_("version"))
    facts = models.JSONField(_("as submitted"))
    sealed = SealedTextField(_("numbers as submitted"))
    why = models.CharField(_("what changed"), max_length=40)
    made_by = models.CharField(_("made by"), max_length=150)
    made_at = models.DateTimeField(_("made at"))

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a claim")
        verbose_name_plural = _("versions of a claim")
        ordering: ClassVar = ["claim", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "version"], name="claim_version_once"),
        ]
        triggers: ClassVar = append_only("claim_version")

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.version}"
