"""Changes to many rows of a register at once: chosen, previewed, done, undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BulkKind(models.TextChoices):
    """What is done to every row that was chosen."""

    END_MEMBERSHIPS = "end_memberships", _("End memberships")
    SET_OCCUPATION = "set_occupation", _("Set the occupation")
    NOTE_REAL_NAME = "note_real_name", _("Note the real-name check")


class BulkState(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", _("Not yet done")
    DONE = "done", _("Done")
    UNDONE = "undone", _("Undone")


class BulkQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Changes to many rows: whoever makes one sees it, nobody else."""

    def of(self, user: object) -> "BulkQuerySet":
        """The user's own."""
        return self.filter(by=user)


class BulkChange(models.Model):
    """One change to many rows by one officer (批量修改).

    `rows` are the keys chosen, `before` what each changed row held, for the undo until `undo_until`;
    `left_out` counts the rows that stayed, by reason. Written only by `workers.bulk`.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=BulkKind.choices)
    rows = models.JSONField(_("rows chosen"), default=list)
    value = models.CharField(_("new value"), max_length=30, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_changes", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    state = models.CharField(_("state"), max_length=10, choices=BulkState.choices, default=BulkState.DRAFT)
    before = models.JSONField(_("values before"), default=list)
    left_out = models.JSONField(_("rows left out"), default=dict)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    undo_until = models.DateTimeField(_("can be undone until"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    kept = models.PositiveIntegerField(_("rows not undone"), default=0)

    objects = BulkQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to many rows")
        verbose_name_plural = _("changes to many rows")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bulk_change_done_can_be_undone",
                condition=Q(state="draft", done_at__isnull=True, undo_until__isnull=True)
                | Q(~Q(state="draft"), done_at__isnull=False, undo_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
