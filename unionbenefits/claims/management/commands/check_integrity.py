"""Proves that money, places, gifts, covers, claims, payments and the log agree. Exit 1 names every fault."""

from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.claims.integrity import examine
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """`check_integrity [--json]`."""

    help = "Recomputes ledger sums, invariants 1-4, 7 and 8, what backs each batch and claim, and the log."

    def answer(self, **_options: Any) -> Answer:
        """Each fault with its code, what it concerns, and a sentence."""
        found = examine()
        faults = [{"code": one.code, "about": one.about, "text": one.text} for one in found.faults]
        document = {"ok": not faults, "faults": faults, "audit_entries": found.audit_entries}
        if faults:
            return Answer(document, [fault["text"] for fault in faults], refused=True)
        line = _("All is well. %(count)d sealed audit entries.") % {"count": found.audit_entries}
        return Answer(document, [line])
