"""Which looks at hidden values an actor sees."""

from django.db.models import Q, QuerySet

from unionbenefits.core.scope import Scope
from unionbenefits.unions.querysets import subtree


class RevealQuerySet(QuerySet):  # type: ignore[type-arg]
    """Looks at hidden values, scoped by where the officer who looked serves."""

    def in_scope(self, scope: Scope) -> "RevealQuerySet":
        """Looks by officers at or below the posts; the top also sees those of no post."""
        if scope.reaches_top:
            return self
        return self.filter(subtree(scope.union_paths, "union__path"))

    def below(self, scope: Scope) -> "RevealQuerySet":
        """Looks by officers strictly below, clerks of own enterprises included; at the top, all."""
        if scope.reaches_top:
            return self
        return self.in_scope(scope).filter(Q(is_clerk=True) | ~Q(union__path__in=scope.union_paths))
