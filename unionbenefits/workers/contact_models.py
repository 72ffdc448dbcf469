"""What a worker was told and what a worker agreed to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.workers.enums import ConsentKind, MessageKind
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
    texted_at = models.DateTimeField(_("handed to the gateway at"), null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


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
