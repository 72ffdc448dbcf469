"""Which enterprises an actor sees."""

from django.db.models import Q, QuerySet

from unionbenefits.core.scope import Scope
from unionbenefits.unions.querysets import subtree


class EnterpriseQuerySet(QuerySet):  # type: ignore[type-arg]
    """Enterprises, scoped."""

    def in_scope(self, scope: Scope) -> "EnterpriseQuerySet":
        """Enterprises whose union is under a post, that joined an industry union under one, a clerk's own.

        The joined ones come through a subquery, so that counts and pages never see a row twice.
        """
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        joined = self.model.industry_unions.through.objects.filter(subtree(scope.union_paths, "union__path"))
        return self.filter(
            subtree(scope.union_paths, "union__path")
            | Q(pk__in=joined.values("enterprise_id"))
            | Q(pk__in=scope.enterprise_ids)
        )


class AffiliationQuerySet(QuerySet):  # type: ignore[type-arg]
    """Places of enterprises in industry unions, scoped."""

    def in_scope(self, scope: Scope) -> "AffiliationQuerySet":
        """Those of industry unions and enterprises' unions under the posts, and a clerk's own."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(
            subtree(scope.union_paths, "union__path")
            | subtree(scope.union_paths, "enterprise__union__path")
            | Q(enterprise__in=scope.enterprise_ids)
        )
