"""Files that officers have made in the background: exports, certificates by the thousand."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.querysets import OwnExportQuerySet


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class Export(models.Model):
    """A file made in the background for one officer, for a limited time (导出). Its maker alone may fetch it.

    `kind` names the builder, `params` what it is asked for. Written only by `access.exports`.
    """

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    params = models.JSONField(_("asked for"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("in all"), default=0)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    content_type = models.CharField(_("content type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("Bytes."))
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    expires_at = models.DateTimeField(_("kept until"))
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)

    objects = OwnExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.title


class ExportFile(models.Model):
    """The bytes of an export, sealed; gone when it expires."""

    export = models.OneToOneField(
        Export, models.CASCADE, related_name="file", primary_key=True, verbose_name=_("export")
    )
    sealed = models.BinaryField(_("sealed bytes"))

    class Meta:
        verbose_name = _("file of an export")
        verbose_name_plural = _("files of exports")

    def __str__(self) -> str:
        return str(self.export_id)
