"""What a worker was told and what a worker agreed to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.history import tracked
from unionbenefits.workers.enums import ConsentKind, MessageKind, NotTexted
from unionbenefits.workers.querysets import WorkerPartQuerySet


class Message(models.Model):
    """Something a worker is told, in the portal and, where `text_wanted`, by SMS (消息).

    `params` hold what the words of its kind need, never personal data. One per worker, kind and `about`, so
    that a job which runs twice tells nobody twice. Written only by `workers.messages`.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="messages", verbose_name=_("worker"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind.choices)
    about = models.CharField(_("about"), max_length=60, help_text=_("Such as coverage:12."))
    params = models.JSONField(_("values"), default=dict, blank=True)
    created_at = models.DateTimeField(_("made at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    text_wanted = models.BooleanField(_("by text message too"), default=False)
    texted_at = models.DateTimeField(_("given to the text queue at"), null=True, blank=True)
    # Several messages may share one. It goes after half a year, this row stays: no key of the database.
    sms = models.ForeignKey(
        SmsMessage,
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("text message"),
        db_constraint=False,
        db_index=False,
    )
    not_texted = models.CharField(
        _("why no text message"), max_length=10, choices=NotTexted.choices, blank=True, db_default=""
    )

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a worker")
        verbose_name_plural = _("messages to workers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "kind", "about"], name="message_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="message_to_text",
                condition=Q(text_wanted=True, texted_at__isnull=True),
            ),
            # Reminders are found by their wave, the figures of a month by when they were texted.
            models.Index(
                fields=["about", "id"], name="message_of_wave", condition=Q(kind=MessageKind.NEVER_OPENED)
            ),
            models.Index(
                fields=["texted_at", "kind"],
                name="message_texted",
                condition=Q(texted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class FirstOpening(models.Model):
    """When a worker opened their page for the first time. Written once, by `workers.openings`; sign-ins
    themselves are traces and go after half a year.
    """

    worker = models.OneToOneField(
        "workers.Worker",
        models.PROTECT,
        primary_key=True,
        related_name="first_opening",
        verbose_name=_("worker"),
    )
    first_at = models.DateTimeField(_("first signed in at"))

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("first sign-in of a worker")
        verbose_name_plural = _("first sign-ins of workers")

    def __str__(self) -> str:
        return f"{self.worker_id}"


@tracked
class Consent(models.Model):
    """A worker's agreement to one use of personal data, with the version of the text that was shown (PIPL
    art. 14, 29). Withdrawing does not undo what was done before (art. 15). Never deleted.
    """

    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="consents", verbose_name=_("worker")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ConsentKind.choices)
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given at"))
    given_through = models.CharField(
        _("given through"), max_length=150, help_text=_("As in the audit log: the worker or an officer.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_open_once_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
