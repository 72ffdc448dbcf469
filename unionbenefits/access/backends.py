"""Permissions from posts: what the groups of a person's current roles hold."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef

from unionbenefits.access.models import Post
from unionbenefits.core import clock


class PostBackend(ModelBackend):
    """Password sign-in; permissions come only from the posts held today, never from the user's own row."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002
        """`app.codename` of all that today's posts allow; scope is applied by the querysets, not here."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_post_permissions"):
            user_obj._post_permissions, user_obj._acting_permissions = self._of_posts(user_obj)
        return set(user_obj._post_permissions)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """What an acting post alone allows is noted on the user, for the log (`access.acting`)."""
        held = super().has_perm(user_obj, perm, obj)
        if held and perm in user_obj._acting_permissions:
            user_obj.asked_while_acting = {*getattr(user_obj, "asked_while_acting", ()), perm}
        return held

    def _of_posts(self, user: Any) -> tuple[set[str], set[str]]:
        """All that today's posts allow, and what of it the acting posts alone do. One query."""
        names = "content_type__app_label", "codename"
        if user.is_superuser:
            return {f"{app}.{codename}" for app, codename in Permission.objects.values_list(*names)}, set()
        posts = Post.objects.filter(user=user).on(clock.today())
        own = posts.filter(stands_in_for__isnull=True, role=OuterRef("group__name"))
        found = Permission.objects.filter(group__name__in=posts.values("role"))
        rows = list(found.annotate(own=Exists(own)).values_list(*names, "own"))
        allowed = {f"{app}.{codename}" for app, codename, _own in rows}
        return allowed, allowed - {f"{app}.{codename}" for app, codename, own_ in rows if own_}
