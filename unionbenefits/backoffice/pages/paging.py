"""Pages through long lists by key: no count, no offset, the same speed on the first page and on the last."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
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


def _link(request: HttpRequest, name: str, key: int) -> str:
    query = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[name] = str(key)
    return "?" + query.urlencode()


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
