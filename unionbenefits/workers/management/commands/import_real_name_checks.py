"""`manage.py import_real_name_checks FILE --officer NAME`: notes the days of real-name checks from a list."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.core import clock
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import NotFound
from unionbenefits.core.masking import mask_document
from unionbenefits.workers.actions import record_real_name_checks
from unionbenefits.workers.roster.check_list import read_check_list
from unionbenefits.workers.roster.codes import RosterRefused


class Command(ContractCommand):
    """Thin: finds file and officer, calls the verb, prints."""

    help = "Notes the days of real-name checks from a list of numbers and days, within the officer's posts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and who acts."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--officer", required=True, metavar="USERNAME", help="Acts within their posts.")

    def answer(self, **options: Any) -> Answer:
        """Counts of changed and unchanged people, numbers of nobody in scope (masked), unreadable lines."""
        user = User.objects.filter(username=options["officer"], is_active=True).first()
        if user is None or not user.has_perm("workers.change_worker"):
            raise NotFound("officer_unknown", _("There is no officer of this name who may change people."))
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2)
        try:
            found = read_check_list(content, options["file"].name, clock.today())
        except RosterRefused as refusal:
            return Answer({"refused": refusal.code, "message": str(refusal)}, [str(refusal)], refused=True)
        done = record_real_name_checks(by=user, scope=scope_of(user), checks=found.checks)
        document = {
            "changed": done.changed,
            "unchanged": done.unchanged,
            "unknown": [mask_document(number) for number in done.unknown],
            "unreadable": [{"sheet": sheet, "row": row} for sheet, row in found.faulty],
        }
        line = _(
            "%(changed)d people noted, %(unchanged)d were already, %(unknown)d numbers of nobody on file "
            "here, %(unreadable)d lines without a day."
        ) % {
            "changed": done.changed,
            "unchanged": done.unchanged,
            "unknown": len(done.unknown),
            "unreadable": len(found.faulty),
        }
        return Answer(document, [line])
