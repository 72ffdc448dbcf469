"""Which unions an actor sees."""

from django.db.models import Q
from treebeard.mp_tree import MP_NodeQuerySet

from unionbenefits.core.scope import Scope


def subtree(paths: tuple[str, ...], field: str = "path") -> Q:
    """Rows whose `field` (a treebeard path) is one of `paths` or below it; nothing for no paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


class UnionQuerySet(MP_NodeQuerySet):
    """Unions, scoped."""

    def in_scope(self, scope: Scope) -> "UnionQuerySet":
        """Unions at or below the posts; a clerk sees the union of the enterprise."""
        if scope.everything:
            return self
        reached = subtree(scope.union_paths) | Q(enterprises__in=scope.enterprise_ids)
        found: UnionQuerySet = self.none() if scope.is_empty else self.filter(reached).distinct()
        return found
