"""Staff at the door: name and password counted and logged, the second step, and names that are locked.

No answer tells whether a name exists: the same work is done, the same sentence said, the same names locked.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from unionbenefits.accounts import notices, staff_sessions
from unionbenefits.accounts.models import User
from unionbenefits.accounts.second_factor import FACTOR_LIMIT
from unionbenefits.accounts.throttling import Limit, TooMany, forget, hit, reached
from unionbenefits.audit.actions import act, record
from unionbenefits.audit.actors import Actor, System
from unionbenefits.core.addresses import client_address
from unionbenefits.core.errors import Refusal

_DOOR = System("sign-in")
# Five wrong passwords, then a pause (the usual demand of 等保 2.0, level 3). The pause ends by itself.
NAME_LIMIT = Limit("staff.name", 5, dt.timedelta(minutes=15))
# A whole office sits behind one address at nine in the morning; one password tried on many names does too.
ADDRESS_LIMIT = Limit("staff.address", 200, dt.timedelta(hours=1))
# Asking again in the middle of work: as many tries as at the door.
PROOF_LIMIT = Limit("staff.proof", 5, dt.timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Locked:
    """A user whose tries are used up, until when, and which: the password's or the second factor's."""

    user: User
    until: dt.datetime
    second: bool


def check_password(request: HttpRequest, *, username: str, password: str) -> User:
    """The open staff account that name and password fit.

    Raises Refusal `sign_in_wrong`, `name_locked` or `address_locked`, each with what to do.
    """
    name, address = _name(username), client_address(request)
    try:
        hit([(NAME_LIMIT, name)])
        hit([(ADDRESS_LIMIT, address)])
    except TooMany as many:
        raise _locked(many, by_name=bool(reached(NAME_LIMIT, [name])))
    found = authenticate(request, username=username, password=password)
    if isinstance(found, User) and found.is_staff:
        forget(NAME_LIMIT, name)
        return found
    _note_failure(User.objects.filter(username=username).first(), name)
    raise Refusal(
        "sign_in_wrong",
        _(
            "Sign-in name and password do not match an open account. Check both, then try again; an "
            "administrator can send you a link to set a new password."
        ),
    )


def count_try(request: HttpRequest) -> None:
    """Counts a try with a passkey, which names nobody beforehand, by its address. Raises `address_locked`."""
    try:
        hit([(ADDRESS_LIMIT, client_address(request))])
    except TooMany as many:
        raise _locked(many, by_name=False)


def still_open(user: int, bound: str) -> User | None:
    """The user of this key, unless account, password or round of sessions changed since `bound` was made."""
    found = User.objects.filter(pk=user, is_active=True, is_staff=True).first()
    return found if found is not None and found.get_session_auth_hash() == bound else None


def check_own_password(*, user: User, password: str) -> None:
    """For a proof in the middle of work. Raises Refusal `password_wrong` or TooMany."""
    hit([(PROOF_LIMIT, str(user.pk))])
    if not user.check_password(password):
        record("user.proof_failed", by=user, about=user)
        raise Refusal("password_wrong", _("This is not your password. Try again."))
    forget(PROOF_LIMIT, str(user.pk))


def enter(request: HttpRequest, user: User, *, factor: str = "") -> list[str]:
    """Signs in, under a new session with nothing kept from before; returns what to tell the person."""
    request.session.flush()
    with act("user.sign_in", by=user) as doing:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        if factor:
            staff_sessions.prove(request, factor=factor)
        doing.about, doing.data = user, {"with": factor or "password"}
    return notices.tell_now(user)


def locked_among(users: Iterable[User]) -> list[Locked]:
    """Those of `users` whose name or second factor is locked now, the longest first."""
    people = list(users)
    names = reached(NAME_LIMIT, [_name(user.username) for user in people])
    seconds = reached(FACTOR_LIMIT, [str(user.pk) for user in people])
    found = [
        Locked(user, until, second)
        for user in people
        for until, second in (
            (names.get(_name(user.username)), False),
            (seconds.get(str(user.pk)), True),
        )
        if until is not None
    ]
    return sorted(found, key=lambda one: one.until, reverse=True)


def unlock(*, by: Actor, user: User) -> None:
    """Opens name and second factor before the pause is over, and tells the person.

    Whether `by` may manage the user is the caller's to check.
    """
    with act("user.unlock", by=by) as doing:
        forget(NAME_LIMIT, _name(user.username))
        forget(FACTOR_LIMIT, str(user.pk))
        notices.tell(user, notices.UNLOCKED, by=by)
        doing.about = user


def _note_failure(known: User | None, name: str) -> None:
    """The log has every failure; of a name that does not exist it keeps nothing that was typed."""
    record("user.sign_in_failed", by=_DOOR, about=known)
    if reached(NAME_LIMIT, [name]):
        record("user.locked", by=_DOOR, about=known)


def _locked(many: TooMany, *, by_name: bool) -> Refusal:
    time = many.time
    if by_name:
        text = _(
            "Too many wrong tries: this sign-in name is locked until %(time)s. If it was you, wait, or ask "
            "your administrator to open it. If it was not you, tell your administrator."
        )
        return Refusal("name_locked", text % {"time": time})
    text = _("Too many tries from your network. Please wait until %(time)s, then try again.")
    return Refusal("address_locked", text % {"time": time})


def _name(username: str) -> str:
    """As typed by whoever tries: case and width make no new name to guess by."""
    return unicodedata.normalize("NFKC", username).strip().casefold()[:60]
