"""What waits for the person at home: kinds of work as querysets, all counted by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.db.models.fields import IntegerField


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its rows (or their number, where it is known), words, and the list of those rows.

    One that is not `always` there is left out where nothing waits.
    """

    rows: "QuerySet[Any] | int"
    text: str
    hint: str
    href: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that was counted."""

    count: int
    text: str
    hint: str
    href: str


def counted(works: Sequence[Work]) -> list[Waiting]:
    """Each kind with the number of its rows. One query for all of them."""
    found = _counts({at: work.rows for at, work in enumerate(works) if not isinstance(work.rows, int)})
    numbers = [work.rows if isinstance(work.rows, int) else found.get(at, 0) for at, work in enumerate(works)]
    return [
        Waiting(number, work.text, work.hint, work.href)
        for number, work in zip(numbers, works, strict=True)
        if number or work.always
    ]


def _counts(rows: "dict[int, QuerySet[Any]]") -> dict[int, int]:
    parts = [_part(at, queryset) for at, queryset in rows.items()]
    if not parts:
        return {}
    first, *others = parts
    return dict(first.union(*others, all=True))


def _part(at: int, queryset: "QuerySet[Any]") -> "QuerySet[Any, tuple[int, int]]":
    """A row of the place in the list and the number of rows; none where there are none."""
    plain = queryset.order_by().select_related(None)
    part: QuerySet[Any, tuple[int, int]] = (
        plain.annotate(kind_of_work=Value(at, output_field=IntegerField()))
        .values("kind_of_work")
        .annotate(rows_of_work=Count("pk", distinct=True))
        .values_list("kind_of_work", "rows_of_work")
    )
    return part
