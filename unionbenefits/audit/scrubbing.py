"""Overwriting what rows held, in their history too: the one exception to “history stays”, for erasure.

A person has a right to be erased (PIPL art. 47), and history tables hold what a row once was. So what is
personal is overwritten in both; that it happened, when and on whose word stays in the audit log, whose chain
holds no personal data and is never touched.
"""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import pgtrigger
from django.db import transaction
from django.db.models import Case, CharField, Model, Value, When
from pghistory.trigger import Event

GONE: Final = "—"
"""What stands where a name or words were: one character, which masking leaves as it is."""


class Words:
    """Stands for “— where there were words, nothing where there were none” in `scrub`."""


WORDS: Final = Words()


def scrub(model: type[Model], keys: Collection[Any], **values: Any) -> int:
    """Writes `values` over the rows and over everything their history says of these fields.

    Triggers that keep rows final step aside; those that write history don't, so that the change itself is in
    the history. `WORDS` keeps whether something was said. Returns how many rows.
    """
    if not keys:
        return 0
    with transaction.atomic(), _unguarded(model):
        changed = model._base_manager.filter(pk__in=keys).update(**_expressions(values))
        scrub_history(model, keys, **values)
    return changed


def remove(model: type[Model], keys: Collection[Any], **values: Any) -> int:
    """Deletes the rows; `values` are written over what their history says of these fields."""
    if not keys:
        return 0
    with transaction.atomic(), _unguarded(model):
        gone, _by_model = model._base_manager.filter(pk__in=keys).delete()
        scrub_history(model, keys, **values)
    return gone


def scrub_history(model: type[Model], keys: Collection[Any], **values: Any) -> int:
    """The history alone; nothing where a model has none."""
    events = getattr(model, "pgh_event_model", None)
    if events is None or not values:
        return 0
    known = {field.name for field in events._meta.concrete_fields}
    kept = {name: value for name, value in values.items() if name in known}
    changed: int = events._base_manager.filter(pgh_obj_id__in=keys).update(**_expressions(kept))
    return changed


def _expressions(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Case(When(**{name: ""}, then=Value("")), default=Value(GONE), output_field=CharField())
        if value is WORDS
        else value
        for name, value in values.items()
    }


@contextmanager
def _unguarded(model: type[Model]) -> Iterator[None]:
    """Without the model's own guards; only named ones, since ignoring none means ignoring all."""
    guards = [
        f"{model._meta.label}:{trigger.name}"
        for trigger in getattr(model._meta, "triggers", [])
        if not isinstance(trigger, Event)
    ]
    with ExitStack() as stack:
        if guards:
            stack.enter_context(pgtrigger.ignore(*guards))
        yield
