"""Who may hand out which post, and who may hold it: the rules of `access.rules` on what is on file today."""

from dataclasses import dataclass
from itertools import combinations, groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from unionbenefits.access.models import Post, place_of
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.access.rules import Held, Place, clash, may_hand_out, roles_to_hand_out
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises import closing as enterprises
from unionbenefits.unions import tree as unions


def own_posts(user: User) -> list[Held]:
    """The posts that the person holds today, as the rules see them."""
    posts = Post.objects.filter(user=user).on(clock.today()).with_places()
    return [post.as_held() for post in posts]


def require_authority(by: Actor, post: Post) -> None:
    """Whether `by` may grant, end or hand over this post, on file or about to be.

    The command line and an installation's superuser always may.
    Raises Refusal `own_post` or `post_not_yours`.
    """
    if post.user.audit_name == by.audit_name:
        raise Refusal("own_post", _("Nobody grants or ends their own post. Ask another administrator."))
    if isinstance(by, User) and not by.is_superuser and not manages(own_posts(by), post):
        raise Refusal(
            "post_not_yours",
            _(
                "You manage posts below your own place, of the roles that yours hands out. Ask an officer "
                "further up or an administrator."
            ),
        )


def require_open(post: Post) -> None:
    """Nobody serves anew where everything has ended; before `lock_person`, as whoever closes a unit does it.

    Raises Refusal `union_closed` or `enterprise_closed`.
    """
    if post.enterprise_id is not None:
        enterprises.hold_open([post.enterprise_id])
    else:
        assert post.union is not None
        unions.hold_open(post.union)


def manages(own: list[Held], post: Post) -> bool:
    """Whether somebody with the posts `own` grants, ends and hands over this one."""
    return may_hand_out(own, Role(post.role), place_of(post.where))


def require_over(by: Actor, permission: str, *paths: str) -> None:
    """Whether `by` holds the permission over every one of these places of the tree; "" is above all of it.

    The command line and an installation's superuser always do. Raises Refusal `place_not_yours`.
    """
    if not isinstance(by, User) or by.is_superuser:
        return
    giving = [held.place for held in own_posts(by) if permission in BUNDLES[held.role].permissions]
    if not all(any(place.reaches(Place(path)) for place in giving) for path in paths):
        raise Refusal(
            "place_not_yours",
            _(
                "Not all of these places lie under a post of yours that may do this. Ask an officer further "
                "up."
            ),
        )


def roles_for(user: User) -> list[Role]:
    """The roles that the person hands out somewhere."""
    return list(Role) if user.is_superuser else roles_to_hand_out(own_posts(user))


def lock_person(user: User) -> None:
    """Changes of one person's posts come one after another; the second sees what the first has written."""
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def require_compatible(post: Post) -> None:
    """Looks at the person's other posts; call it under `lock_person`.

    Raises Refusal `roles_incompatible` or `post_held`.
    """
    held = post.as_held()
    others = Post.objects.filter(user=post.user_id).standing().exclude(pk=post.pk).with_places()
    for other in others:
        conflict = clash(held, other.as_held())
        if conflict is not None:
            raise Refusal(
                "roles_incompatible",
                _("%(name)s is %(role)s at %(place)s at that time, which does not go together: %(why)s")
                % {
                    "name": post.user,
                    "role": other.get_role_display(),
                    "place": other.where,
                    "why": conflict.why,
                },
                post=other.pk,
            )
        if _is_the_same(post, other) and held.is_at_the_time_of(other.as_held()):
            raise Refusal(
                "post_held",
                _("%(name)s holds this very post at that time.") % {"name": post.user},
                post=other.pk,
            )


@dataclass(frozen=True, slots=True)
class Clash:
    """Two posts of one person that no longer go together, and why."""

    one: Post
    other: Post
    why: str


def standing_clashes(scope: Scope) -> list[Clash]:
    """Posts in scope, held or to come, that clash with another of the same person.

    No post is granted so (`require_compatible` and the trigger); a union that is moved in the tree may bring
    two places above each other. One query.
    """
    alive = Post.objects.standing().exclude(ends_on__lt=clock.today())
    several = alive.values("user").annotate(posts=Count("pk")).filter(posts__gt=1).values("user")
    posts = alive.in_scope(scope).filter(user__in=several).with_places().select_related("user")
    found = []
    for _user, held in groupby(posts.order_by("user", "pk"), key=lambda post: post.user_id):
        for one, other in combinations(held, 2):
            conflict = clash(one.as_held(), other.as_held())
            if conflict is not None:
                found.append(Clash(one, other, str(conflict.why)))
    return found


def _is_the_same(post: Post, other: Post) -> bool:
    return (post.role, post.union_id, post.enterprise_id) == (other.role, other.union_id, other.enterprise_id)
