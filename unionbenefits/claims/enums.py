"""States and kinds of claims, decisions and payments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.plans import enums as plan_enums

# What a paper is: a plan version says which of them a claim needs.
PaperKind = plan_enums.PaperKind


class ClaimState(models.TextChoices):
    """Where a claim stands. Whether it is paid is told by its obligations, never here."""

    DRAFT = "draft", _("Draft")
    FILED = "filed", _("Filed")
    ASKED = "asked", _("Waiting for the worker")
    DECIDED = "decided", _("Decided, to be reviewed")
    REVIEWED = "reviewed", _("Reviewed, to be approved")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What the worker may still change, and what an officer may still decide.
CHANGEABLE = frozenset({ClaimState.DRAFT, ClaimState.FILED, ClaimState.ASKED})
OPEN = frozenset({ClaimState.FILED, ClaimState.ASKED, ClaimState.DECIDED, ClaimState.REVIEWED})
FINAL = frozenset({ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.WITHDRAWN})


class FiledThrough(models.TextChoices):
    """Who filed: the worker, or an officer on the worker's behalf (kept apart in the record)."""

    WORKER = "worker", _("By the worker")
    OFFICER = "officer", _("By an officer for the worker")


class FindingKind(models.TextChoices):
    """Checks that rank a claim and never reject it (peers.md B7, E5)."""

    SAME_INVOICE = "same_invoice", _("Same invoice number")
    SAME_PICTURE = "same_picture", _("Same picture")
    SAME_STAY = "same_stay", _("Same stay filed again")
    OVERLAPPING_STAY = "overlapping_stay", _("Overlapping stays")
    SHARED_ACCOUNT = "shared_account", _("Bank account of several workers")
    UNUSUAL_AMOUNT = "unusual_amount", _("Unusual amount for the hospital")
    FILED_FOR_MANY = "filed_for_many", _("Filed by one officer for many")


class DecisionOutcome(models.TextChoices):
    """What was decided."""

    PAY = "pay", _("Pays")
    REJECT = "reject", _("Rejects")


class DecisionState(models.TextChoices):
    """How far a decision has come. Only an approved one counts; a change of the claim voids any."""

    PROPOSED = "proposed", _("Proposed")
    REVIEWED = "reviewed", _("Reviewed")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    VOID = "void", _("Void")


class AppealState(models.TextChoices):
    """How an appeal stands."""

    OPEN = "open", _("Open")
    GRANTED = "granted", _("Granted: decided anew")
    DISMISSED = "dismissed", _("Dismissed: the decision stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DifferenceState(models.TextChoices):
    """What became of a difference that a late stay or a freed cap brings up (cases C104, C110)."""

    OPEN = "open", _("To be settled")
    DEDUCTED = "deducted", _("Deducted from this payment")
    TOPPED_UP = "topped_up", _("Paid in addition")
    WAIVED = "waived", _("Not pursued")


class ObligationKind(models.TextChoices):
    """Why money is owed."""

    DECISION = "decision", _("Decision")
    DIFFERENCE = "difference", _("Difference settled")


class ObligationState(models.TextChoices):
    """Where the money stands: held, used, back in the fund, or no longer owed."""

    DUE = "due", _("To be paid")
    PAID = "paid", _("Paid")
    RETURNED = "returned", _("Came back; payee to correct")
    STOPPED = "stopped", _("Stopped")


class PaymentState(models.TextChoices):
    """One attempt. Unknown is a state: it is asked about, never resent (case C122)."""

    WAITING = "waiting", _("In a batch")
    SUBMITTED = "submitted", _("Submitted to the bank")
    UNKNOWN = "unknown", _("Outcome unknown")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")
    RETURNED = "returned", _("Returned by the bank")
    CANCELLED = "cancelled", _("Taken out before it was sent")


# An obligation has at most one payment in any of these (invariant 8).
LIVE_PAYMENTS = ("waiting", "submitted", "unknown", "succeeded")


class PayStage(models.TextChoices):
    """How near owed money is to being paid. Worked out from the attempts, never stored."""

    READY = "ready", _("Can be paid")
    TO_CORRECT = "to_correct", _("Payee to correct")
    TO_HOLD = "to_hold", _("Corrected; money to hold again")
    UNDER_WAY = "under_way", _("In a batch or at the bank")


class BatchState(models.TextChoices):
    """What people did with a batch; how it was paid is told by its lines (case C128)."""

    MADE = "made", _("To be checked")
    CHECKED = "checked", _("Checked")
    SUBMITTED = "submitted", _("Submitted to the bank")
    CANCELLED = "cancelled", _("Cancelled")


class ReplayState(models.TextChoices):
    """A replay of past decisions under other terms."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class LookVerdict(models.TextChoices):
    """What a second look found."""

    OPEN = "open", _("To be looked at")
    RIGHT = "right", _("Right")
    WRONG = "wrong", _("Wrong")
