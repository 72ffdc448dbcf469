"""Choices of plans and coverage."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StraddleRule(models.TextChoices):
    """Which part of a stay across an edge of the coverage is paid (case C100)."""

    ADMISSION_DATE = "admission_date", _("The day of admission decides")
    PRO_RATA_NIGHTS = "pro_rata_nights", _("In proportion to the covered nights")
    WHOLE_STAY_INSIDE = "whole_stay_inside", _("Only stays that lie wholly inside")


class CoverageStatus(models.TextChoices):
    """Whether a coverage holds."""

    ACTIVE = "active", _("Active")
    CANCELLED = "cancelled", _("Cancelled")


class PaperKind(models.TextChoices):
    """What a paper of a claim is (domain.md §1.4); a plan version says which it asks for."""

    STATEMENT = "statement", _("Insurance settlement statement")
    INVOICE = "invoice", _("Hospital invoice")
    DISCHARGE = "discharge", _("Discharge summary")
    BANK_CARD = "bank_card", _("Bank card or account proof")
    AUTHORISATION = "authorisation", _("Authorisation for another account holder")
    OTHER = "other", _("Another paper")
