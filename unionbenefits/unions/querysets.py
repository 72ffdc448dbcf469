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

    def nameable(self, scope: Scope) -> "UnionQuerySet":
        """Unions whose name may be shown: those in scope and those above them.

        Another branch of the tree would tell where else a worker serves ("already covered" never names the
        other employer, invariant 9).
        """
        if scope.everything or scope.is_empty:
            return self.in_scope(scope)
        own = set(scope.union_paths)
        if scope.enterprise_ids:
            served = self.in_scope(Scope(enterprise_ids=scope.enterprise_ids))
            own.update(served.values_list("path", flat=True))
        step = self.model.steplen
        above = {path[:end] for path in own for end in range(step, len(path), step)}
        named: UnionQuerySet = self.filter(subtree(tuple(own)) | Q(path__in=above))
        return named
