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
        return self.standing().filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def standing(self) -> "PostQuerySet":
        """Without those taken back before their first day."""
        return self.filter(withdrawn=False)

    def with_places(self) -> "PostQuerySet":
        """With what `Post.where` and `Post.as_held` read."""
        return self.select_related("union", "enterprise__union")

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


class HandOverQuerySet(QuerySet):  # type: ignore[type-arg]
    """Hand-overs, scoped as the posts they are about."""

    def in_scope(self, scope: Scope) -> "HandOverQuerySet":
        """Those of posts under one's own."""
        if scope.everything:
            return self
        posts = self.model._meta.get_field("post").related_model._default_manager.in_scope(scope)
        return self.filter(post__in=posts.values("pk"))


class OwnNoticeQuerySet(QuerySet):  # type: ignore[type-arg]
    """Notices: whoever is told reads them, nobody else."""

    def of(self, user: User) -> "OwnNoticeQuerySet":
        """The user's own."""
        return self.filter(user=user)

    def unread(self) -> "OwnNoticeQuerySet":
        """Not yet confirmed."""
        return self.filter(read_at__isnull=True)


class SavedViewQuerySet(QuerySet):  # type: ignore[type-arg]
    """Saved lists: one's own, and those that colleagues of the same place share."""

    def of(self, user: User) -> "SavedViewQuerySet":
        """The user's own: the only ones to rename or remove."""
        return self.filter(user=user)

    def seen_by(self, user: User, day: dt.date) -> "SavedViewQuerySet":
        """Own ones, and those shared where the user holds a post on `day`."""
        posts = user.posts.on(day)
        return self.filter(
            Q(user=user)
            | Q(union__in=posts.filter(union__isnull=False).order_by().values("union"))
            | Q(enterprise__in=posts.filter(enterprise__isnull=False).order_by().values("enterprise"))
        )
