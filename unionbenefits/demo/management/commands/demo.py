"""`manage.py demo`: the Nanhai scenario from real workbooks, its totals and sign-ins; then it serves."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import Refusal
from unionbenefits.demo import scenario, serving, summary, totals
from unionbenefits.demo.units import units


class Command(ContractCommand):
    """Builds, checks what it built against the published totals (exit 1 if they differ), prints, serves."""

    help = (
        "Builds the Nanhai scenario through the ordinary verbs, prints its totals and sign-ins, and serves."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--no-serve` and `--port` beside the common ones."""
        super().add_arguments(parser)
        parser.add_argument("--no-serve", action="store_true", help="Stop after the totals.")
        parser.add_argument("--port", type=int, default=8000, help="Port on 127.0.0.1.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the answer as every command does, then serves until Ctrl-C."""
        if not 1 <= options["port"] <= 65_535:
            raise CommandError("--port takes a number from 1 to 65535.", returncode=2)
        super().handle(*args, **options)
        if not options["no_serve"]:
            with translation.override(options["language"]):
                self._serve(options["port"])

    def answer(self, **options: Any) -> Answer:
        """The scenario, built or found standing."""
        if not settings.DEMO:
            raise Refusal("demo_only", _("The demo runs on its own embedded database, never on a real one."))
        if not options["no_serve"]:
            serving.check_port(options["port"])
        say = self._say_to(self.stderr if options["json"] else self.stdout)
        _migrate(say)
        built = scenario.build(units(), settings.VAR_DIR / "demo" / "rosters", say)
        found = totals.read(built)
        if not totals.check(built, found):
            say(_("Somebody has worked in the demo since it was built: these are the figures as they stand."))
        workers = totals.worker_sign_ins(built)
        address = f"http://{serving.HOST}:{options['port']}/"
        return Answer(
            summary.document(found, built.staff.sign_ins, workers, address),
            summary.summary(found, built.staff.sign_ins, workers, address),
        )

    def _say_to(self, stream: OutputWrapper) -> scenario.Say:
        """Writes a sentence at once and plainly, also where the stream is a file or would colour it."""

        def say(sentence: str) -> None:
            stream.write(sentence, style_func=str)
            stream.flush()

        return say

    def _serve(self, port: int) -> None:
        self._say_to(self.stderr)(_("Serving on port %(port)s. Ctrl-C ends it.") % {"port": port})
        try:
            serving.serve(port)
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)


def _migrate(say: scenario.Say) -> None:
    """Brings the tables up to date, or leaves a database alone that already is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(_("Preparing the database …"))
        call_command("migrate", interactive=False, verbosity=0)
