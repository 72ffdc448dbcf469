"""Key rotation: seals everything anew under the first key of ENCRYPTION_KEYS, some rows at a time."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from unionbenefits.audit.actors import System
from unionbenefits.audit.resealing import AT_ONCE, reencrypt, sealed_columns, stale
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.crypto.keyring import keyring


class Command(ContractCommand):
    """`reencrypt [--batch ROWS] [--dry-run] [--json]`."""

    help = "Seals everything anew under the active key. Interrupted, run it again: it goes on with the rest."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many rows go together, and whether only to count."""
        super().add_arguments(parser)
        parser.add_argument("--batch", type=int, default=AT_ONCE, metavar="ROWS", help="Rows per commit.")
        parser.add_argument("--dry-run", action="store_true", help="Count what is under older keys.")

    def answer(self, **options: Any) -> Answer:
        """Values by column. Exit 1 where a value's key is not in the ring."""
        active = keyring().active
        if options["dry_run"]:
            counts = {str(column): stale(column) for column in sealed_columns()}
            left = {name: count for name, count in counts.items() if count}
            line = _("%(count)s values are under older keys.") % {"count": sum(left.values())}
            document = {"key": active, "dry_run": True, "stale": left, "total": sum(left.values())}
            return Answer(document, [line])
        done = reencrypt(by=System("keys"), at_once=max(1, options["batch"]))
        line = _("%(count)s values were sealed anew under the key %(key)s.") % {
            "count": sum(done.values()),
            "key": active,
        }
        document = {"key": active, "dry_run": False, "resealed": done, "total": sum(done.values())}
        return Answer(document, [line])
