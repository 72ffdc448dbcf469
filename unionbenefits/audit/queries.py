"""Checking the log."""

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
            faults.append(f"audit: seal {position} is missing")
            position = seal.position
        elif bytes(seal.previous) != previous:
            faults.append(f"audit: seal {position} does not follow the one before")
        if bytes(seal.hash) != chain_hash(bytes(seal.previous), seal.entry):
            faults.append(f"audit: entry {seal.entry_id} was changed after it was sealed")
        previous = bytes(seal.hash)
        if len(faults) >= limit:
            break
    return faults


def unsealed_count() -> int:
    """Entries that wait for the sealer."""
    return Entry.objects.filter(seal__isnull=True).count()
