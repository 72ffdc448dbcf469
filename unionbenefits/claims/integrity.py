"""What must never be, of claims and payments (invariants 4, 7 and 8); the rest is looked at in campaigns."""

from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.campaigns.integrity import Examination, examine as examine_campaigns
from unionbenefits.core import sql

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


class ClaimFault:
    """A fault with a stable code, what it concerns (keys, never names), and a sentence."""

    def __init__(self, code: str, about: str) -> None:
        self.code, self.about = code, about

    @property
    def text(self) -> str:
        """The sentence."""
        return str(_WORDS[self.code]) % {"about": self.about}


def claim_faults(limit: int = 100) -> list[ClaimFault]:
    """Up to `limit` faults of claims and payments."""
    return [ClaimFault(row["code"], row["about"]) for row in sql.rows(_SQL, "integrity", {"limit": limit})]


def examine(limit: int = 100) -> tuple[Examination, list[ClaimFault]]:
    """Everything: campaigns, money, covers and the log, then claims and payments."""
    return examine_campaigns(limit), claim_faults(limit)
