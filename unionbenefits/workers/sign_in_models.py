"""Where a worker is signed in, and how the phone that opens the page was changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField
from unionbenefits.workers.enums import Device, DocumentCheck, PhoneChangedBy, SignInEnd
from unionbenefits.workers.querysets import WorkerPartQuerySet


class SignIn(models.Model):
    """One sign-in of a worker and, until `ended_at`, the session that it opened (登录).

    A session is looked up here at every page, so that ending the row ends the session at once, wherever it
    is. It also ends when the phone that opened it leaves the person's file (case C142). Written only by
    `workers.sign_ins`.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="sign_ins", verbose_name=_("worker"), db_index=False
    )
    phone_digest = BlindIndexField(_("phone index"), purpose="phone")
    device = models.CharField(_("device"), max_length=10, choices=Device.choices)
    address = SealedTextField(_("address, in part"))
    began_at = models.DateTimeField(_("signed in at"))
    seen_at = models.DateTimeField(_("last page at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end = models.CharField(_("ended by"), max_length=10, choices=SignInEnd.choices, blank=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in of a worker")
        verbose_name_plural = _("sign-ins of workers")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["worker", "-id"], name="signin_of_worker"),
            models.Index(fields=["began_at"], name="signin_began"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="signin_end_has_time",
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_device_display()} #{self.pk}"


class PhoneChange(models.Model):
    """A worker's phone was changed, by whom, and what was checked first (手机号变更).

    Written only by `workers.phone_changes`. The old number is kept for as long as the change can be taken
    back, then wiped.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="phone_changes", verbose_name=_("worker")
    )
    through = models.CharField(_("changed by"), max_length=10, choices=PhoneChangedBy.choices)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="phone_changes",
        verbose_name=_("officer"),
    )
    check_made = models.CharField(_("check made"), max_length=10, choices=DocumentCheck.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    old_phone = SealedTextField(_("old phone"), null=True, blank=True)
    new_digest = BlindIndexField(_("new phone index"), purpose="phone")
    shared = models.BooleanField(
        _("shared phone"), default=False, help_text=_("Another person on file had given the same number.")
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    taken_back_reason = models.CharField(_("why taken back"), max_length=200, blank=True)

    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True)
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("examined by"),
    )

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a phone")
        verbose_name_plural = _("changes of phones")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["changed_at"], name="phonechange_at")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="phonechange_officer_checked",
                condition=Q(through="worker", officer__isnull=True, check_made="")
                | Q(through="officer", officer__isnull=False) & ~Q(check_made="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="phonechange_examined_by_another",
                condition=Q(examined_at__isnull=True, examined_by__isnull=True)
                | Q(examined_at__isnull=False, examined_by__isnull=False)
                & (Q(officer__isnull=True) | ~Q(examined_by=models.F("officer"))),
            ),
            models.CheckConstraint(
                name="phonechange_taken_back_by_another",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & (Q(officer__isnull=True) | ~Q(taken_back_by=models.F("officer"))),
            ),
        ]
        permissions: ClassVar = [
            ("change_phone", _("Can change a worker's phone with the document in hand")),
            ("take_back_phone", _("Can take back another officer's change of a phone")),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
