"""What happened to one object: rows of its history and acts of the log, those of one request together."""

import datetime as dt
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
    """Everything of one request, job or command: when, who and what as the log writes it, from where.

    Rows carry the start of their transaction, acts their own time: `began` is the first, `at` the last.
    """

    key: str
    began: dt.datetime
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

    @property
    def rank(self) -> tuple[dt.datetime, int, str]:
        """Its place in the past; no two have the same."""
        return self.began, self.entries[-1].pk if self.entries else 0, self.key


@dataclass(frozen=True, slots=True)
class Stretch:
    """Happenings, the newest first; `older` is where the next ones begin, empty at the beginning of all."""

    happenings: list[Happening]
    older: str


Rank = tuple[dt.datetime, int, str]
_BEGINNING: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def timeline(
    found: Model,
    entries: QuerySet[Entry],
    parts: Sequence[tuple[type[Model], Iterable[int]]] = (),
    at: str = "",
) -> Stretch:
    """A stretch of the object's past. `entries` are those that the reader may see of the log.

    `parts` are rows that belong to the object, such as a worker's documents; `at` is the `older` of the
    stretch before. A few queries per model, whatever the size of the log.
    """
    before = _cursor(at)
    together: dict[str, Happening] = {}
    horizon = _take_events(together, [(type(found), [found.pk]), *parts], before)
    about = entries.filter(object_type=found._meta.label_lower, object_id=str(found.pk))
    horizon = max(horizon, _take_entries(together, about, before))
    known = [one for one in together.values() if before is None or one.rank < before]
    known.sort(key=lambda one: one.rank, reverse=True)
    shown = ([one for one in known if one.began > horizon] or known)[:SIZE]
    is_more = len(shown) < len(known) or horizon > _BEGINNING
    return Stretch(shown, _written(shown[-1].rank) if shown and is_more else "")


def rows_of(entry: Entry, model: type[Model]) -> list[RowChange]:
    """What the act, and whatever else was done in the same request, changed of the object it was about."""
    if entry.context is None or not hasattr(model, "pgh_event_model"):
        return []
    events: QuerySet[Any] = model.pgh_event_model._default_manager.filter(
        pgh_obj_id=entry.object_id, pgh_context_id=entry.context
    )
    found = list(events.select_related("pgh_context").order_by("-pgh_id")[:_MOST_EVENTS])
    together: dict[str, Happening] = {}
    previous = _previous(found)
    for event in found:
        _add_row(together, model, event, previous.get(event.pgh_id))
    return [row for one in together.values() for row in one.rows]


def _written(rank: Rank) -> str:
    return "_".join((rank[0].isoformat(), str(rank[1]), rank[2]))


def _cursor(text: str) -> Rank | None:
    """The rank in the address; none for a mangled one."""
    moment, _mark, rest = text.partition("_")
    entry, _mark, key = rest.partition("_")
    try:
        began = dt.datetime.fromisoformat(moment)
        return (began, int(entry), key) if began.tzinfo else None
    except ValueError:
        return None


def _take_events(
    together: dict[str, Happening], kinds: list[tuple[type[Model], Iterable[int]]], before: Rank | None
) -> dt.datetime:
    """Adds the rows of history; returns how far back they were read, if not to the beginning."""
    horizon = _BEGINNING
    for model, keys in kinds:
        if not hasattr(model, "pgh_event_model"):
            continue
        events: QuerySet[Any] = model.pgh_event_model._default_manager.filter(pgh_obj_id__in=list(keys))
        if before is not None:
            events = events.filter(pgh_created_at__lte=before[0])
        found = list(events.select_related("pgh_context").order_by("-pgh_id")[: _MOST_EVENTS + 1])
        if len(found) > _MOST_EVENTS:
            horizon = max(horizon, found.pop().pgh_created_at)
        previous = _previous(found)
        for event in found:
            _add_row(together, model, event, previous.get(event.pgh_id))
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


def _add_row(together: dict[str, Happening], model: type[Model], event: Any, before: Any) -> None:
    moment, key = event.pgh_created_at, str(event.pgh_context_id or f"row-{event.pgh_created_at:%s%f}")
    said: dict[str, Any] = event.pgh_context.metadata if event.pgh_context else {}
    one = together.setdefault(key, Happening(key, moment, moment))
    one.began, one.at = min(one.began, moment), max(one.at, moment)
    one.actor = one.actor or str(said.get("by", ""))
    one.action = one.action or str(said.get("action", ""))
    one.origin = one.origin or str(said.get("origin", ""))
    fields = _changed(model, event, before)
    if fields or event.pgh_label != "update":
        _join(one.rows, RowChange(model, event.pgh_obj_id, event.pgh_label, fields))


def _join(rows: list[RowChange], older: RowChange) -> None:
    """Adds a change that came before those that are there; one of the same row becomes one with it."""
    at = next((at for at, row in enumerate(rows) if (row.model, row.pk) == (older.model, older.pk)), None)
    if at is None:
        rows.append(older)
        return
    newer = rows[at]
    kind = older.kind if newer.kind == "update" else newer.kind
    fields = {one.field.name: one for one in older.fields}
    for one in newer.fields:
        first = fields.get(one.field.name, one)
        fields[one.field.name] = Changed(one.field, first.old, one.new)
    rows[at] = RowChange(older.model, older.pk, kind, [] if kind == "delete" else list(fields.values()))


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


def _take_entries(together: dict[str, Happening], about: QuerySet[Entry], before: Rank | None) -> dt.datetime:
    """Adds the acts; each joins the rows of its own context, also where it was written after `before`."""
    newest = about if before is None else about.filter(at__lte=before[0])
    found = list(newest.order_by("-id")[: _MOST_ENTRIES + 1])
    horizon = found.pop().at if len(found) > _MOST_ENTRIES else _BEGINNING
    contexts = [key for key in together if not key.startswith("row-")]
    theirs = about.filter(context__in=contexts) if before is not None and contexts else ()
    for entry in sorted({*found, *theirs}, key=lambda entry: entry.pk):
        key = str(entry.context or f"entry-{entry.pk}")
        one = together.setdefault(key, Happening(key, entry.at, entry.at))
        one.began, one.at = min(one.began, entry.at), max(one.at, entry.at)
        one.actor = one.actor or entry.actor
        one.origin = one.origin or entry.origin
        one.entries.append(entry)
    return horizon
