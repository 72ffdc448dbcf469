"""Which allotments, batches and gifts an actor sees."""

from django.db.models import Q, QuerySet

from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.querysets import subtree
from unionbenefits.workers.querysets import serves_in


class CampaignQuerySet(QuerySet):  # type: ignore[type-arg]
    """Campaigns, scoped."""

    def in_scope(self, scope: Scope) -> "CampaignQuerySet":
        """Campaigns of unions under the posts, and those that allot places to a unit in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        allotted = self.model._meta.get_field("allotments").related_model._default_manager.in_scope(scope)
        return self.filter(
            subtree(scope.union_paths, "owner__path") | Q(pk__in=allotted.values("campaign_id"))
        )


class UnitQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows that belong to one unit: a union, or an enterprise of one."""

    unit_prefix = ""

    def in_scope(self, scope: Scope) -> "UnitQuerySet":
        """Rows of units in scope; an enterprise counts also through the industry unions it joined."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        prefix = self.unit_prefix
        enterprises = Enterprise.objects.in_scope(scope).values("pk")
        return self.filter(
            subtree(scope.union_paths, f"{prefix}union__path") | Q(**{f"{prefix}enterprise__in": enterprises})
        )


class CampaignPartQuerySet(QuerySet):  # type: ignore[type-arg]
    """Rows of a campaign that only its owners see (which funds it draws on)."""

    def in_scope(self, scope: Scope) -> "CampaignPartQuerySet":
        """Rows of campaigns owned at or below the posts."""
        if scope.everything:
            return self
        return (
            self.filter(subtree(scope.union_paths, "campaign__owner__path"))
            if scope.union_paths
            else self.none()
        )


class GiftQuerySet(QuerySet):  # type: ignore[type-arg]
    """Gifts, scoped by the enterprise through which the worker got them."""

    def in_scope(self, scope: Scope) -> "GiftQuerySet":
        """Gifts through enterprises in scope."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(enterprise__in=Enterprise.objects.in_scope(scope).values("pk"))


class OverrideQuerySet(QuerySet):  # type: ignore[type-arg]
    """Overrides of "gifted before", scoped by the person."""

    def in_scope(self, scope: Scope) -> "OverrideQuerySet":
        """Of people who serve or served in scope, in campaigns that may be seen: they name no employer."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        campaigns = self.model._meta.get_field("campaign").related_model._default_manager.in_scope(scope)
        return self.filter(serves_in(scope, "worker_id"), campaign__in=campaigns.values("pk"))
