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


class FundUse(models.TextChoices):
    """How a campaign draws on several funds."""

    IN_ORDER = "in_order", _("One after the other")
    BY_SHARE = "by_share", _("By fixed shares")


class StartRule(models.TextChoices):
    """When the cover of a gift starts."""

    COMMON_DATE = "common_date", _("On the common date")
    CONTINUES = "continues", _("The day after the cover that the worker has, otherwise on the common date")


class GiftedBefore(models.TextChoices):
    """Whether a worker who got a gift of another campaign may get this one."""

    ALLOWED = "allowed", _("May get it again")
    REFUSED = "refused", _("Not again, unless a second person allows it")


class BatchState(models.TextChoices):
    """Where a batch stands."""

    DRAFT = "draft", _("Draft")
    PUT_FORWARD = "put_forward", _("Put forward")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    RETURNED = "returned", _("Returned")
    PARTLY_REVOKED = "part_revoked", _("Partly undone")
    REVOKED = "revoked", _("Undone")


class RevocationState(models.TextChoices):
    """Where the undo of issued gifts stands."""

    PROPOSED = "proposed", _("Proposed")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")


class RunState(models.TextChoices):
    """Where a long step in the background stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped, nothing changed")
    FAILED = "failed", _("Failed, nothing changed")


class GiftState(models.TextChoices):
    """Whether a line counts."""

    DRAFTED = "drafted", _("Drafted")
    LIVE = "live", _("Gift")
    LEFT_OUT = "left_out", _("Left out")
    RETURNED = "returned", _("Returned")
    REVOKED = "revoked", _("Undone")


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
    OUTSIDE_AREA = "outside_area", _("The unit lies outside the campaign's areas")
    REAL_NAME = "real_name_missing", _("Real-name check not on file")
    INSURANCE = "insurance_missing", _("Basic insurance that the plan accepts is not on file")
    GIFTED_BEFORE = "gifted_before", _("Got a gift in an earlier campaign")
    NO_PLACE = "no_place", _("No place was left")
    NO_BUDGET = "no_budget", _("No money was left")
    TAKEN_OUT = "taken_out", _("Taken out by an officer")


class WaveState(models.TextChoices):
    """Where a reminder wave stands."""

    WAITING = "waiting", _("About to begin")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Everybody told")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Broke off")


class Obstacle(models.TextChoices):
    """Why a covered worker who never opened the page gets no reminder by text message."""

    DIED = "died", _("Died")
    NO_PHONE = "no_phone", _("No phone on file")
    SHARED_PHONE = "shared_phone", _("Shares the phone number with somebody else")
    REFUSED = "refused", _("Wants no text messages")
    TOLD = "told", _("Was told within the pause")
