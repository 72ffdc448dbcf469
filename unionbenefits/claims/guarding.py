"""Turns what the database's own guards refuse into sentences (invariants 6-8)."""

from contextlib import AbstractContextManager

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.guarding import refusing

# The verbs lock, recount and refuse first; whoever gets past them some other way meets these.
_GUARDS: dict[str, tuple[str, Promise]] = {
    "decision_by_three_people": (
        "same_person",
        _("Whoever took an earlier step of this decision cannot take this one. Another officer must."),
    ),
    "decision_of_current_version": (
        "claim_changed",
        _("The claim was changed meanwhile. Nothing was done; look at it again first."),
    ),
    "decision_open_once_per_claim": (
        "claim_changed",
        _("The claim was changed meanwhile. Nothing was done; look at it again first."),
    ),
    "appeal_by_other_people": (
        "same_person",
        _("An appeal is decided by people who had no part in the first decision. Another officer must."),
    ),
    "second_look_by_other_people": (
        "same_person",
        _("A second look is taken by somebody who had no part in the claim. Another officer must."),
    ),
    "payment_batch_checker_is_not_maker": (
        "same_person",
        _("Whoever made a payment batch cannot check it. Another officer must."),
    ),
    "payment_one_live_or_successful": (
        "payment_exists",
        _("This obligation is paid or a payment for it is under way already."),
    ),
    "payment_of_what_is_due": (
        "not_due",
        _("What was to be paid has changed meanwhile. Nothing was done; look at it again first."),
    ),
    "fund_never_overdrawn": (
        "budget_exhausted",
        _("The fund for claims is exhausted. Pay in first."),
    ),
}


def guarded() -> AbstractContextManager[None]:
    """Refuses with a sentence where a constraint or trigger of ours stops the transaction."""
    return refusing(_GUARDS)
