"""Kinds of enterprises."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnterpriseKind(models.TextChoices):
    """What an employer is to its workers."""

    ENTERPRISE = "enterprise", _("Enterprise")
    PLATFORM = "platform", _("Platform enterprise")
    STATION = "station", _("Station")
