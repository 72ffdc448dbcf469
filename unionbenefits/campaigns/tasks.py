"""Background work of campaigns: telling workers what was given to them or taken back."""

from unionbenefits.campaigns import telling
from unionbenefits.campaigns.actions.issuing import TELL_ISSUED
from unionbenefits.campaigns.actions.undoing import TELL_UNDONE
from unionbenefits.core import jobs


@jobs.task(TELL_ISSUED)
def tell_issued(batch: int) -> None:
    """Everybody whom the batch covered."""
    telling.tell_issued(batch)


@jobs.task(TELL_UNDONE)
def tell_undone(revocation: int) -> None:
    """Everybody whose cover the undo ended."""
    telling.tell_undone(revocation)
