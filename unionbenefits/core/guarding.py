"""Turns what the database's own guards refuse into sentences."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.functional import Promise

from unionbenefits.core.errors import Refusal

Guards = Mapping[str, tuple[str, Promise]]


@contextmanager
def refusing(guards: Guards) -> Iterator[None]:
    """Refuses with code and sentence where a constraint or trigger named in `guards` stops a transaction."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        guard = guards.get(getattr(diagnosis, "constraint_name", None) or "")
        if guard is None:
            raise
        raise Refusal(*guard) from error
