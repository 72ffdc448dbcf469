"""`manage.py import_officers FILE [--dry-run] [--report OUT.xlsx]`: users and posts from a workbook."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from unionbenefits.access.console import acting_officer
from unionbenefits.access.importing import Judged, Outcome, import_officers, report
from unionbenefits.access.officer_list import read_officers
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """Thin: reads the file, calls the verb, prints."""

    help = "Create officers and their posts from a workbook; nothing is written where one line is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, a rehearsal, the report, and who acts."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Judge every line and write nothing.")
        parser.add_argument(
            "--report", type=Path, metavar="OUT.xlsx", help="The lines with what became of each."
        )
        parser.add_argument(
            "--officer", metavar="USERNAME", help="Acts within their posts; else as the system."
        )

    def answer(self, **options: Any) -> Answer:
        """Every line with its verdict and, for new people, the link for the first password."""
        by, scope = acting_officer(options["officer"], "import_officers", "access.add_post")
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2)
        outcome = import_officers(
            by=by, scope=scope, lines=read_officers(content), dry_run=options["dry_run"]
        )
        if options["report"]:
            try:
                options["report"].write_bytes(report(outcome.lines))
            except OSError as error:
                raise CommandError(f"{options['report']}: {error.strerror}", returncode=2)
        refused = outcome.counts["refused"] > 0
        return Answer(_document(outcome), [*map(_line, outcome.lines), _last(outcome)], refused=refused)


def _document(outcome: Outcome) -> dict[str, Any]:
    rows = [
        {
            "row": one.line.row,
            "username": one.line.username,
            "verdict": one.verdict.value,
            "code": one.code or None,
            "message": one.words,
            "link": one.link or None,
        }
        for one in outcome.lines
    ]
    return {"refused": None, "rows": rows, "counts": outcome.counts, "applied": outcome.applied}


def _line(one: Judged) -> str:
    return f"{one.line.row}  {one.line.username}  {one.words}" + (f"  {one.link}" if one.link else "")


def _last(outcome: Outcome) -> str:
    if outcome.applied:
        return _("Everything is written down. Give each new person their link; it works once.")
    if outcome.counts["refused"]:
        return _("Nothing was written: mend the lines that cannot be taken over, then import again.")
    return _("A rehearsal: nothing was written.")
