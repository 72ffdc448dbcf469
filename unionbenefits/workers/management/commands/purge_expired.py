"""Removes what is past keeping, rule by rule; the same as the nightly job and the panel's button."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.audit.actors import System
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.retention import rules
from unionbenefits.workers.retention import purge_expired, waiting


class Command(ContractCommand):
    """`purge_expired [--dry-run] [--json]`."""

    help = "Removes what is past keeping: codes, messages, exports, rosters, drafts, papers, vouchers."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` counts and removes nothing."""
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="Count what would go; remove nothing.")

    def answer(self, **options: Any) -> Answer:
        """Each rule with its period, its source, and what went or would go."""
        dry = options["dry_run"]
        counts = waiting() if dry else purge_expired(by=System("retention")).counts
        told = [
            {
                "code": rule.code,
                "what": str(rule.what),
                "period": rule.period(),
                "source": str(rule.source),
                "would_go" if dry else "removed": counts[rule.code],
            }
            for rule in rules()
        ]
        sentence = _("%(what)s: %(count)s would go") if dry else _("%(what)s: %(count)s removed")
        lines = [sentence % {"what": rule.what, "count": counts[rule.code]} for rule in rules()]
        return Answer({"dry_run": dry, "rules": told, "total": sum(counts.values())}, lines)
