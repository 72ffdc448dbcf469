"""Reminder waves: telling covered workers who never opened their page that they are covered (提醒)."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.campaigns.enums import WaveState
from unionbenefits.campaigns.querysets import UnitQuerySet
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

OPEN_WAVES = (WaveState.WAITING, WaveState.RUNNING)


class ReminderWave(models.Model):
    """One wave of reminders to the people of a campaign in one unit: an enterprise, a union with all below
    it, or everybody where neither is named.

    It begins at `starts_at`, until when it can be taken back whole. People are told in blocks in the order
    of their keys, each block a transaction that also moves `reached`: stopped or killed at any moment, it
    goes on behind the last block, and nobody is told twice. Written only by `campaigns.actions.reminding`.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, related_name="waves", verbose_name=_("campaign")
    )
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="waves", verbose_name=_("union")
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waves",
        verbose_name=_("enterprise"),
    )
    pause_days = models.PositiveSmallIntegerField(
        _("pause in days"),
        validators=[MinValueValidator(3), MaxValueValidator(180)],
        help_text=_("Whoever was told of a cover within so many days is left out."),
    )
    state = models.CharField(_("state"), max_length=10, choices=WaveState.choices, default=WaveState.WAITING)
    starts_at = models.DateTimeField(_("begins at"))
    reached = models.BigIntegerField(_("last worker told"), default=0)
    done = models.PositiveIntegerField(_("people told"), default=0)
    total = models.PositiveIntegerField(_("people to tell"))
    taken_back = models.PositiveIntegerField(_("taken back"), default=0)
    failure = models.CharField(_("why it ended"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="waves",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder wave")
        verbose_name_plural = _("reminder waves")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="wave_of_at_most_one_unit",
                condition=Q(union__isnull=True) | Q(enterprise__isnull=True),
            ),
            models.CheckConstraint(name="wave_pauses", condition=Q(pause_days__gte=3)),
            # One at a time for the same people: a double click finds the wave of the first.
            models.UniqueConstraint(
                fields=["campaign", "union", "enterprise"],
                condition=Q(state__in=["waiting", "running"]),
                nulls_distinct=False,
                name="wave_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} #{self.pk}"

    @property
    def about(self) -> str:
        """What the wave's messages name."""
        return f"wave:{self.pk}"

    @property
    def unit(self) -> Union | Enterprise | None:
        """Whose people; None for everybody."""
        return self.enterprise or self.union

    @property
    def people(self) -> Scope:
        """The reach of the wave's unit, as a scope to filter gifts by."""
        if self.enterprise_id is not None:
            return Scope(enterprise_ids=(self.enterprise_id,))
        return EVERYTHING if self.union is None else Scope(union_paths=(self.union.path,))
