"""Permissions from posts: what the groups of a person's current roles hold."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from unionbenefits.access.models import Post
from unionbenefits.core import clock


class PostBackend(ModelBackend):
    """Password sign-in; permissions come only from the posts held today, never from the user's own row."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002
        """`app.codename` of all that today's posts allow; scope is applied by the querysets, not here."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_post_permissions"):
            user_obj._post_permissions = self._of_posts(user_obj)
        return set(user_obj._post_permissions)

    def _of_posts(self, user: Any) -> set[str]:
        if user.is_superuser:
            found = Permission.objects.all()
        else:
            roles = Post.objects.filter(user=user).on(clock.today()).values("role")
            found = Permission.objects.filter(group__name__in=roles)
        return {
            f"{app}.{codename}" for app, codename in found.values_list("content_type__app_label", "codename")
        }
