"""Choices of campaigns, batches and gifts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignKind(models.TextChoices):
    """What a campaign gives."""

    COVERAGE = "coverage", _("Coverage")
    GOODS = "goods", _("Goods")
    ACTIVITY = "activity", _("Activity")


class CampaignState(models.TextChoices):
    """Whether batches may be put forward."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class BatchState(models.TextChoices):
    """Where a batch stands."""

    PUT_FORWARD = "put_forward", _("Put forward")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    RETURNED = "returned", _("Returned")


class GiftState(models.TextChoices):
    """Whether a line counts."""

    LIVE = "live", _("Gift")
    LEFT_OUT = "left_out", _("Left out")
    RETURNED = "returned", _("Returned")
    REVOKED = "revoked", _("Revoked")


class LeftOut(models.TextChoices):
    """Why a worker of the roster gets no gift. Stable codes: reports and tests rely on them."""

    ALREADY_COVERED = "already_covered", _("Already covered in this period")
    GIFTED_IN_CAMPAIGN = "gifted_in_campaign", _("Already has a gift of this campaign")
    NOT_A_MEMBER = "not_a_member", _("No longer with the unit")
    TOO_YOUNG = "too_young", _("Below the lowest age on the first day of cover")
    OVER_RETIREMENT_AGE = (
        "over_retirement_age",
        _("Past the statutory retirement age on the first day of cover"),
    )
    TOO_OLD = "too_old", _("Above the plan's age limit on the first day of cover")
    NO_BIRTH_DATE = "no_birth_date", _("Birth date not on file")
    OCCUPATION = "occupation", _("Occupation is not among those of the campaign")
