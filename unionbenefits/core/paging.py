"""Paging through tables of any size: a page never counts more rows than it could need."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

# Pages that may be offered ahead of the one shown; the count stops there. Who searches types more rather than
# turn pages, and the hits may lie far apart.
_AHEAD = 4
_AHEAD_OF_HITS = 1
_LAST_PAGE = 2000


class LookAheadPaginator(Paginator):  # type: ignore[type-arg]
    """Counts exactly a few pages ahead and no further; `has_more` says that the true number is higher.

    A full count of 1,000,000 scoped rows costs more than the page itself (design §9). The keys that are
    counted also are the page: rows are searched for once, and read with all their columns by key.
    """

    template_name = "admin/paging.html"

    def __init__(
        self, rows: Any, per_page: int, *, page: int = 1, hits: bool = False, **options: Any
    ) -> None:
        super().__init__(rows, per_page, **options)
        ahead = _AHEAD_OF_HITS if hits else _AHEAD
        self._limit = (min(max(page, 1), _LAST_PAGE) + ahead) * self.per_page

    @cached_property
    def _keys(self) -> list[Any]:
        """Keys of the rows found, in order, looking one row past the limit."""
        rows: Any = self.object_list
        return list(rows.values_list("pk", flat=True)[: self._limit + 1])

    @cached_property
    def _counted(self) -> int:
        return len(self._keys if self._is_query else self.object_list[: self._limit + 1])

    @property
    def _is_query(self) -> bool:
        return isinstance(self.object_list, QuerySet)

    @property
    def count(self) -> int:
        """Rows as far as they were counted."""
        return min(self._counted, self._limit)

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than `count` says."""
        return self._counted > self._limit

    def page(self, number: int | str) -> Page:  # type: ignore[type-arg]
        """The page with its rows; raises what Django's does for a number past the end."""
        rows: Any = self.object_list
        if not self._is_query:
            return super().page(number)
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        shown = self._keys[: self.count][first : first + self.per_page]
        return Page(rows.filter(pk__in=shown), number, self)


def page_asked(request: HttpRequest, parameter: str = "p") -> int:
    """The page number in the address; 1 where it is none."""
    text = request.GET.get(parameter, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
