"""Money that a change of the tree meets (`access.in_the_way`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.in_the_way import Change, meets
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import balances
from unionbenefits.unions.models import Union


@meets(
    Change.MERGE,
    text=_("Funds that still hold money: %(count)d. The association passes them to the other union first."),
    blocks=True,
    page="admin:fund_list",
)
def funds_with_money(union: Union) -> int:
    """Free or held: a closed union has no one who answers for it."""
    return sum(1 for one in balances(Fund.objects.filter(owner=union)) if one.available or one.held)


@meets(
    Change.MERGE,
    text=_("Empty funds that stay with the closed union, with all their entries: %(count)d."),
    blocks=False,
)
def empty_funds(union: Union) -> int:
    """Used up: their books stay as they are."""
    return sum(1 for one in balances(Fund.objects.filter(owner=union)) if not (one.available or one.held))
