"""Coverage by day and by scope."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from unionbenefits.core.scope import Scope
from unionbenefits.workers.querysets import serves_in


class OpenQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows that are the same for everybody: the terms of a plan are public."""

    def in_scope(self, _scope: Scope) -> "OpenQuerySet":
        """All of them; whether a person may look at all is a permission."""
        return self


class CoverageQuerySet(QuerySet):  # type: ignore[type-arg]
    """Coverages, by day and by scope."""

    def on(self, day: dt.date) -> "CoverageQuerySet":
        """Coverages in force on `day` (both ends included)."""
        return self.filter(live_period__contains=day)

    def naming_giver(self, nameable: "QuerySet[Any]") -> "CoverageQuerySet":
        """Adds `giver_name`: the giving union's name where it is among the `nameable` unions, else None."""
        name = nameable.filter(pk=OuterRef("given_by_id")).order_by().values("name")[:1]
        named: CoverageQuerySet = self.annotate(giver_name=Subquery(name))
        return named

    def in_scope(self, scope: Scope) -> "CoverageQuerySet":
        """Coverages of the workers in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(serves_in(scope, "worker_id"))
