"""Which staff users an actor sees."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from unionbenefits.core.scope import Scope


class UserQuerySet(QuerySet):  # type: ignore[type-arg]
    """Staff users, scoped by where they serve or served."""

    def in_scope(self, scope: Scope) -> "UserQuerySet":
        """Users with a post, past or present, under one's own posts."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        return self.filter(Exists(self._posts().in_scope(scope).filter(user=OuterRef("pk"))))

    def wholly_in_scope(self, scope: Scope) -> "UserQuerySet":
        """Users whom one may manage: those without a post outside, so no account is taken over from below."""
        if scope.everything:
            return self
        if scope.is_empty:
            return self.none()
        posts = self._posts()
        outside = posts.exclude(pk__in=posts.in_scope(scope).values("pk")).filter(user=OuterRef("pk"))
        return self.in_scope(scope).filter(~Exists(outside), is_superuser=False)

    def _posts(self) -> Any:
        return self.model._meta.get_field("posts").related_model._default_manager.all()
