"""The unit that a page of reach looks at: one union or one enterprise of one's own posts, or all of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from unionbenefits.access.queries import posts_of
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns.reach import in_unit
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

# Units that a list to choose from holds: the first ones by the tree and by name.
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Unit:
    """The chosen union and enterprise, where they are; `query` carries them on in addresses."""

    union: Union | None = None
    enterprise: Enterprise | None = None

    @property
    def query(self) -> dict[str, str]:
        """For an address."""
        chosen = {"union": self.union, "enterprise": self.enterprise}
        return {name: str(unit.pk) for name, unit in chosen.items() if unit is not None}

    @property
    def name(self) -> str:
        """Empty where none is chosen."""
        return str(self.enterprise or self.union or "")

    def of(self, gifts: "QuerySet[Any]") -> "QuerySet[Any]":
        """The gifts of the unit; an enterprise that is not of the union leaves none."""
        if self.union is not None:
            gifts = in_unit(gifts, Scope(union_paths=(self.union.path,)))
        return gifts.filter(enterprise=self.enterprise) if self.enterprise is not None else gifts


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen, and what is."""

    unit: Unit
    unions: list[Union]
    enterprises: list[Enterprise]


def chosen_unit(request: HttpRequest) -> Unit:
    """What the address or the form names, as far as it is in scope; anything else is ignored."""
    return Unit(
        union=_one(in_scope(request, Union), _named(request, "union")),
        enterprise=_one(in_scope(request, Enterprise), _named(request, "enterprise")),
    )


def choice(request: HttpRequest) -> Choice:
    """The chosen unit among those that may be chosen: unions with something below them, and the enterprises
    of the chosen union.
    """
    unit = chosen_unit(request)
    enterprises = in_scope(request, Enterprise)
    if unit.union is not None:
        below = Enterprise.objects.in_scope(Scope(union_paths=(unit.union.path,)))
        enterprises = enterprises.filter(pk__in=below.values("pk"))
    unions = in_scope(request, Union).exclude(kind=UnionKind.GRASSROOTS).order_by("path")
    return Choice(unit, list(unions[:SHOWN]), list(enterprises.order_by("name")[:SHOWN]))


def own_union(request: HttpRequest) -> Union | None:
    """The highest union where the person serves; None for a clerk and for whoever sees everything."""
    unions = [post.union for post in posts_of(officer(request)) if post.union is not None]
    return min(unions, key=lambda union: (len(union.path), union.path), default=None)


def _named(request: HttpRequest, name: str) -> int | None:
    text = (request.POST.get(name) or request.GET.get(name)) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _one(rows: "QuerySet[Any]", pk: int | None) -> Any:
    return None if pk is None else rows.filter(pk=pk).first()
