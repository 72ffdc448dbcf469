"""`manage.py reset_sign_in USERNAME --reason TEXT [--link]`: for the person who cannot get in any more."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.access.console import acting_officer, person_managed
from unionbenefits.accounts.passwords import make_password_link
from unionbenefits.accounts.second_factor import reset_factors
from unionbenefits.accounts.staff_sign_in import unlock
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """Thin: the verbs of the panel's page, also where no administrator is left who could open it."""

    help = "Open a locked sign-in name and remove the second factor of a lost device."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, why, and whether a password is to be set anew."""
        super().add_arguments(parser)
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument(
            "--reason", required=True, help="How you know that it is this person; the person reads it."
        )
        parser.add_argument(
            "--link",
            action="store_true",
            help="Print a one-time link to set a password; the old one ends.",
        )
        parser.add_argument(
            "--officer", metavar="USERNAME", help="Acts within their posts; else as the system."
        )

    def answer(self, **options: Any) -> Answer:
        """What was reset, and the link."""
        by, scope = acting_officer(options["officer"], "reset_sign_in", "accounts.change_user")
        user = person_managed(options["username"], scope)
        with transaction.atomic():
            reset_factors(by=by, user=user, reason=options["reason"])
            unlock(by=by, user=user)
            link = make_password_link(by=by, user=user) if options["link"] else None
        said = _("%(name)s can sign in again and sets up a new second factor then.") % {"name": user}
        document = {"refused": None, "user": user.username, "link": link}
        return Answer(document, [said, *([link] if link else [])])
