"""Kinds of unions (domain.md §3.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnionKind(models.TextChoices):
    """The level or nature of a union."""

    PROVINCE = "province", _("Provincial federation")
    CITY = "city", _("City federation")
    COUNTY = "county", _("County or district federation")
    TOWN = "town", _("Town or street federation")
    INDUSTRY = "industry", _("Industry union federation")
    GRASSROOTS = "grassroots", _("Grassroots union")
