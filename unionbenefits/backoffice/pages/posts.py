"""Posts: who serves where, from when until when, in whose stead; and the page of one post."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access import notices
from unionbenefits.access.authority import manages, own_posts, standing_clashes
from unionbenefits.access.models import HandOver, Post
from unionbenefits.access.open_work import open_work_at
from unionbenefits.access.queries import acts_on
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.audit.words import ACTS
from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.core import clock, scope as scopes

SEE, GRANT, CHANGE = "access.view_post", "access.add_post", "access.change_post"

STATES = [
    ("now", gettext_lazy("Today")),
    ("acting", gettext_lazy("Acting")),
    ("coming", gettext_lazy("To come")),
    ("ended", gettext_lazy("Ended")),
]


def conditions() -> dict[str, Q]:
    """Each tab's posts, by today's date."""
    today, standing = clock.today(), Q(withdrawn=False)
    now = standing & Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return {
        "now": now,
        "acting": now & Q(stands_in_for__isnull=False),
        "coming": standing & Q(starts_on__gt=today),
        "ended": Q(withdrawn=True) | Q(ends_on__lt=today),
    }


@page(SEE)
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The posts under one's own; tabs by time, a role and a name narrow them."""
    shown = _narrowed(request, in_scope(request, Post))
    states = conditions()
    counts = shown.aggregate(**{f"n_{name}": Count("pk", filter=asked) for name, asked in states.items()})
    chosen = request.GET.get("state", "now")
    chosen = chosen if chosen in states else "now"
    related = ("user", "union", "enterprise", "stands_in_for__user")
    rows = keyset(request, shown.filter(states[chosen]).select_related(*related), descending=True)
    keep = {name: request.GET[name] for name in ("q", "role") if request.GET.get(name)}
    context = {
        "rows": rows,
        "state": chosen,
        "asked": request.GET.get("q", ""),
        "role": request.GET.get("role", ""),
        "roles": Role.choices,
        "may_grant": request.user.has_perm(GRANT),
        "clashes": standing_clashes(scopes.of_request(request)) if not keep else [],
        "tabs": listing.tabs(
            STATES, {name: counts[f"n_{name}"] for name in states}, chosen=chosen, keep=keep
        ),
    }
    return render_page(request, "admin/pages/posts.html", title=_("Posts"), context=context)


def _narrowed(request: HttpRequest, shown: QuerySet[Post]) -> QuerySet[Post]:
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text:
        names = ("user__username", "user__name", "union__name", "enterprise__name")
        asked = Q()
        for name in names:
            asked |= Q(**{f"{name}__icontains": text})
        shown = shown.filter(asked)
    role = request.GET.get("role", "")
    return shown.filter(role=role) if role in Role.values else shown


@page(SEE)
@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: what it allows, where, until when, who stands in, how it came about; and what may be done."""
    found = one_in_scope(request, Post, pk)
    made = _hand_over_of(request, found)
    context = {
        "post": found,
        "bundle": BUNDLES[Role(found.role)],
        "state": state_of(found),
        "stand_ins": list(found.stand_ins.standing().select_related("user").order_by("starts_on")),
        "made": made,
        "acts": [(act, ACTS.get(act.action, act.action)) for act in acts_on(found)],
        "may_see_union": found.union is not None,
        "may": _possible(request, found, made),
        "work": open_work_at(found) if state_of(found) in ("now", "acting") else [],
    }
    title = _("%(role)s: %(name)s") % {"role": found.get_role_display(), "name": found.user}
    return render_page(request, "admin/pages/post.html", title=title, context=context)


def state_of(post: Post) -> str:
    """The tab under which the post is listed; a withdrawn one for itself."""
    if post.withdrawn:
        return "withdrawn"
    if post.is_held_on(clock.today()):
        return "acting" if post.stands_in_for_id is not None else "now"
    return "coming" if post.starts_on > clock.today() else "ended"


def _hand_over_of(request: HttpRequest, post: Post) -> HandOver | None:
    """The hand-over that stands, by which the post comes or goes."""
    made = in_scope(request, HandOver).filter(Q(post=post) | Q(successor=post), undone_at__isnull=True)
    return made.select_related("post__user", "successor__user").first()


def _possible(request: HttpRequest, post: Post, made: HandOver | None) -> set[str]:
    """The acts that are open to this person on this post today."""
    user, state = officer(request), state_of(post)
    if not user.has_perm(CHANGE) or post.user_id == user.pk or state in ("ended", "withdrawn"):
        return set()
    if not user.is_superuser and not manages(own_posts(user), post):
        return set()
    coming_by_hand = made is not None and made.successor.starts_on > clock.today()
    own = post.stands_in_for_id is None
    acts = {"end"} if state in ("now", "acting") and not coming_by_hand else set()
    if coming_by_hand:
        acts.add("undo")
    elif state == "coming":
        acts.add("withdraw")
    if own:
        acts.add("act_for")
    if own and state == "now" and not coming_by_hand:
        acts.add("hand_over")
    return acts


@page()
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """What one was told about posts is read."""
    notices.confirm(by=officer(request))
    return redirect("admin:index")


def facts(post: Post) -> dict[str, Any]:
    """What the forms about a post show of it."""
    return {"post": post, "sentence": BUNDLES[Role(post.role)].sentence}
