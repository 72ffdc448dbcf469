"""Choices of the sign-in models."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodePurpose(models.TextChoices):
    """What a one-time code opens."""

    SIGN_IN = "sign_in", _("Sign in")
    NEW_PHONE = "new_phone", _("Show that one holds the new phone")
    OLD_PHONE = "old_phone", _("Show that one holds the phone on file")


class SmsState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    WITHHELD = "withheld", _("Not sent: nobody on file")
    TAKEN_BACK = "taken_back", _("Taken back before it went")


class SmsKind(models.TextChoices):
    """What a text message is about; decides how long its text is kept."""

    CODE = "code", _("One-time code")
    NOTICE = "notice", _("Notice")
    ALERT = "alert", _("Warning that somebody else may be at work")
