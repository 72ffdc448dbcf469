"""Writing enterprises and their places in industry unions."""

import datetime as dt

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.changes import change_fields
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises import closing
from unionbenefits.enterprises.enums import EnterpriseKind
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import hold_open


def register_enterprise(
    *,
    by: Actor,
    name: str,
    credit_code: str,
    union: Union,
    kind: EnterpriseKind = EnterpriseKind.ENTERPRISE,
    is_head: bool = False,
) -> Enterprise:
    """A new enterprise of `union`.

    Raises Refusal `credit_code_wrong` (GB 32100 check character), `credit_code_taken` or `union_closed`.
    """
    code = credit_code.strip().upper()
    if not uscc.is_valid(code):
        raise Refusal(
            "credit_code_wrong", _("The credit code is mistyped: its check character does not fit.")
        )
    with act("enterprise.register", by=by) as doing:
        hold_open(union)
        if Enterprise.objects.filter(credit_code=code).exists():
            raise Refusal("credit_code_taken", _("An enterprise with this credit code is already on file."))
        enterprise = Enterprise.objects.create(
            name=name, credit_code=code, union=union, kind=kind, is_head=is_head
        )
        doing.about, doing.data = enterprise, {"credit_code": code, "union": union.pk}
    return enterprise


def change_enterprise(
    *, by: Actor, enterprise: Enterprise, name: str, kind: EnterpriseKind, is_head: bool
) -> Enterprise:
    """Corrects what is on file about an enterprise; its credit code and its union stay."""
    with act("enterprise.change", by=by) as doing:
        changed = change_fields(enterprise, {"name": name, "kind": kind, "is_head": is_head})
        doing.about, doing.data = enterprise, {"changed": changed}
    return enterprise


def join_industry_union(
    *, by: Actor, enterprise: Enterprise, union: Union, since: dt.date
) -> IndustryAffiliation:
    """The enterprise joins an industry union; joining again changes nothing.

    Raises Refusal `not_an_industry_union`, `union_closed` or `enterprise_closed`.
    """
    if union.kind != UnionKind.INDUSTRY:
        raise Refusal("not_an_industry_union", _("Only an industry union can be joined across enterprises."))
    with act("enterprise.join_industry_union", by=by) as doing:
        hold_open(union)
        closing.hold_open([enterprise.pk])
        affiliation, _created = IndustryAffiliation.objects.get_or_create(
            enterprise=enterprise, union=union, defaults={"since": since}
        )
        doing.about, doing.data = enterprise, {"union": union.pk}
    return affiliation
