"""Who serves where."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.export_models import Export, ExportFile
from unionbenefits.access.querysets import PostQuerySet
from unionbenefits.access.roles import Role
from unionbenefits.audit.history import tracked
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

__all__ = ["Export", "ExportFile", "Post"]


@tracked
class Post(models.Model):
    """A person's post (岗位): a role at a union or an enterprise, from a day to a day (both included).

    Granted and ended by administrators through `access.actions`; never deleted, so that old acts stay
    explainable.
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
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def is_held_on(self, day: dt.date) -> bool:
        """Whether the post holds on `day`; the same rule as `PostQuerySet.on`."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
