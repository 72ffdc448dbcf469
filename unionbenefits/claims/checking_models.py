"""What checks the decisions: second looks at some of them, and replays of all under other terms."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.claims import guards
from unionbenefits.claims.decision_models import Decision, officer
from unionbenefits.claims.enums import LookVerdict, ReplayState
from unionbenefits.claims.querysets import DecisionPartQuerySet, ReplayQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.models import PlanVersion
from unionbenefits.plans.querysets import OpenQuerySet
from unionbenefits.unions.models import Union


@tracked
class SecondLook(models.Model):
    """A small approved decision drawn at random for a second look, by somebody who had no part in it."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="second_look", verbose_name=_("decision")
    )
    drawn_at = models.DateTimeField(_("drawn at"))
    verdict = models.CharField(
        _("verdict"), max_length=6, choices=LookVerdict.choices, default=LookVerdict.OPEN
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    looked_by = officer(_("looked at by"), "second_looks")
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="second_look_has_person",
                condition=Q(verdict="open", looked_by__isnull=True)
                | (~Q(verdict="open") & Q(looked_by__isnull=False, looked_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="second_look_wrong_has_reason", condition=~Q(verdict="wrong") | ~Q(note="")
            ),
        ]
        permissions: ClassVar = [("take_secondlook", _("Can take a second look at decisions of others"))]
        triggers: ClassVar = [guards.second_look_by_others()]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.get_verdict_display()}"


class LookRule(models.Model):
    """How many small decisions of each approver and week get a second look. The newest row counts.

    Rows are final: a change is a new row, so that it stays known by which rule a week was drawn.
    """

    share = models.DecimalField(
        _("share"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("0.05"),
        help_text=_("Of an approver's small decisions of a week, such as 0.05; rounded up."),
    )
    at_least = models.PositiveSmallIntegerField(
        _("at least"), default=1, help_text=_("Decisions per approver and week, where there are so many.")
    )
    up_to = MoneyField(
        _("small up to"), default=Decimal("3000.00"), help_text=_("元. Larger ones are looked at by limits.")
    )
    set_by = models.CharField(_("set by"), max_length=150)
    set_at = models.DateTimeField(_("set at"))

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of second looks")
        verbose_name_plural = _("rules of second looks")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="look_rule_share", condition=Q(share__gte=0, share__lte=1)),
            models.CheckConstraint(name="look_rule_up_to", condition=Q(up_to__gt=0)),
        ]
        triggers: ClassVar = append_only("look_rule")

    def __str__(self) -> str:
        return f"{self.share} ≤ {self.up_to}"


class Replay(models.Model):
    """Past decisions decided again under other terms, to see the differences before they hold.

    Those of the workers of `office` and below (all, where it is empty), of the plan of `plan_version`, that
    were approved before `started_at` and stand. `reached` is the last worker done: whoever takes the work up
    again goes on behind it.
    """

    office = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="replays", verbose_name=_("office")
    )
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="replays", verbose_name=_("under the terms of")
    )
    ruleset = models.CharField(_("ruleset"), max_length=20)
    state = models.CharField(
        _("state"), max_length=8, choices=ReplayState.choices, default=ReplayState.WAITING
    )
    total = models.PositiveIntegerField(_("decisions"), default=0)
    done = models.PositiveIntegerField(_("decided again"), default=0)
    changed = models.PositiveIntegerField(_("different"), default=0)
    reached = models.BigIntegerField(_("reached"), default=0)
    amount_before = MoneyField(_("paid as decided"), max_digits=16, default=0)
    amount_after = MoneyField(_("paid as decided again"), max_digits=16, default=0)
    stop_asked = models.BooleanField(_("asked to stop"), default=False)
    failure = models.CharField(_("why it stopped"), max_length=200, blank=True)
    started_by = officer(_("started by"), "replays", null=False)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("replay of decisions")
        verbose_name_plural = _("replays of decisions")
        ordering: ClassVar = ["-id"]
        permissions: ClassVar = [("run_replay", _("Can replay past decisions"))]

    def __str__(self) -> str:
        return f"{self.plan_version} #{self.pk}"


class ReplayDifference(models.Model):
    """A decision that would come out otherwise."""

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="differences", verbose_name=_("replay"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", verbose_name=_("decision"), db_index=False
    )
    outcome_before = models.CharField(_("outcome"), max_length=6)
    outcome_after = models.CharField(_("outcome under the new terms"), max_length=6)
    amount_before = MoneyField(_("amount"))
    amount_after = MoneyField(_("amount under the new terms"))
    reasons = models.JSONField(_("reasons"), default=list)

    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference in a replay")
        verbose_name_plural = _("differences in a replay")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["replay", "decision"], name="replay_difference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.amount_before} → {self.amount_after}"
