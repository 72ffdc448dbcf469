"""Coverage by day and by scope."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Worker


class CoverageQuerySet(QuerySet):  # type: ignore[type-arg]
    """Coverages, by day and by scope."""

    def on(self, day: dt.date) -> "CoverageQuerySet":
        """Coverages in force on `day` (both ends included)."""
        return self.filter(live_period__contains=day)

    def in_scope(self, scope: Scope) -> "CoverageQuerySet":
        """Coverages of the workers in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(Exists(Worker.objects.in_scope(scope).filter(pk=OuterRef("worker_id"))))
