"""`manage.py import_roster`: judges a roster and, unless it is a dry run, applies it (design §6)."""

from contextlib import nullcontext
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions, console, report
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterMode

CONSOLE: Final = "console"


class Command(ContractCommand):
    """Thin: finds file, enterprise and officer, calls the verb, prints."""

    help = (
        "Judges a roster and applies the accepted rows. Without --officer it acts as the staff user "
        "`console`, who is made on first use, sees every enterprise and can never sign in. Rows on hold wait "
        "for an officer in the panel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of design §6."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--enterprise", required=True, metavar="CODE", help="Unified social credit code.")
        parser.add_argument("--mode", choices=RosterMode.values, default=RosterMode.ADDITIONS.value)
        parser.add_argument(
            "--as-clerk", action="store_true", help="Judge as a clerk of the enterprise would see it."
        )
        parser.add_argument("--dry-run", action="store_true", help="Judge only; leave nothing behind.")
        parser.add_argument(
            "--report", type=Path, metavar="OUT.xlsx", help="Write the workbook back, faults marked."
        )
        parser.add_argument("--reveal", action="store_true", help="Print document numbers in full.")
        parser.add_argument("--officer", metavar="USERNAME", help="Act as this officer, within their posts.")
        parser.add_argument(
            "--confirm-leavers", action="store_true", help="With --mode full: end whoever is not in the file."
        )

    def answer(self, **options: Any) -> Answer:
        """Judges, writes the report, applies."""
        content = _content(options["file"])
        dry = options["dry_run"]
        with transaction.atomic() if dry else nullcontext():
            officer, scope = _officer(options["officer"])
            enterprise = _enterprise(options["enterprise"], scope)
            as_clerk = options["as_clerk"] or not (scope.everything or scope.union_paths)
            try:
                roster = actions.import_roster(
                    by=officer,
                    enterprise=enterprise,
                    file_name=options["file"].name,
                    content=content,
                    mode=RosterMode(options["mode"]),
                    as_clerk=as_clerk,
                    scope=scope,
                    confirm_leavers=options["confirm_leavers"],
                    apply=not dry,
                )
            except RosterRefused as refusal:
                return Answer(
                    console.refused(options["file"].name, content, refusal), [str(refusal)], refused=True
                )
            answer = _answer(roster, options)
            if dry:
                transaction.set_rollback(True)
        return answer


def _answer(roster: Roster, options: dict[str, Any]) -> Answer:
    document = console.document(roster, reveal=options["reveal"])
    lines = console.lines(roster) if not options["json"] else []
    if options["report"] and not roster.refusal:
        options["report"].write_bytes(report.report_workbook(roster))
    return Answer(document, lines, refused=bool(roster.refusal))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}, returncode=2
        )


def _officer(username: str | None) -> tuple[User, Scope]:
    """Who acts, and what they see."""
    if username is None:
        user = User.objects.filter(username=CONSOLE).first()
        return user or User.objects.create_user(CONSOLE, is_active=False, is_staff=False), EVERYTHING
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm("workers.upload_roster"):
        raise Refusal(
            "officer_unknown", _("There is no officer %(name)s who may upload rosters.") % {"name": username}
        )
    return user, scope_of(user)


def _enterprise(code: str, scope: Scope) -> Enterprise:
    """The enterprise by its code; the refusal offers the nearest codes that the officer sees."""
    wanted = code.strip().upper()
    visible = Enterprise.objects.in_scope(scope)
    found: Enterprise | None = visible.filter(credit_code=wanted).first()
    if found is not None:
        return found
    near = get_close_matches(wanted, visible.values_list("credit_code", flat=True), n=3, cutoff=0.8)
    message = _("No enterprise has the credit code %(code)s.") % {"code": wanted}
    if near:
        message += " " + _("Did you mean %(codes)s?") % {"codes": ", ".join(near)}
    raise Refusal("enterprise_unknown", message)
