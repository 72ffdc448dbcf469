"""Employers and platforms."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.enterprises.enums import EnterpriseKind
from unionbenefits.enterprises.querysets import AffiliationQuerySet, EnterpriseQuerySet
from unionbenefits.unions.models import Union


@tracked
class Enterprise(models.Model):
    """An employer, platform or station (企业 / 平台企业 / 站点) with a unified social credit code.

    It belongs to one union and may join industry unions. Changed by officers of that union through
    `enterprises.actions`; a roster never makes one.
    """

    name = models.CharField(_("name"), max_length=120)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        help_text=_("18 characters, letters in capitals."),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=EnterpriseKind.choices, default=EnterpriseKind.ENTERPRISE
    )
    is_head = models.BooleanField(
        _("head enterprise"), default=False, help_text=_("Counts for 头部企业 figures.")
    )
    headcount = models.PositiveIntegerField(
        _("headcount"),
        null=True,
        blank=True,
        help_text=_("Workers that the unit states; empty counts those on file."),
    )
    union = models.ForeignKey(Union, models.PROTECT, related_name="enterprises", verbose_name=_("union"))
    closed_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("It stays readable and accepts nothing new.")
    )
    industry_unions = models.ManyToManyField(
        Union,
        through="IndustryAffiliation",
        related_name="affiliated_enterprises",
        verbose_name=_("industry unions"),
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("close_enterprise", _("Can close an enterprise"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enterprise_credit_code_shape",
                condition=models.Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class IndustryAffiliation(models.Model):
    """An enterprise's place in an industry union (行业工会联合会), from a day on."""

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, related_name="affiliations", verbose_name=_("enterprise")
    )
    union = models.ForeignKey(
        Union, models.PROTECT, related_name="affiliations", verbose_name=_("industry union")
    )
    since = models.DateField(_("since"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("industry affiliation")
        verbose_name_plural = _("industry affiliations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "union"], name="enterprise_joins_industry_union_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} – {self.union}"
