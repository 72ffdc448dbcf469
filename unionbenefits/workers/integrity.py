"""What must never be in the union tree, and at what is closed in it."""

from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.core import sql
from unionbenefits.core.faults import Fault

_SQL = Path(__file__).parent / "sql"
_WORDS: dict[str, str | Promise] = {
    "tree_path": _("Union %(about)s: its place in the tree does not exist."),
    "tree_depth": _("Union %(about)s: its level is not that of its place in the tree."),
    "tree_children": _("Union %(about)s: the number of unions below it is wrong."),
    "union_below_closed": _("Union %(about)s stands under a closed one."),
    "enterprise_of_closed_union": _("Enterprise %(about)s belongs to a closed union."),
    "member_of_closed_enterprise": _("Enterprise %(about)s is closed and still has members."),
    "post_at_closed_unit": _("Post %(about)s goes on at a closed unit."),
}


def tree_faults(limit: int = 100) -> list[Fault]:
    """Up to `limit` faults."""
    rows = sql.rows(_SQL, "tree_faults", {"limit": limit})
    return [Fault(row["code"], row["about"], _WORDS[row["code"]]) for row in rows]
