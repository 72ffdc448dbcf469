"""Pages through long lists by key: no count, no offset, the same speed on the first page and on the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows; `back` and `forth` are query strings of its neighbours, empty at the ends."""

    rows: list[Any]
    back: str
    forth: str

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows)


def _key(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _link(request: HttpRequest, name: str, key: int | str) -> str:
    query = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[name] = str(key)
    return "?" + query.urlencode()


# Between the values of a key of several columns; no date or number holds it.
_BETWEEN = "_"


def keyset_by(
    request: HttpRequest, queryset: "QuerySet[Any]", order: Sequence[str], *, size: int = PAGE_SIZE
) -> Page:
    """The page in an order of several columns, such as `("promised_on", "-risk", "pk")`; the last one is
    unique, none is null. The address holds the values of the row that it starts behind. One query.
    """
    after, before = _values(request, "after", queryset, order), _values(request, "before", queryset, order)
    backwards = after is None and before is not None
    asked = [_turned(name) for name in order] if backwards else list(order)
    start = before if backwards else after
    if start is not None:
        queryset = queryset.filter(_behind(asked, start))
    rows = list(queryset.order_by(*asked)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_back = more if backwards else after is not None
    has_forth = bool(rows) if backwards else more
    return Page(
        rows=rows,
        back=_link(request, "before", _written(rows[0], order)) if rows and has_back else "",
        forth=_link(request, "after", _written(rows[-1], order)) if rows and has_forth else "",
    )


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _behind(order: Sequence[str], start: Sequence[Any]) -> Q:
    """Rows behind `start`: a later first column, or the same first and a later second one, and so on."""
    behind, same = Q(pk__in=[]), Q()
    for name, value in zip(order, start, strict=True):
        column = name.removeprefix("-")
        behind |= same & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{column: value})
    # Said again for the planner: the index starts at the first column.
    first = order[0]
    bound = "lte" if first.startswith("-") else "gte"
    return behind & Q(**{f"{first.removeprefix('-')}__{bound}": start[0]})


def _values(
    request: HttpRequest, name: str, queryset: "QuerySet[Any]", order: Sequence[str]
) -> list[Any] | None:
    """The values in the address; None for none and for mangled ones."""
    parts = request.GET.get(name, "").split(_BETWEEN)
    if len(parts) != len(order):
        return None
    meta = queryset.model._meta
    columns = [meta.pk if name in ("pk", "-pk") else meta.get_field(name.removeprefix("-")) for name in order]
    # The key of another row is a number here: whether that row exists is not asked.
    fields = [getattr(column, "target_field", column) for column in columns]
    try:
        return [field.clean(part, None) for field, part in zip(fields, parts, strict=True)]
    except (ValidationError, ValueError, OverflowError):
        return None


def _written(row: Any, order: Sequence[str]) -> str:
    return _BETWEEN.join(str(getattr(row, name.removeprefix("-"))) for name in order)


def keyset(
    request: HttpRequest,
    queryset: "QuerySet[Any]",
    *,
    descending: bool = False,
    size: int = PAGE_SIZE,
) -> Page:
    """The page that `?after=` or `?before=` asks for, in the order of the primary key. One query.

    A key that is no number is ignored: the first page is a better answer to a mangled address than a refusal.
    """
    after, before = _key(request, "after"), _key(request, "before")
    backwards = after is None and before is not None
    rising = descending == backwards
    if after is not None:
        queryset = queryset.filter(**{"pk__lt" if descending else "pk__gt": after})
    elif before is not None:
        queryset = queryset.filter(**{"pk__gt" if descending else "pk__lt": before})
    rows = list(queryset.order_by("pk" if rising else "-pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_back = more if backwards else after is not None
    has_forth = bool(rows) if backwards else more
    return Page(
        rows=rows,
        back=_link(request, "before", rows[0].pk) if rows and has_back else "",
        forth=_link(request, "after", rows[-1].pk) if rows and has_forth else "",
    )
