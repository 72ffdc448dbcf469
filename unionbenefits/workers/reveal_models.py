"""Looks at what screens hide: which value, of whom, by whom, why, and what was unusual about it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.core.crypto.fields import SealedTextField
from unionbenefits.unions.models import Union
from unionbenefits.workers.reveal_querysets import RevealQuerySet


class RevealField(models.TextChoices):
    """Which value was shown in full. Codes of the audit log too (`audit.queries.looks_at`)."""

    DOCUMENT = "document", _("Document number")
    PHONE = "phone", _("Phone")
    ACCOUNT = "account", _("Bank account")


class RevealReason(models.TextChoices):
    """What it is needed for. Words that say more are asked for in every case."""

    IDENTITY = "identity", _("To check who the person is")
    CONTACT = "contact", _("To reach the person")
    RECORD = "record", _("To put a roster or a record right")
    CLAIM = "claim", _("To examine a claim")
    PAYMENT = "payment", _("To settle a payment")
    REQUEST = "request", _("The person asked for it")
    AUTHORITY = "authority", _("An authority asked for it in writing")
    OTHER = "other", _("Something else, said below")


@tracked
class Reveal(models.Model):
    """One value of one worker shown in full to one officer (查看完整信息), with the reason given.

    `union` is where the officer's post is, to find who stands above it; `flags` are what `workers.unusual`
    found, the gravest first. Written only by `workers.reveals`.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="reveals", verbose_name=_("worker")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reveals", verbose_name=_("officer")
    )
    at = models.DateTimeField(_("time"))
    field = models.CharField(_("shown"), max_length=10, choices=RevealField.choices)
    reason = models.CharField(_("reason"), max_length=10, choices=RevealReason.choices)
    words = SealedTextField(_("reason in words"), null=True)
    role = models.CharField(_("role"), max_length=20, blank=True)
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("union of the post")
    )
    is_clerk = models.BooleanField(_("at an enterprise"), default=False)
    flags = ArrayField(models.CharField(max_length=10), default=list, verbose_name=_("unusual"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    in_day = models.PositiveSmallIntegerField(_("looks within a day"), default=1)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("examined by"),
    )
    seen_at = models.DateTimeField(_("examined at"), null=True, blank=True)
    finding = SealedTextField(_("what was found"), null=True, blank=True)

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a hidden value")
        verbose_name_plural = _("looks at hidden values")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["by", "at"], name="reveal_by_day"),
            models.Index(
                fields=["id"], name="reveal_unseen", condition=Q(weight__gt=0, seen_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reveal_examined_by_another",
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | (Q(seen_by__isnull=False, seen_at__isnull=False) & ~Q(seen_by=models.F("by"))),
            ),
        ]
        permissions: ClassVar = [
            ("reveal_worker", _("Can see a document number or phone in full")),
            ("reveal_account", _("Can see a bank account in full")),
            ("review_reveal", _("Can examine unusual looks of officers below")),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} #{self.pk}"
