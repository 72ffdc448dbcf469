"""Writing the union tree."""

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.changes import change_fields
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import hold_open, lock_tree


def found_union(
    *,
    by: Actor,
    name: str,
    kind: UnionKind,
    parent: Union | None,
    credit_code: str | None = None,
    area_code: str = "",
    is_test: bool = False,
) -> Union:
    """A new union under `parent`, or at the top of a tree of its own.

    工会法 art. 12 wants the approval of the next level up: the officer who acts answers for it.
    Raises Refusal `credit_code_taken` or `union_closed`.
    """
    fields = {
        "name": name,
        "kind": kind,
        "credit_code": credit_code,
        "area_code": area_code,
        "is_test": is_test,
    }
    with act("union.found", by=by) as doing:
        if credit_code and Union.objects.filter(credit_code=credit_code).exists():
            raise Refusal("credit_code_taken", _("This credit code is already on file for another union."))
        lock_tree()
        if parent is None:
            union: Union = Union.objects.add_root(create_kwargs=fields)
        else:
            hold_open(parent)
            union = Union.objects.add_child(Union.objects.get(pk=parent.pk), create_kwargs=fields)
        doing.about, doing.data = union, {"kind": kind.value, "parent": parent.pk if parent else None}
    return union


def change_union(
    *,
    by: Actor,
    union: Union,
    name: str,
    kind: UnionKind,
    credit_code: str | None,
    area_code: str,
    is_test: bool,
) -> Union:
    """Corrects what is on file about a union; its place in the tree stays.

    Raises Refusal `credit_code_taken`, or `industry_union_has_members` where enterprises joined it.
    """
    with act("union.change", by=by) as doing:
        if credit_code and Union.objects.filter(credit_code=credit_code).exclude(pk=union.pk).exists():
            raise Refusal("credit_code_taken", _("This credit code is already on file for another union."))
        if kind != UnionKind.INDUSTRY and union.affiliations.exists():
            raise Refusal(
                "industry_union_has_members",
                _("Enterprises have joined this industry union, so its kind stays as it is."),
            )
        new = {
            "name": name,
            "kind": kind,
            "credit_code": credit_code or None,
            "area_code": area_code,
            "is_test": is_test,
        }
        doing.about, doing.data = union, {"changed": change_fields(union, new)}
    return union
