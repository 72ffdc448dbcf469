"""Keeping a register's filters and search under a name."""

import re
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from unionbenefits.access.models import Post, SavedView
from unionbenefits.accounts.models import User
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal

MOST: Final = 30
"""Lists that one officer may keep."""
PINNED_SHOWN: Final = 8
SEARCH: Final = "q"
# Where on the list one is, and what the panel itself puts into addresses.
_PASSING: Final = frozenset({"p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters"})
# A document, a phone, an account or a certificate: text of a search that no list keeps.
_NUMBER: Final = re.compile(r"(?:\d[\s-]*){5,}")
_LONGEST: Final = 500


def save_view(*, by: User, register: str, name: str, query: str, share: bool = False) -> SavedView:
    """Keeps the list under the name; the same name again replaces what it held.

    Raises Refusal `view_name_missing`, `view_empty`, `view_holds_number`, `view_too_long`, `views_many` or
    `view_no_unit`.
    """
    name = _named(name)
    kept = _kept(query)
    others = SavedView.objects.of(by).exclude(register=register, name=name)
    if others.count() >= MOST:
        raise Refusal("views_many", _("You keep thirty lists. Remove one that you no longer use."))
    view, _made = SavedView.objects.update_or_create(
        user=by,
        register=register,
        name=name,
        defaults={"query": kept, "pinned": True, "made_at": clock.now(), **_place(by, share=share)},
    )
    return view


def change_view(*, by: User, pk: int, name: str, pinned: bool, share: bool) -> SavedView:
    """Another name, shown over the list or not, shared or not. Raises NotFound for others' lists, Refusal as
    `save_view`, and `view_name_taken`.
    """
    view = _own(by, pk)
    name = _named(name)
    if SavedView.objects.of(by).filter(register=view.register, name=name).exclude(pk=pk).exists():
        raise Refusal("view_name_taken", _("Another list of yours has this name. Choose a different one."))
    view.name, view.pinned = name, pinned
    if share != view.is_shared:
        place = _place(by, share=share)
        view.union, view.enterprise = place["union"], place["enterprise"]
    view.save(update_fields=["name", "pinned", "union", "enterprise"])
    return view


def remove_view(*, by: User, pk: int) -> None:
    """Forgets the list, also for those it was shared with. Raises NotFound for others' lists."""
    _own(by, pk).delete()


def _own(by: User, pk: int) -> SavedView:
    found: SavedView | None = SavedView.objects.of(by).filter(pk=pk).first()
    if found is None:
        raise NotFound("not_found", _("This list is not among yours. Perhaps it was removed."))
    return found


def _named(name: str) -> str:
    name = " ".join(name.split())[:40]
    if not name:
        raise Refusal("view_name_missing", _("Give the list a name."))
    if _NUMBER.search(name):
        raise Refusal("view_holds_number", _holds_number())
    return name


def _kept(query: str) -> str:
    """The filters, search and order of the address. Numbers of people or papers are refused, not dropped:
    the list would be another one.
    """
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in _PASSING and value]
    if not pairs:
        raise Refusal("view_empty", _("Filter or search first: what would be kept is the whole list."))
    if any(key == SEARCH and _NUMBER.search(value) for key, value in pairs):
        raise Refusal("view_holds_number", _holds_number())
    kept = urlencode(sorted(pairs))
    if len(kept) > _LONGEST:
        raise Refusal("view_too_long", _("These are too many filters to keep. Take some away."))
    return kept


def _holds_number() -> str:
    return _("Numbers of people or papers are not kept. Take the number out of the search and save again.")


def _place(by: User, *, share: bool) -> dict[str, Any]:
    """Where it is shared: the place of the oldest post held today."""
    nowhere: dict[str, Any] = {"union": None, "enterprise": None}
    if not share:
        return nowhere
    posts = Post.objects.filter(user=by).on(clock.today())
    post = posts.select_related("union", "enterprise").order_by("starts_on", "pk").first()
    if post is None:
        raise Refusal("view_no_unit", _("You hold no post today, so there is nobody to share with."))
    return {"union": post.union, "enterprise": post.enterprise}
