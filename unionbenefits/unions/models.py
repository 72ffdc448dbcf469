"""The union tree."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager

from unionbenefits.audit.history import tracked
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.querysets import UnionQuerySet


class UnionManager(MP_NodeManager.from_queryset(UnionQuerySet)):  # type: ignore[misc]
    """Unions in tree order."""

    def get_queryset(self) -> UnionQuerySet:
        """Tree order, as treebeard wants it."""
        unions: UnionQuerySet = UnionQuerySet(self.model, using=self._db).order_by("path")
        return unions


@tracked
class Union(MP_Node):
    """A union (工会): a node of the tree from the province down to the grassroots unions.

    An industry union hangs under the federation that founded it and crosses enterprises: they join it through
    `enterprises.IndustryAffiliation`. Changed by administrators through `unions.actions`, moved and merged
    through `access.moving` and `access.merging`. A closed one hangs under the one that it went into.
    """

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=UnionKind.choices)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        help_text=_("18 characters; a joint union may have none."),
    )
    area_code = models.CharField(
        _("area code"),
        max_length=9,
        blank=True,
        help_text=_("Division code of the area it serves, such as 440605."),
    )
    is_test = models.BooleanField(
        _("for tests"), default=False, help_text=_("Left out of all totals, with everything below it.")
    )

    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("It stays readable and accepts nothing new.")
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name=_("went into"),
    )

    objects = UnionManager()

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        permissions: ClassVar = [("restructure_union", _("Can move and merge unions"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="union_closed_went_into_another",
                condition=models.Q(closed_on__isnull=True, merged_into__isnull=True)
                | models.Q(closed_on__isnull=False, merged_into__isnull=False)
                & ~models.Q(merged_into=models.F("id")),
            ),
            models.CheckConstraint(
                name="union_credit_code_shape",
                condition=models.Q(credit_code__isnull=True)
                | models.Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
