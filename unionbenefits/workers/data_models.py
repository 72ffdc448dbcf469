"""What workers ask about their own data, the account they want to be paid to, and what was erased or went."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.core.crypto.fields import SealedTextField
from unionbenefits.workers.enums import RequestField, RequestKind, RequestState
from unionbenefits.workers.querysets import TopQuerySet, WorkerPartQuerySet


@tracked
class DataRequest(models.Model):
    """A worker's request to have something put right or to be erased (个人信息请求; PIPL arts. 46, 47).

    Decided by an officer in whose scope the worker is, with an answer that the worker reads. The worker may
    take it back while it is open. Written only by `workers.data_requests`.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="data_requests", verbose_name=_("worker")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind.choices)
    field = models.CharField(_("what is wrong"), max_length=12, choices=RequestField.choices, blank=True)
    wanted = SealedTextField(_("what it should be"), null=True, blank=True)
    words = SealedTextField(_("the worker's words"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_data_requests",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="data_request_open", condition=Q(state="open")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "kind", "field"], condition=Q(state="open"), name="data_request_open_once"
            ),
            models.CheckConstraint(
                name="data_request_decided_has_person",
                condition=Q(state__in=["open", "taken_back"], decided_by__isnull=True)
                | (
                    Q(state__in=["granted", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
            ),
            models.CheckConstraint(
                name="data_request_field_fits_kind",
                condition=Q(kind="erasure", field="") | (Q(kind="correction") & ~Q(field="")),
            ),
        ]
        permissions: ClassVar = [("decide_datarequest", _("Can decide what workers ask about their data"))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


@tracked
class BankAccount(models.Model):
    """The account to which a worker wants mutual-aid money (本人银行账户): in the worker's own name only.

    Offered in claims to come; a claim keeps the account that it was filed with. Given with a consent of its
    own, since financial accounts are sensitive (PIPL arts. 28, 29), and gone when that is withdrawn.
    """

    worker = models.OneToOneField(
        "workers.Worker", models.PROTECT, related_name="bank_account", verbose_name=_("worker")
    )
    account = SealedTextField(_("bank account"))
    bank_name = models.CharField(_("bank"), max_length=80, blank=True)
    set_at = models.DateTimeField(_("written down at"))
    set_through = models.CharField(
        _("written down through"), max_length=150, help_text=_("As in the audit log.")
    )

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account of a worker")
        verbose_name_plural = _("bank accounts of workers")

    def __str__(self) -> str:
        return f"{self.worker_id}"


class Erasure(models.Model):
    """A person was erased (PIPL art. 47): when, on whose word, and what the law has us keep until when.

    `sealed` holds the vouchers that accounting law keeps (who was paid or given what): nobody's screen opens
    it, and `purge_expired` empties it after `kept_until` (会计档案管理办法 2015: 30 years). Written only by
    `workers.erasing`.
    """

    worker = models.OneToOneField(
        "workers.Worker", models.PROTECT, related_name="erasure", verbose_name=_("worker")
    )
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.CharField(_("erased by"), max_length=150, help_text=_("As in the audit log."))
    reason = models.CharField(_("reason"), max_length=200)
    kept_until = models.DateField(_("vouchers kept until"), null=True, blank=True)
    sealed = SealedTextField(_("sealed vouchers"), null=True, blank=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["kept_until"], name="erasure_kept_until", condition=Q(sealed__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.worker_id}"


class RetentionRun(models.Model):
    """A run of `purge_expired`: what went because its time of keeping was over, by rule (PIPL art. 19)."""

    at = models.DateTimeField(_("run at"))
    run_by = models.CharField(_("run by"), max_length=150, help_text=_("As in the audit log."))
    counts = models.JSONField(_("what went"), default=dict, help_text=_("Rows or files by rule."))

    objects = TopQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering: ClassVar = ["-id"]
        permissions: ClassVar = [("run_retention", _("Can remove what is past keeping"))]
        triggers: ClassVar = append_only("retention_run")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
