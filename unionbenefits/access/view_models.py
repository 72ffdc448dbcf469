"""Lists that officers keep: a register's filters and search under a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.querysets import SavedViewQuerySet
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


class SavedView(models.Model):
    """A register as an officer wants it again (常用列表): its filters, search and order, never its rows.

    `union` or `enterprise` says with whom it is shared: everybody with a post right there. What the list
    shows follows the posts of whoever opens it. Written only by `access.saved_views`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("staff user")
    )
    register = models.CharField(_("register"), max_length=60, help_text=_("Such as workers.worker."))
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=500, help_text=_("As in the address of the list."))
    pinned = models.BooleanField(_("shown over the list"), default=True)
    union = models.ForeignKey(
        Union, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shared at union")
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared at enterprise"),
    )
    made_at = models.DateTimeField(_("made at"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering: ClassVar = ["register", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "register", "name"], name="saved_view_named_once"),
            models.CheckConstraint(
                name="saved_view_shared_at_one_place",
                condition=Q(union__isnull=True) | Q(enterprise__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether colleagues see it."""
        return self.union_id is not None or self.enterprise_id is not None
