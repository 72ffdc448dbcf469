"""Officers from a workbook: every line judged by the very verbs that would write it, nothing half applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.access.actions import appoint, grant_post
from unionbenefits.access.models import Post
from unionbenefits.access.officer_list import COLUMNS, Line, day_written, role_named
from unionbenefits.access.places import place_named
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User
from unionbenefits.accounts.passwords import make_password_link
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.core.sheets import Column, Sheet, xlsx
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


class LineVerdict(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    POST = "post"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


WORDS: Final[dict[LineVerdict, str | Promise]] = {
    LineVerdict.NEW: gettext_lazy("New person with a first post"),
    LineVerdict.POST: gettext_lazy("A further post of somebody on file"),
    LineVerdict.UNCHANGED: gettext_lazy("Holds this post already"),
    LineVerdict.REFUSED: gettext_lazy("Cannot be taken over"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A line, what becomes of it and why; `link` sets the first password of a new person, once."""

    line: Line
    verdict: LineVerdict
    code: str = ""
    message: str = ""
    link: str = ""

    @property
    def words(self) -> str:
        """The verdict in words, with the reason where it is refused."""
        return self.message or str(WORDS[self.verdict])


@dataclass(frozen=True, slots=True)
class Outcome:
    """All lines judged; `applied` only where not one was refused and it was no rehearsal."""

    lines: list[Judged]
    applied: bool

    @property
    def counts(self) -> dict[str, int]:
        """Lines by verdict."""
        return {kind.value: sum(one.verdict == kind for one in self.lines) for kind in LineVerdict}


def import_officers(*, by: Actor, scope: Scope, lines: Sequence[Line], dry_run: bool = False) -> Outcome:
    """Makes the users and posts of all lines, or of none where one is refused; units are those of `scope`.

    A rehearsal does the same and takes it back, so that its verdicts are those of the real thing.
    """
    with transaction.atomic():
        with act("officers.import", by=by) as doing:
            judged = [_take(by, scope, line) for line in lines]
            outcome = Outcome(judged, applied=not dry_run)
            doing.data = {"lines": len(judged), **outcome.counts}
        if dry_run or any(one.verdict == LineVerdict.REFUSED for one in judged):
            transaction.set_rollback(True)
            return Outcome([_without_link(one) for one in judged], applied=False)
    return outcome


def _take(by: Actor, scope: Scope, line: Line) -> Judged:
    try:
        with transaction.atomic():
            return give_post(by=by, scope=scope, line=line)
    except Refusal as refusal:
        return Judged(line, LineVerdict.REFUSED, refusal.code, str(refusal))
    except IntegrityError:
        return Judged(line, LineVerdict.REFUSED, "conflict", _("This does not fit what is on file by now."))


def give_post(*, by: Actor, scope: Scope, line: Line) -> Judged:
    """The post of one line, and the user where nobody has the sign-in name yet.

    Raises Refusal `username_wrong`, `name_missing`, `name_differs`, `name_too_long`, `role_unknown`,
    `day_wrong`, `place_unknown`, `place_ambiguous`, and what `access.actions.grant_post` raises.
    """
    post = _wanted(scope, line)
    user = User.objects.filter(username=line.username).first()
    if user is None:
        if not line.name:
            raise Refusal("name_missing", _("Write the full name: nobody has this sign-in name yet."))
        made = appoint(by=by, username=line.username, name=line.name, **post)
        return Judged(line, LineVerdict.NEW, link=make_password_link(by=by, user=made))
    if line.name and line.name != user.name:
        raise Refusal("name_differs", _("This sign-in name belongs to somebody of another name. Check both."))
    place = {"union": post["union"], "enterprise": post["enterprise"], "role": post["role"]}
    days = {"starts_on": post["starts_on"], "ends_on": post["ends_on"]}
    if Post.objects.filter(user=user, stands_in_for=None, **place, **days).standing().exists():
        return Judged(line, LineVerdict.UNCHANGED)
    grant_post(by=by, user=user, **post)
    return Judged(line, LineVerdict.POST)


def _wanted(scope: Scope, line: Line) -> dict[str, Any]:
    """The post that the line asks for. Raises Refusal with what is wrong on it."""
    if not line.username or len(line.username) > 60 or any(sign.isspace() for sign in line.username):
        raise Refusal("username_wrong", _("Write a sign-in name of 1 to 60 characters without blanks."))
    if len(line.name) > 60:
        raise Refusal("name_too_long", _("The name is longer than 60 characters."))
    role = role_named(line.role)
    if role is None:
        raise Refusal(
            "role_unknown",
            _("There is no role of this name. The page of roles lists them all."),
        )
    starts_on, ends_on = day_written(line.starts_on), day_written(line.ends_on)
    if starts_on is None or (line.ends_on and ends_on is None):
        raise Refusal("day_wrong", _("Write days like 2026-01-31."))
    where = place_named(scope, line.place, role)
    return {
        "role": role,
        "union": where if isinstance(where, Union) else None,
        "enterprise": where if isinstance(where, Enterprise) else None,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _without_link(one: Judged) -> Judged:
    return Judged(one.line, one.verdict, one.code, one.message)


def report(judged: Sequence[Judged], *, mark: str = "") -> bytes:
    """The same workbook with what became of each line, and the links for new people; keep it like keys."""
    headings = [str(heading) for heading, _known in COLUMNS.values()]
    columns = [Column(_("Line"), 8), *(Column(text, 20) for text in headings)]
    columns += [Column(_("Result"), 60), Column(_("Link for the first password"), 90)]
    rows = [
        (
            one.line.row,
            *(getattr(one.line, name) for name in COLUMNS),
            one.words,
            one.link,
        )
        for one in judged
    ]
    return xlsx([Sheet(_("Officers"), columns, rows, mark)])


def template() -> bytes:
    """An empty workbook with the headings, and the roles by name on a second sheet."""
    columns = [Column(str(heading), 24) for heading, _known in COLUMNS.values()]
    roles = [(str(role.label), role.value) for role in Role]
    return xlsx(
        [
            Sheet(_("Officers"), columns, []),
            Sheet(_("Roles"), [Column(_("Role"), 30), Column(_("code"), 24)], roles),
        ]
    )
