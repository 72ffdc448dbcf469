"""Turns what the database's own guards refuse into sentences (invariants 2-4, 7)."""

from contextlib import AbstractContextManager

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.guarding import refusing

# The verbs lock, recount and refuse first; whoever gets past them some other way meets these.
_GUARDS: dict[str, tuple[str, Promise]] = {
    "fund_never_overdrawn": (
        "budget_exhausted",
        _("The budget is exhausted. Pay in or put fewer workers forward."),
    ),
    "allotment_never_exceeded": ("places_exhausted", _("No places left. Ask for more places first.")),
    "gift_one_per_worker_and_campaign": (
        "gifted_in_campaign",
        _("A worker of the batch just got the gift through another unit. Look at the preview again."),
    ),
    "batch_approver_is_not_preparer": (
        "approver_is_preparer",
        _("Whoever put a batch forward cannot approve it. Another officer must."),
    ),
    "batch_second_approver_is_a_third_person": (
        "second_approver_is_first",
        _("The second approval comes from somebody else than the first. Ask a third officer."),
    ),
    "revocation_done_by_a_second_person": (
        "confirmer_is_proposer",
        _("Whoever proposed the undo cannot confirm it. Another officer must."),
    ),
    "revocation_one_open_per_batch": (
        "revocation_open",
        _("An undo of this batch is already proposed. Confirm or decline it first."),
    ),
}


def guarded() -> AbstractContextManager[None]:
    """Refuses with a sentence where a constraint or trigger of ours stops the transaction."""
    return refusing(_GUARDS)
