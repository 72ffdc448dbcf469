"""Paging through tables of any size: a page never counts more rows than it could need."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

# Pages that may be offered ahead of the one shown; the count stops there.
_AHEAD = 10
_LAST_PAGE = 2000


class LookAheadPaginator(Paginator):  # type: ignore[type-arg]
    """Counts exactly up to ten pages ahead and no further; `has_more` says that the true number is higher.

    A full count of 1,000,000 scoped rows costs more than the page itself (design §9).
    """

    template_name = "admin/paging.html"

    def __init__(self, rows: Any, per_page: int, *, page: int = 1, **options: Any) -> None:
        super().__init__(rows, per_page, **options)
        self._limit = (min(max(page, 1), _LAST_PAGE) + _AHEAD) * self.per_page

    @cached_property
    def _counted(self) -> int:
        """Rows found, looking one row past the limit."""
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by().values("pk")[: self._limit + 1].count()
        return len(self.object_list[: self._limit + 1])

    @property
    def count(self) -> int:
        """Rows as far as they were counted."""
        return min(self._counted, self._limit)

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than `count` says."""
        return self._counted > self._limit


def page_asked(request: HttpRequest, parameter: str = "p") -> int:
    """The page number in the address; 1 where it is none."""
    text = request.GET.get(parameter, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
