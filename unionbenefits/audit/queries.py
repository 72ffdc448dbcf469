"""Checking the log."""

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import GENESIS, chain_hash
from unionbenefits.audit.models import Entry, Seal


def chain_faults(limit: int = 20) -> list[str]:
    """What is wrong with the chain, in words: a changed entry, a removed one, a forged seal. Empty when
    all is well.
    """
    faults: list[str] = []
    previous, position = GENESIS, 0
    for seal in Seal.objects.select_related("entry").order_by("position").iterator(2000):
        position += 1
        if seal.position != position:
            faults.append(_("seal %(position)d is missing") % {"position": position})
            position = seal.position
        elif bytes(seal.previous) != previous:
            faults.append(_("seal %(position)d does not follow the one before") % {"position": position})
        if bytes(seal.hash) != chain_hash(bytes(seal.previous), seal.entry):
            faults.append(_("entry %(entry)d was changed after it was sealed") % {"entry": seal.entry_id})
        previous = bytes(seal.hash)
        if len(faults) >= limit:
            break
    return faults


def unsealed_count() -> int:
    """Entries that wait for the sealer."""
    return Entry.objects.filter(seal__isnull=True).count()
