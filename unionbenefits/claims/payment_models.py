"""Payments: batches for the bank, attempts to pay, and the bank's answers."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.claims import guards
from unionbenefits.claims.banking.layouts import (
    IN_HEADINGS,
    OUT_COLUMNS,
    STATUS_WORDS,
    Answer,
    FileFormat,
    In,
    Layout,
    Out,
)
from unionbenefits.claims.enums import LIVE_PAYMENTS, BatchState, PaymentState
from unionbenefits.claims.owed_models import Obligation
from unionbenefits.claims.querysets import ObligationPartQuerySet, OfficeQuerySet, ResultLineQuerySet
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.models import kept
from unionbenefits.plans.querysets import OpenQuerySet
from unionbenefits.unions.models import Union


def out_columns() -> list[list[str]]:
    """The common columns (domain.md §7), as pairs of meaning and heading."""
    return [[meaning.value, heading] for meaning, heading in OUT_COLUMNS]


def in_headings() -> dict[str, list[str]]:
    """The usual headings of result files, by meaning."""
    return {meaning.value: list(headings) for meaning, headings in IN_HEADINGS.items()}


def status_words() -> dict[str, str]:
    """The usual words for an outcome."""
    return {word: answer.value for word, answer in STATUS_WORDS.items()}


@tracked
class BankProfile(models.Model):
    """How a bank wants its batch files and writes its result files, as data (domain.md §7)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("bank"), max_length=80)
    format = models.CharField(
        _("format"),
        max_length=4,
        choices=[(one.value, one.value.upper()) for one in FileFormat],
        default=FileFormat.XLSX.value,
    )
    encoding = models.CharField(
        _("encoding"),
        max_length=12,
        choices=[("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")],
        default="utf-8-sig",
        help_text=_("Of CSV files."),
    )
    line_limit = models.PositiveIntegerField(_("lines per file"), default=3_000)
    out_columns = models.JSONField(_("columns of the batch file"), default=out_columns)
    in_headings = models.JSONField(_("headings of the result file"), default=in_headings)
    status_words = models.JSONField(_("words for an outcome"), default=status_words)
    purpose = models.CharField(_("purpose"), max_length=40, default="互助金")
    is_active = models.BooleanField(_("in use"), default=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank profile")
        verbose_name_plural = _("bank profiles")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    def layout(self) -> Layout:
        """What `claims.banking` reads and writes by. Raises ValueError for a meaning that is not known."""
        return Layout(
            format=FileFormat(self.format),
            encoding=self.encoding,
            line_limit=self.line_limit,
            out_columns=tuple((Out(meaning), heading) for meaning, heading in self.out_columns),
            in_headings={In(meaning): tuple(names) for meaning, names in self.in_headings.items()},
            status_words={word: Answer(answer) for word, answer in self.status_words.items()},
            purpose=self.purpose,
        )


@tracked
class PaymentBatch(models.Model):
    """Payments handed to the bank together (代发批次). Maker and checker are different people (invariant 7).

    `number` comes from a sequence and is never used twice; `digest` names the exact lines, and the check
    binds to it. How much of it is paid is told by its lines, never stored (case C128).
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    office = models.ForeignKey(
        Union, models.PROTECT, related_name="payment_batches", verbose_name=_("paying office")
    )
    profile = models.ForeignKey(
        BankProfile, models.PROTECT, related_name="batches", verbose_name=_("bank profile")
    )
    state = models.CharField(_("state"), max_length=10, choices=BatchState.choices, default=BatchState.MADE)
    count = models.PositiveIntegerField(_("payments"))
    total = MoneyField(_("sum"))
    digest = models.CharField(_("digest of the lines"), max_length=64)
    checked_digest = models.CharField(_("checked digest"), max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="made_payment_batches",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checked_payment_batches",
        verbose_name=_("checked by"),
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_payment_batches",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=200, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment batch")
        verbose_name_plural = _("payment batches")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payment_batch_checker_is_not_maker",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="payment_batch_checked_has_checker",
                condition=Q(state__in=["made", "cancelled"])
                | Q(checked_by__isnull=False, checked_at__isnull=False, checked_digest=F("digest")),
            ),
            models.CheckConstraint(
                name="payment_batch_submitted_has_person",
                condition=~Q(state="submitted") | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
        ]
        permissions: ClassVar = [
            ("make_paymentbatch", _("Can make a payment batch")),
            ("check_paymentbatch", _("Can check a payment batch of others")),
            ("submit_paymentbatch", _("Can hand a payment batch to the bank")),
            ("reconcile_paymentbatch", _("Can read the bank's results in")),
        ]
        triggers: ClassVar = [
            *kept("payment_batch"),
            pgtrigger.ReadOnly(
                name="payment_batch_keeps_its_origin", fields=["number", "office", "made_by", "made_at"]
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked
class Payment(models.Model):
    """One attempt to pay one obligation (支付): many attempts, at most one success (invariant 8).

    `order_no` is our number at the bank and is never used for another attempt; a correction is a new attempt
    that names the one before. The payee is kept as it was sent.
    """

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="payments", verbose_name=_("obligation")
    )
    batch = models.ForeignKey(
        PaymentBatch, models.PROTECT, related_name="payments", verbose_name=_("payment batch")
    )
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_attempt",
        verbose_name=_("attempt before"),
    )
    order_no = models.CharField(_("our number at the bank"), max_length=32, unique=True)
    amount = MoneyField(_("amount"))
    payee_name = models.CharField(_("account holder"), max_length=100)
    account = SealedTextField(_("bank account"))
    account_digest = BlindIndexField(_("account index"), purpose="claim.account")
    bank_name = models.CharField(_("bank"), max_length=80, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PaymentState.choices, default=PaymentState.WAITING
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=60, null=True, blank=True)
    reason = models.CharField(_("the bank's reason"), max_length=200, blank=True)

    objects = ObligationPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state__in=LIVE_PAYMENTS),
                name="payment_one_live_or_successful",
            ),
            models.UniqueConstraint(fields=["receipt"], name="payment_receipt_once"),
            models.CheckConstraint(name="payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_succeeded_has_day", condition=~Q(state="succeeded") | Q(paid_on__isnull=False)
            ),
        ]
        triggers: ClassVar = [
            *kept("payment"),
            pgtrigger.ReadOnly(
                name="payment_keeps_its_order",
                fields=[
                    "obligation", "batch", "previous", "order_no", "amount", "payee_name", "account_digest",
                    "bank_name",
                ],
            ),
            *guards.pays_what_is_owed(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.order_no


class ResultFile(models.Model):
    """A bank's result file as it came, sealed. The same file again changes nothing (case C124)."""

    office = models.ForeignKey(
        Union, models.PROTECT, related_name="result_files", verbose_name=_("paying office")
    )
    profile = models.ForeignKey(
        BankProfile, models.PROTECT, related_name="result_files", verbose_name=_("bank profile")
    )
    batch = models.ForeignKey(
        PaymentBatch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="result_files",
        verbose_name=_("payment batch"),
    )
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    sealed = models.BinaryField(_("sealed bytes"))
    outcome = models.CharField(
        _("outcome"), max_length=16, help_text=_("applied, partly_applied or nothing.")
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="read_result_files", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read at"))

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("result file")
        verbose_name_plural = _("result files")
        ordering: ClassVar = ["-id"]
        triggers: ClassVar = append_only("result_file")

    def __str__(self) -> str:
        return self.file_name


class ResultLine(models.Model):
    """What one line of a result file did, or why it did nothing; `row` is the line that a person sees."""

    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="lines", verbose_name=_("result file"))
    row = models.PositiveIntegerField(_("line"))
    order_no = models.CharField(_("our number at the bank"), max_length=64, blank=True)
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="result_lines", verbose_name=_("payment")
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    fault = models.CharField(_("fault"), max_length=30, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ResultLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a result file")
        verbose_name_plural = _("lines of a result file")
        ordering: ClassVar = ["file", "row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "row"], name="result_line_once"),
        ]
        triggers: ClassVar = append_only("result_line")

    def __str__(self) -> str:
        return f"{self.file_id}:{self.row}"
