"""`manage.py hand_over_post --from NAME --to NAME --on DAY [--role ROLE] [--undo]`: a post passes on."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from unionbenefits.access.console import acting_officer, person_named, post_of
from unionbenefits.access.handing_over import hand_over, undo_hand_over
from unionbenefits.access.models import HandOver
from unionbenefits.access.open_work import open_work_at
from unionbenefits.access.roles import Role
from unionbenefits.core.commands import Answer, ContractCommand
from unionbenefits.core.errors import NotFound


class Command(ContractCommand):
    """Thin: finds the post, calls the verb, names the open work."""

    help = "Hand a post over from one person to another on a day to come, or undo that until the day."

    def add_arguments(self, parser: CommandParser) -> None:
        """From whom, to whom, when."""
        super().add_arguments(parser)
        parser.add_argument("--from", dest="holder", required=True, metavar="USERNAME")
        parser.add_argument("--to", metavar="USERNAME", help="Not needed with --undo.")
        parser.add_argument(
            "--on", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="First day of the new one."
        )
        parser.add_argument("--role", choices=Role.values, help="Where the person holds several posts.")
        parser.add_argument("--reason", default="")
        parser.add_argument("--undo", action="store_true", help="Take the hand-over of this post back.")
        parser.add_argument(
            "--officer", metavar="USERNAME", help="Acts within their posts; else as the system."
        )

    def answer(self, **options: Any) -> Answer:
        """The hand-over and what waits there."""
        by, scope = acting_officer(options["officer"], "hand_over_post", "access.change_post")
        post = post_of(options["holder"], Role(options["role"]) if options["role"] else None, scope)
        if options["undo"]:
            made = (
                HandOver.objects.filter(post=post, undone_at=None).select_related("successor__user").first()
            )
            if made is None:
                raise NotFound("hand_over_unknown", _("This post is not handed over."))
            undo_hand_over(by=by, made=made)
            return Answer({"refused": None, "undone": True}, [_("The hand-over is undone; both are told.")])
        if not options["to"] or not options["on"]:
            raise CommandError(_("Say to whom (--to) and from which day (--on)."), returncode=2)
        work = open_work_at(post)
        made = hand_over(
            by=by,
            post=post,
            to=person_named(options["to"]),
            first_day=options["on"],
            reason=options["reason"],
            waiting=[one.as_noted() for one in work if one.count],
        )
        lines = [f"{one.count:>6}  {one.text}" for one in work]
        first = _("From %(day)s on %(name)s is %(role)s at %(place)s; both are told. Open work:") % {
            "day": made.successor.starts_on,
            "name": made.successor.user,
            "role": post.get_role_display(),
            "place": post.where,
        }
        document = {
            "refused": None,
            "post": post.pk,
            "successor": made.successor_id,
            "first_day": made.successor.starts_on,
            "open_work": [one.as_noted() for one in work],
        }
        return Answer(document, [first, *lines])
