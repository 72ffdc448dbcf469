"""Who serves where, who stands in for whom, and who took over from whom."""

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.export_models import Export, ExportFile
from unionbenefits.access.querysets import HandOverQuerySet, OwnNoticeQuerySet, PostQuerySet
from unionbenefits.access.roles import Role
from unionbenefits.access.rules import Held, Place
from unionbenefits.access.triggers import acts_for_another, roles_are_compatible
from unionbenefits.access.view_models import SavedView
from unionbenefits.audit.history import tracked
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

__all__ = ["Export", "ExportFile", "HandOver", "Post", "PostNotice", "SavedView"]


@tracked
class Post(models.Model):
    """A person's post (岗位): a role at a union or an enterprise, from a day to a day (both included).

    Granted and ended by officers above it and by administrators through `access.actions`; never deleted, so
    that old acts stay explainable. With `stands_in_for` it is an acting post (代理): the same role and place
    as that post, for a limited time, while its holder is away.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("staff user")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("union")
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("enterprise")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("stands in for"),
        help_text=_("The post of somebody away, whose role and place this one takes for a time."),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")
    withdrawn = models.BooleanField(
        _("withdrawn"), default=False, db_default=False, help_text=_("Taken back before its first day.")
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering: ClassVar = ["user", "role"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="post_at_one_union_or_one_enterprise",
                condition=Q(role="enterprise_clerk", enterprise__isnull=False, union__isnull=True)
                | (~Q(role="enterprise_clerk") & Q(enterprise__isnull=True, union__isnull=False)),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="post_for_another_has_reason_and_end",
                condition=Q(stands_in_for__isnull=True) | (Q(ends_on__isnull=False) & ~Q(reason="")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="post_roles_compatible",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("place", "text"), ("clashing", "bigint")],
                func=roles_are_compatible(),
            ),
            pgtrigger.Trigger(
                name="post_acts_for_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__stands_in_for__isnull=False),
                func=acts_for_another(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def is_held_on(self, day: dt.date) -> bool:
        """Whether the post holds on `day`; the same rule as `PostQuerySet.on`."""
        begun = not self.withdrawn and self.starts_on <= day
        return begun and (self.ends_on is None or self.ends_on >= day)

    @property
    def where(self) -> Union | Enterprise:
        """The union, or for a clerk the enterprise."""
        where = self.enterprise or self.union
        assert where is not None
        return where

    def as_held(self) -> Held:
        """For the rules (`access.rules`)."""
        return Held(Role(self.role), place_of(self.where), self.starts_on, self.ends_on)


def place_of(where: Union | Enterprise) -> Place:
    """A union or an enterprise as the rules see it."""
    if isinstance(where, Enterprise):
        return Place(where.union.path, where.pk)
    return Place(where.path)


@tracked
class HandOver(models.Model):
    """A post that passes from one person to another on a day (交接): the old one ends the day before.

    May be undone until that day. Written only by `access.handing_over`.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="hand_overs", verbose_name=_("post"))
    successor = models.OneToOneField(
        Post, models.PROTECT, related_name="taken_over_by", verbose_name=_("successor's post")
    )
    ended_before = models.DateField(
        _("would have ended"), null=True, blank=True, help_text=_("Last day before the hand-over was made.")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    waiting = models.JSONField(
        _("open work"), default=list, blank=True, help_text=_("Kinds of work that waited, with their number.")
    )
    made_by = models.CharField(_("made by"), max_length=150, help_text=_("As in the audit log."))
    made_at = models.DateTimeField(_("made at"))
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(undone_at__isnull=True), name="handover_once_per_post"
            ),
            models.CheckConstraint(name="handover_to_another_post", condition=~Q(post=F("successor"))),
            models.CheckConstraint(
                name="handover_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.successor.user}"


class NoticeKind(models.TextChoices):
    """What a person is told about a post."""

    GRANTED = "granted", _("You have a new post")
    ENDED = "ended", _("Your post ends")
    WITHDRAWN = "withdrawn", _("A post that was to come is taken back")
    HANDED_ON = "handed_on", _("Your post passes to somebody else")
    TAKEN_OVER = "taken_over", _("You take over a post")
    HAND_OVER_UNDONE = "undone", _("A hand-over is undone")
    ACTING = "acting", _("You stand in for somebody")
    STOOD_IN = "stood_in", _("Somebody stands in for you")


class PostNotice(models.Model):
    """What one person is told about posts: shown on the home page until they have read it.

    Written only by `access.notices`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="post_notices", verbose_name=_("staff user")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="notices", verbose_name=_("post"))
    made_at = models.DateTimeField(_("made at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = OwnNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice about a post")
        verbose_name_plural = _("notices about posts")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="postnotice_unread")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
