"""Changing a row by an explicit set of fields, and knowing which of them really changed."""

from typing import Any

from django.db.models import Model


def change_fields(row: Model, new: dict[str, Any]) -> list[str]:
    """Sets and saves the fields of `new` that differ, if any; returns their names."""
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    if changed:
        row.save(update_fields=changed)
    return changed
