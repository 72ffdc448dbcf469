"""Posts of today, and posts under one's own."""

import datetime as dt

from django.db.models import Q, QuerySet

from unionbenefits.accounts.models import User
from unionbenefits.core.scope import Scope
from unionbenefits.unions.querysets import subtree


class PostQuerySet(QuerySet):  # type: ignore[type-arg]
    """Posts, by day and by scope."""

    def on(self, day: dt.date) -> "PostQuerySet":
        """Posts held on `day`."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def in_scope(self, scope: Scope) -> "PostQuerySet":
        """Posts at unions and enterprises under one's own posts."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(
            subtree(scope.union_paths, "union__path")
            | subtree(scope.union_paths, "enterprise__union__path")
            | Q(enterprise__in=scope.enterprise_ids)
        )


class OwnExportQuerySet(QuerySet):  # type: ignore[type-arg]
    """Exports: whoever had one made sees it, nobody else, whatever the posts."""

    def of(self, user: User) -> "OwnExportQuerySet":
        """The user's own."""
        return self.filter(made_by=user)
