"""Accounts and movements of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    """Where an amount of a fund stands. Every entry moves it from one account (credit) to another (debit)."""

    SOURCE = "source", _("Outside")
    AVAILABLE = "available", _("Available")
    HELD = "held", _("Held")
    USED = "used", _("Used")


class EntryKind(models.TextChoices):
    """Why an amount moved."""

    DEPOSIT = "deposit", _("Deposit")
    HOLD = "hold", _("Hold")
    RELEASE = "release", _("Release")
    CAPTURE = "capture", _("Capture")
    REVERSAL = "reversal", _("Reversal")


# credit → debit of each kind; the database checks the same pairs.
MOVEMENTS: dict[EntryKind, tuple[Account, Account]] = {
    EntryKind.DEPOSIT: (Account.SOURCE, Account.AVAILABLE),
    EntryKind.HOLD: (Account.AVAILABLE, Account.HELD),
    EntryKind.RELEASE: (Account.HELD, Account.AVAILABLE),
    EntryKind.CAPTURE: (Account.HELD, Account.USED),
    EntryKind.REVERSAL: (Account.USED, Account.AVAILABLE),
}
