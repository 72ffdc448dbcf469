"""What officers decided about held rows of rosters, and about pairs of a document and a person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField
from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.querysets import RosterRowQuerySet, WorkerPartQuerySet
from unionbenefits.workers.roster.states import PairAnswer, RowChoice


@tracked
class PairDecision(models.Model):
    """Whether a document and a person on file belong together, decided once for all rosters to come.

    `same`: the document is the person's, and joins the others when a roster with it is applied. `apart`: it
    is another person's. With `name_key` it is about the holder's name as some roster writes it: the same
    person, whose name on file stays (`same`) or becomes that one (`renamed`). In force until withdrawn.
    Made and withdrawn only through `workers.roster.decisions`.
    """

    kind = models.CharField(_("document kind"), max_length=24, choices=DocumentKind.choices)
    issuer = models.CharField(_("issuing country"), max_length=3, blank=True)
    number_digest = BlindIndexField(_("number index"), purpose="document.number")
    worker = models.ForeignKey("Worker", models.PROTECT, related_name="+", verbose_name=_("worker"))
    name_key = models.CharField(_("name for comparison"), max_length=100, blank=True)
    answer = models.CharField(_("answer"), max_length=7, choices=PairAnswer.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("decided pair")
        verbose_name_plural = _("decided pairs")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number_digest", "kind", "issuer", "worker", "name_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="pair_decided_once",
            ),
            models.UniqueConstraint(
                fields=["number_digest", "kind", "issuer"],
                condition=Q(withdrawn_at__isnull=True, answer="same", name_key=""),
                name="pair_document_is_of_one",
            ),
            models.CheckConstraint(
                name="pair_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} #{self.pk}"


@tracked
class RowDecision(models.Model):
    """One finding of a held row, settled by an officer.

    Kept by what the row says (`subject`), not by the row's key: judging the same roster again finds it, a
    row that reads differently does not. `before` is the row as it was judged, so that undoing restores it.
    `applied_at` is set once the row has gone into the register; until then the decision can be undone.
    """

    roster = models.ForeignKey(
        "Roster", models.CASCADE, related_name="decisions", verbose_name=_("roster"), db_index=False
    )
    sheet = models.CharField(_("sheet"), max_length=60, blank=True)
    row = models.PositiveIntegerField(_("line"))
    code = models.CharField(_("finding"), max_length=40)
    field = models.CharField(_("field"), max_length=20, blank=True)
    subject = BlindIndexField(_("index of what the row says"), purpose="roster.row")
    choice = models.CharField(_("decision"), max_length=8, choices=RowChoice.choices)
    value = SealedTextField(_("chosen value"), null=True)
    before = SealedTextField(_("row as judged"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))
    applied_at = models.DateTimeField(_("applied at"), null=True)

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a row")
        verbose_name_plural = _("decisions on rows")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roster", "sheet", "row", "code", "field"], name="row_decided_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.get_choice_display()}".strip()
