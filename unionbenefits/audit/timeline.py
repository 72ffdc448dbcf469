"""What happened to one object: rows of its history and acts of the log, those of one request together."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Field, Model, QuerySet

from unionbenefits.audit.models import Entry

SIZE: Final = 30
_MOST_EVENTS: Final = 200
_MOST_ENTRIES: Final = 60


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that became another value. `old` is None where the row is new."""

    field: "Field[Any, Any]"
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """What an insertion, a change or a deletion (`kind`) did to one row of `model`."""

    model: type[Model]
    pk: int
    kind: str
    fields: list[Changed]


@dataclass(slots=True)
class Happening:
    """Everything of one request, job or command: when, who and what as the log writes it, from where."""

    key: str
    at: dt.datetime
    actor: str = ""
    action: str = ""
    origin: str = ""
    entries: list[Entry] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)

    @property
    def actions(self) -> list[str]:
        """The acts on the object, the first one first; the act that the history names where it has none."""
        return [entry.action for entry in self.entries] or ([self.action] if self.action else [])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Happenings, the newest first; `older` is where the next ones begin, empty at the beginning of all."""

    happenings: list[Happening]
    older: str


def timeline(
    found: Model,
    entries: QuerySet[Entry],
    parts: Sequence[tuple[type[Model], Iterable[int]]] = (),
    at: str = "",
) -> Stretch:
    """A stretch of the object's past. `entries` are those that the reader may see of the log.

    `parts` are rows that belong to the object, such as a worker's documents; `at` is the `older` of the
    stretch before. Two queries per model, whatever the size of the log.
    """
    before, done = _cursor(at)
    together: dict[str, Happening] = {}
    horizon = _take_events(together, [(type(found), [found.pk]), *parts], before, done)
    about = entries.filter(object_type=found._meta.label_lower, object_id=str(found.pk))
    horizon = max(horizon, _take_entries(together, about, before, done))
    happenings = sorted(together.values(), key=lambda one: (one.at, one.key), reverse=True)
    whole = [one for one in happenings if one.at > horizon] or happenings
    shown = whole[:SIZE]
    is_more = len(shown) < len(happenings) or horizon > _BEGINNING
    return Stretch(shown, f"{shown[-1].at.isoformat()}_{shown[-1].key}" if shown and is_more else "")


_BEGINNING: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def _cursor(text: str) -> tuple[dt.datetime | None, str]:
    """Time and key in the address; nothing for a mangled one."""
    moment, _mark, key = text.partition("_")
    try:
        before = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None, ""
    return (before, key) if before.tzinfo else (None, "")


def _take_events(
    together: dict[str, Happening],
    kinds: list[tuple[type[Model], Iterable[int]]],
    before: dt.datetime | None,
    done: str,
) -> dt.datetime:
    """Adds the rows of history; returns how far back they were read, if not to the beginning."""
    horizon = _BEGINNING
    for model, keys in kinds:
        if not hasattr(model, "pgh_event_model"):
            continue
        events: QuerySet[Any] = model.pgh_event_model._default_manager.filter(pgh_obj_id__in=list(keys))
        if before is not None:
            events = events.filter(pgh_created_at__lte=before)
        found = list(events.select_related("pgh_context").order_by("-pgh_id")[: _MOST_EVENTS + 1])
        if len(found) > _MOST_EVENTS:
            horizon = max(horizon, found.pop().pgh_created_at)
        previous = _previous(found)
        for event in found:
            key = str(event.pgh_context_id or f"{event.pgh_created_at:%s%f}")
            if key != done:
                _add_row(together, key, model, event, previous.get(event.pgh_id))
    return horizon


def _previous(found: list[Any]) -> dict[int, Any]:
    """For each event the one before of the same row; those whose one before was not read look for it."""
    before: dict[int, Any] = {}
    newer: dict[int, Any] = {}
    for event in found:
        if event.pgh_obj_id in newer:
            before[newer[event.pgh_obj_id].pgh_id] = event
        newer[event.pgh_obj_id] = event
    for event in newer.values():
        if event.pgh_label != "insert":
            older = type(event)._default_manager.filter(pgh_obj_id=event.pgh_obj_id, pgh_id__lt=event.pgh_id)
            last = older.order_by("-pgh_id").first()
            if last is not None:
                before[event.pgh_id] = last
    return before


def _add_row(together: dict[str, Happening], key: str, model: type[Model], event: Any, before: Any) -> None:
    said: dict[str, Any] = event.pgh_context.metadata if event.pgh_context else {}
    one = together.setdefault(key, Happening(key, event.pgh_created_at))
    one.actor = one.actor or str(said.get("by", ""))
    one.action = one.action or str(said.get("action", ""))
    one.origin = one.origin or str(said.get("origin", ""))
    fields = _changed(model, event, before)
    if fields or event.pgh_label != "update":
        one.rows.append(RowChange(model, event.pgh_obj_id, event.pgh_label, fields))


def _changed(model: type[Model], event: Any, before: Any) -> list[Changed]:
    """Fields whose value is another one than before; of a new row, those that have one."""
    if event.pgh_label == "delete":
        return []
    kept = {one.name for one in event._meta.fields}
    changed = []
    for one in model._meta.fields:
        if one.name not in kept or one.primary_key:
            continue
        new = getattr(event, one.attname)
        old = getattr(before, one.attname) if before is not None else None
        if _plain(new) != _plain(old) and not (before is None and new in ("", [], {})):
            changed.append(Changed(one, old, new))
    return changed


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _take_entries(
    together: dict[str, Happening], about: QuerySet[Entry], before: dt.datetime | None, done: str
) -> dt.datetime:
    """Adds the acts; each joins the rows of its own context."""
    if before is not None:
        about = about.filter(at__lte=before)
    found = list(about.order_by("-id")[: _MOST_ENTRIES + 1])
    horizon = found.pop().at if len(found) > _MOST_ENTRIES else _BEGINNING
    for entry in found:
        key = str(entry.context or uuid.UUID(int=entry.pk))
        if key == done:
            continue
        one = together.setdefault(key, Happening(key, entry.at))
        one.at = max(one.at, entry.at)
        one.actor = one.actor or entry.actor
        one.origin = one.origin or entry.origin
        one.entries.insert(0, entry)
    return horizon
