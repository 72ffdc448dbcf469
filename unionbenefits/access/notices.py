"""Telling people about their posts: on the panel's home page, until they have read it."""

from unionbenefits.access.models import NoticeKind, Post, PostNotice
from unionbenefits.access.queries import posts_at_hand
from unionbenefits.accounts.models import User
from unionbenefits.accounts.staff_sessions import note_rights
from unionbenefits.core import clock


def tell(user: User, kind: NoticeKind, post: Post) -> None:
    """Leaves a notice, within the act of the caller; sessions of the person follow what they may do now."""
    PostNotice.objects.create(user=user, kind=kind, post=post, made_at=clock.now())
    note_rights([user.pk])


def unread_of(user: User) -> list[PostNotice]:
    """What the person has not confirmed yet, the newest first. No query where their posts tell of nothing."""
    posts = posts_at_hand(user)
    if posts and not any(post.has_news for post in posts):  # type: ignore[attr-defined]
        return []
    notices = PostNotice.objects.of(user).unread()
    return list(
        notices.select_related("post__user", "post__union", "post__enterprise", "post__stands_in_for__user")
    )


def confirm(*, by: User) -> int:
    """The person has read what there was; returns how many notices. Nothing else changes: not in the log."""
    return PostNotice.objects.of(by).unread().update(read_at=clock.now())
