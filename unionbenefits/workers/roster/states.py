"""Where a roster stands, and how it is meant."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RosterMode(models.TextChoices):
    """What people missing from the file mean (case C074)."""

    ADDITIONS = "additions", _("Additions and changes")
    FULL = "full", _("Full list: whoever is missing has left")


class RosterState(models.TextChoices):
    """Uploaded → judging → judged → applying → applied; or refused as a file, discarded by an officer or
    by time, failed by a fault of ours (the job tries again).
    """

    UPLOADED = "uploaded", _("Waiting to be judged")
    JUDGING = "judging", _("Being judged")
    JUDGED = "judged", _("To be confirmed")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    REFUSED = "refused", _("File refused")
    DISCARDED = "discarded", _("Discarded")
    FAILED = "failed", _("Interrupted")


class RowVerdict(models.TextChoices):
    """What becomes of a row."""

    ACCEPT = "accept", _("Accepted")
    HOLD = "hold", _("On hold")
    REJECT = "reject", _("Rejected")


class RowAction(models.TextChoices):
    """What an accepted row does to the register (design §6)."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    JOINED = "joined", _("Joined")
    NONE = "none", _("None")


class RowChoice(models.TextChoices):
    """What an officer can decide about a finding that holds a row."""

    PROPOSED = "proposed", _("Accepted as proposed")
    WRITTEN = "written", _("Accepted as written")
    CHOSEN = "chosen", _("Value chosen")
    BLANK = "blank", _("Accepted without this value")
    SAME = "same", _("Same person")
    RENAMED = "renamed", _("Same person, new name")
    APART = "apart", _("Another person")
    LEFT_OUT = "left_out", _("Left out")


class PairAnswer(models.TextChoices):
    """What is remembered of a document and a person."""

    SAME = "same", _("Same person")
    RENAMED = "renamed", _("Same person, new name")
    APART = "apart", _("Another person")
