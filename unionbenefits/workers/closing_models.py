"""What closing an enterprise did, for its page and for reopening it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.enterprises.models import Enterprise


class EnterpriseClosing(models.Model):
    """An enterprise that was closed with a last day (企业关停), and what became of its members.

    `ended` are the keys of the memberships that ended with it, `posts` those of the clerks' posts with the
    last day that each had before. Written only by `workers.closing`.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="closings", verbose_name=_("enterprise")
    )
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    moved_to = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("members went to"),
    )
    ended = models.JSONField(_("memberships ended"), default=list)
    moved = models.PositiveIntegerField(_("members moved"), default=0)
    posts = models.JSONField(_("posts ended"), default=list)
    made_by = models.CharField(_("made by"), max_length=150, help_text=_("As in the audit log."))
    made_at = models.DateTimeField(_("made at"))
    undo_until = models.DateTimeField(_("can be undone until"))
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("closing of an enterprise")
        verbose_name_plural = _("closings of enterprises")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(undone_at__isnull=True), name="closing_stands_once"
            ),
            models.CheckConstraint(name="closing_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="closing_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.last_day}"
