"""Proves that money, places, gifts, covers, claims, payments and the log agree. Exit 1 names every fault."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.audit.heads import check_head, current_head, read_head
from unionbenefits.claims.integrity import examine
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """`check_integrity [--head TEXT] [--json]`."""

    help = "Recomputes ledger sums, invariants 1-4, 7 and 8, what backs each batch and claim, log and tree."

    def add_arguments(self, parser: CommandParser) -> None:
        """A kept head of the chain, as the code on paper holds it."""
        super().add_arguments(parser)
        parser.add_argument(
            "--head",
            default="",
            metavar="AUDIT1:POSITION:HASH",
            help="Also say whether this head still stands.",
        )

    def answer(self, **options: Any) -> Answer:
        """Each fault with its code, what it concerns, and a sentence; and whether a kept head stands."""
        kept = read_head(options["head"]) if options["head"] else None
        found = examine()
        faults = [{"code": one.code, "about": one.about, "text": one.text} for one in found.faults]
        lines = []
        if kept is not None:
            verdict = check_head(kept)
            lines.append(verdict.text(kept))
            if not verdict.stands:
                faults.append({"code": verdict.code, "about": str(kept.position), "text": lines[0]})
        head = current_head()
        document = {
            "ok": not faults,
            "faults": faults,
            "audit_entries": found.audit_entries,
            "head": head.text if head else None,
        }
        if faults:
            return Answer(document, [fault["text"] for fault in faults], refused=True)
        lines.append(_("All is well. %(count)d sealed audit entries.") % {"count": found.audit_entries})
        if head is not None:
            lines.append(_("Head of the chain: %(head)s") % {"head": head.text})
        return Answer(document, lines)
