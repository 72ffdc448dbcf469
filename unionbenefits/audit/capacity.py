"""In which capacity somebody acts: an app above says it, the log keeps it with every entry."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from unionbenefits.audit.actors import Actor

Source = Callable[[Actor, Model | None], dict[str, Any]]
_sources: list[Source] = []


def capacities_from(source: Source) -> None:
    """Has `source(by, about)` asked at every entry; what it answers goes into the entry's data."""
    if source not in _sources:
        _sources.append(source)


def capacity_of(by: Actor, about: Model | None = None) -> dict[str, Any]:
    """What the apps above say of this act; empty for most."""
    found: dict[str, Any] = {}
    for source in _sources:
        found |= source(by, about)
    return found
