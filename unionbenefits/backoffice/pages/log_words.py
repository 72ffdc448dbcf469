"""The log and the history in words: who, from where, which act, which values. Personal ones stay masked."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.db.models import BinaryField, Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, ngettext

from unionbenefits.accounts.models import User
from unionbenefits.audit.words import ACTS, DETAILS
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock
from unionbenefits.core.crypto.fields import SealedTextField
from unionbenefits.core.masking import mask_account, mask_document, mask_phone
from unionbenefits.core.money import show

NOTHING: Final = "–"
_MASKS: Final = {
    "number": mask_document,
    "invoice_no": mask_document,
    "phone": mask_phone,
    "account": mask_account,
}
# How the union tree is stored says nothing to people; moves have an act of their own.
_UNTOLD: Final = frozenset({"path", "depth", "numchild"})
_LONGEST: Final = 120
_DIGEST_FROM, _DIGEST_SHOWN = 40, 12


class People:
    """Names of the staff that the reader may know; asked for once for all rows of a page."""

    def __init__(self, staff: "QuerySet[User]", reader: User, actors: Iterable[str]) -> None:
        names = {actor.removeprefix("staff:") for actor in actors if actor.startswith("staff:")}
        known = staff.filter(username__in=names) if names else ()
        self._names = {user.username: f"{user} ({user.username})" for user in known}
        if reader.username in names:
            self._names[reader.username] = f"{reader} ({reader.username})"

    def knows(self, actor: str) -> bool:
        """Whether the reader may read who it was: staff in scope, the program, and those without a name."""
        return not actor.startswith("staff:") or actor.removeprefix("staff:") in self._names

    def name(self, actor: str) -> str:
        """Who acted, in words."""
        kind, _mark, name = actor.partition(":")
        if kind == "staff":
            return self._names.get(name, _("an officer outside your unions"))
        if kind == "worker":
            return _("the worker")
        if kind == "system":
            return _("the program (%(purpose)s)") % {"purpose": name}
        return actor or _("directly in the database")


def people(request: HttpRequest, actors: Iterable[str]) -> People:
    """For a page: the staff whom whoever asks may know."""
    return People(in_scope(request, User), officer(request), actors)


def act_words(code: str) -> str:
    """The act as a sentence; the code itself for one that a later version has dropped."""
    return str(ACTS.get(code, code))


def origin_words(origin: str) -> str:
    """From where: an address, a command, a job."""
    kind, _mark, name = origin.partition(":")
    if kind == "address":
        return _("from address %(address)s") % {"address": name}
    if kind == "command":
        return _("by the command %(name)s") % {"name": name}
    return _("by the job %(name)s") % {"name": name} if kind == "job" else ""


def details(data: dict[str, Any]) -> list[tuple[str, str]]:
    """What an entry of the log remembers, as pairs of words."""
    return [(str(DETAILS.get(name, name.replace("_", " "))), plain(value)) for name, value in data.items()]


def plain(value: Any) -> str:
    """A value without a field: text, numbers, lists and small tables of them, never JSON."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return show(value)
    if isinstance(value, dt.datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dict):
        return "；".join(f"{DETAILS.get(name, name)} {plain(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return _listed(value)
    return _short(str(value))


def _listed(values: Any) -> str:
    if len(values) <= 10:
        return "、".join(plain(one) for one in values)
    return ngettext("%(count)d value", "%(count)d values", len(values)) % {"count": len(values)}


def _short(text: str) -> str:
    if len(text) >= _DIGEST_FROM and all(mark in "0123456789abcdef" for mark in text):
        return f"{text[:_DIGEST_SHOWN]}…"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def is_told(field: "Field[Any, Any]") -> bool:
    """Whether a change of the field says anything: indexes of sealed values and other keys do not."""
    if isinstance(field, SealedTextField):
        return True
    return field.editable and not isinstance(field, BinaryField) and field.name not in _UNTOLD


def value_words(request: HttpRequest, field: "Field[Any, Any]", value: Any) -> str:
    """A field's value as a screen shows it: choices by their label, objects by name, personal ones masked."""
    if value is None or value == "":
        return NOTHING
    if isinstance(field, SealedTextField):
        mask = _MASKS.get(field.name)
        return mask(str(value)) if mask else _("(sealed)")
    if isinstance(field, ForeignKey):
        return _related(request, field.remote_field.model, value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "lower") and hasattr(value, "isempty"):
        return _period(value)
    return plain(value)


def _period(value: Any) -> str:
    """A range of days with both ends included (invariant 12)."""
    if value.isempty:
        return NOTHING
    last = None if value.upper is None else value.upper - dt.timedelta(days=0 if value.upper_inc else 1)
    return f"{value.lower or '…'} – {last or '…'}"


def _related(request: HttpRequest, model: type[Model], key: Any) -> str:
    """The object's name where the reader may see it, else that it lies elsewhere (invariant 9)."""
    if not hasattr(model._default_manager.get_queryset(), "in_scope"):
        return f"#{key}"
    # The same officers and units come again and again on a page: each is looked up once.
    known: dict[tuple[type[Model], Any], str] = request.__dict__.setdefault("named_in_log", {})
    if (model, key) not in known:
        found = in_scope(request, model).filter(pk=key).first()
        known[model, key] = _("(outside your unions)") if found is None else str(found)
    return known[model, key]
