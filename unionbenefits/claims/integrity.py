"""What must never be, of claims and payments (invariants 4, 7 and 8); the rest is looked at in campaigns."""

from dataclasses import replace
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.campaigns.integrity import Examination, examine as examine_campaigns
from unionbenefits.core import sql
from unionbenefits.core.faults import Fault
from unionbenefits.workers.integrity import tree_faults

_SQL = Path(__file__).parent / "sql"
_WORDS: dict[str, str | Promise] = {
    "obligation_paid_twice": _("Obligation %(about)s was paid more than once (invariant 8)."),
    "obligation_two_attempts": _("Obligation %(about)s has two payments under way (invariant 8)."),
    "obligation_not_held": _("Obligation %(about)s is due, but its money is not held."),
    "obligation_not_used": _("Obligation %(about)s is paid, but the money used does not equal it."),
    "obligation_keeps_money": _("Obligation %(about)s is over, but still holds or uses money."),
    "payment_of_other_amount": _("Payment %(about)s has another amount than what is owed."),
    "paid_without_payment": _("Obligation %(about)s is marked paid without a successful payment."),
    "payment_batch_totals": _("Payment batch %(about)s: count or sum does not equal its lines."),
    "decision_two_roles": _("Decision %(about)s: one person took two of its steps (invariant 7)."),
    "claim_entry_untied": _("Ledger entry %(about)s names an obligation that it is not tied to."),
}


def claim_faults(limit: int = 100) -> list[Fault]:
    """Up to `limit` faults of claims and payments."""
    rows = sql.rows(_SQL, "integrity", {"limit": limit})
    return [Fault(row["code"], row["about"], _WORDS[row["code"]]) for row in rows]


def examine(limit: int = 100) -> Examination:
    """Everything: campaigns, money, covers and the log, then claims and payments, then the union tree."""
    found = examine_campaigns(limit)
    return replace(found, faults=(*found.faults, *claim_faults(limit), *tree_faults(limit)))
