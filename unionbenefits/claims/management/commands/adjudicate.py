"""A pure decision on facts from a file or standard input; no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from unionbenefits.claims import wording
from unionbenefits.claims.reading import facts_from_text
from unionbenefits.claims.rules import adjudicate
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """`adjudicate [FACTS.json] [--explain]`: prints the decision as one JSON document."""

    help = "Decides one stay by the rules alone. Reads FACTS.json, or standard input; prints JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether a person wants to read the answer."""
        super().add_arguments(parser)
        parser.add_argument(
            "facts", metavar="FACTS.json", nargs="?", default="-", help="A file; - or nothing: stdin."
        )
        parser.add_argument("--explain", action="store_true", help="Print lines for people instead of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Other programs read this command, so that JSON is what it prints unless asked otherwise."""
        super().handle(*args, **options | {"json": options["json"] or not options["explain"]})

    def answer(self, **options: Any) -> Answer:
        """The decision."""
        verdict = adjudicate(facts_from_text(_read(options["facts"])))
        return Answer(wording.document(verdict), wording.readable(verdict))


def _read(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": name, "why": error}, returncode=2)
