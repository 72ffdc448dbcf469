"""History rows for every change, bulk SQL included: django-pghistory with statement-level triggers.

Row-level triggers made our load six to nine times slower, statement-level ones 1.05 to 1.22 times (design
§5).
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

M = TypeVar("M", bound=type[Model])


def tracked(model: M) -> M:
    """Class decorator: insertions, changes and deletions of the model's rows each leave a row in its
    event table.
    """
    return tracked_without()(model)


def tracked_without(*fields: str) -> Callable[[M], M]:
    """`tracked` for a model with fields that are no fact about it, such as the progress of a job."""
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(level=pghistory.Statement),
        pghistory.UpdateEvent(level=pghistory.Statement),
        pghistory.DeleteEvent(level=pghistory.Statement),
        exclude=list(fields) or None,
    )
    return decorate  # type: ignore[no-any-return]


def append_only(noun: str) -> list[Any]:
    """Triggers that refuse to change, delete or empty a table whose rows are final.

    Emptying is allowed only where the database itself is marked as a test database, whose clean-up truncates.
    """
    return [
        pgtrigger.Protect(name=f"{noun}_is_final", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{noun}_is_kept",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"""
                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN
                    RAISE EXCEPTION '{noun} rows are never removed';
                END IF;
                RETURN NULL;
            """,
        ),
    ]
