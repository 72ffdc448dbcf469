"""Undoing issued gifts: proposed by one officer, confirmed by another; and long runs with progress."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.campaigns.enums import RevocationState, RunState
from unionbenefits.campaigns.querysets import UnitQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Roster


class RevocationQuerySet(UnitQuerySet):
    """Revocations, scoped through the allotment of their batch."""

    unit_prefix = "batch__allotment__"


@tracked
class Revocation(models.Model):
    """The undo of lines of an issued batch (撤销): cover ends from a day on, money and places are free again.

    Proposed by one officer and confirmed by another (invariant 7). Lines whose cover a filed claim relies on
    are kept and counted in `kept`.
    """

    batch = models.ForeignKey(
        "campaigns.GiftBatch", models.PROTECT, related_name="revocations", verbose_name=_("gift batch")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RevocationState.choices, default=RevocationState.PROPOSED
    )
    from_day = models.DateField(_("cover ends from"), help_text=_("The first day without cover."))
    reason = models.CharField(_("reason"), max_length=200)
    copies = models.PositiveIntegerField(_("copies"), help_text=_("Proposed; once done, really undone."))
    kept = models.PositiveIntegerField(_("kept because of a claim"), default=0)
    amount = MoneyField(_("amount"))
    digest = models.CharField(_("digest of the lines"), max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="proposed_revocations",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_revocations",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = RevocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(state="proposed"), name="revocation_one_open_per_batch"
            ),
            models.CheckConstraint(name="revocation_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="revocation_done_by_a_second_person",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="declined", decided_by__isnull=False, decided_at__isnull=False)
                | (
                    Q(state="done", decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
        ]
        permissions: ClassVar = [
            ("propose_revocation", _("Can propose to undo issued gifts")),
            ("confirm_revocation", _("Can confirm the undo that another proposed")),
        ]

    def __str__(self) -> str:
        return f"{self.batch} – {self.get_state_display()}"


class RevocationLine(models.Model):
    """A gift that a revocation names; `kept` where a filed claim protects its cover."""

    revocation = models.ForeignKey(
        Revocation, models.PROTECT, related_name="lines", verbose_name=_("revocation"), db_index=False
    )
    gift = models.ForeignKey(
        "campaigns.Gift", models.PROTECT, related_name="revocation_lines", verbose_name=_("gift")
    )
    kept = models.BooleanField(_("kept because of a claim"), default=False, db_default=False)

    class Meta:
        verbose_name = _("line of a revocation")
        verbose_name_plural = _("lines of a revocation")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revocation", "gift"], name="revocation_names_a_gift_once")
        ]

    def __str__(self) -> str:
        return f"{self.revocation_id} – {self.gift_id}"


class BatchRunQuerySet(QuerySet):  # type: ignore[type-arg]
    """Runs, scoped through their batch or, before there is one, through the places it is made from."""

    def in_scope(self, scope: Scope) -> "BatchRunQuerySet":
        """Runs of batches and of places in scope."""
        if scope.everything:
            return self
        batches = self.model._meta.get_field("batch").related_model._default_manager.in_scope(scope)
        places = self.model._meta.get_field("allotment").related_model._default_manager.in_scope(scope)
        return self.filter(Q(batch__in=batches.values("pk")) | Q(allotment__in=places.values("pk")))


class BatchRun(models.Model):
    """A long step on a batch in the background (making, judging again, putting forward, issue, undo), with
    its progress.

    The step itself is one transaction: interrupted, it leaves no trace and runs again. Only this row is
    written meanwhile, over a connection of its own. A step that makes a batch names the `allotment`, and
    perhaps the roster, whose people it looks at; its `batch` stands only once the step is done.
    """

    batch = models.ForeignKey(
        "campaigns.GiftBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("gift batch"),
    )
    allotment = models.ForeignKey(
        "campaigns.Allotment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("allotment"),
    )
    roster = models.ForeignKey(
        Roster,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batch_runs",
        verbose_name=_("roster"),
    )
    step = models.CharField(_("step"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.WAITING)
    done = models.PositiveIntegerField(_("lines done"), default=0)
    total = models.PositiveIntegerField(_("lines in all"), default=0)
    stop_asked = models.BooleanField(_("stop asked for"), default=False)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="batch_runs",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = BatchRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a batch")
        verbose_name_plural = _("runs of batches")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(state__in=["waiting", "running"]),
                name="batch_run_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["allotment"],
                condition=Q(state__in=["waiting", "running"]),
                name="batch_run_makes_one_at_a_time",
            ),
            models.CheckConstraint(
                name="batch_run_has_a_batch_or_makes_one",
                condition=Q(batch__isnull=False) | Q(allotment__isnull=False) & ~Q(state="done"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id or self.allotment_id} {self.step}"
