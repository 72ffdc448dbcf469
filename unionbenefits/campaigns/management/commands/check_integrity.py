"""Proves that money, places, gifts, covers and the audit log agree. Exit 1 names every fault."""

from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.campaigns.integrity import examine
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """`check_integrity [--json]`."""

    help = "Recomputes ledger sums, invariants 1-4 and 7, the backing of every batch, and the audit chain."

    def answer(self, **_options: Any) -> Answer:
        """Each fault with its code, what it concerns, and a sentence."""
        found = examine()
        faults = [{"code": fault.code, "about": fault.about, "text": fault.text} for fault in found.faults]
        document = {"ok": not faults, "faults": faults, "audit_entries": found.audit_entries}
        if faults:
            return Answer(document, [fault["text"] for fault in faults], refused=True)
        line = _("All is well. %(count)d sealed audit entries.") % {"count": found.audit_entries}
        return Answer(document, [line])
