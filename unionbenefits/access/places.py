"""Units by what people call them: a code or a full name, within a scope."""

from django.db.models import Q
from django.utils.translation import gettext as _

from unionbenefits.access.roles import ENTERPRISE_ROLES, Role
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


def place_named(scope: Scope, text: str, role: Role) -> Union | Enterprise:
    """By credit code, a union also by its area code, either by its full name; only within the scope.

    Raises NotFound `place_unknown` or Refusal `place_ambiguous`.
    """
    units = Enterprise.objects if role in ENTERPRISE_ROLES else Union.objects
    by_code = Q(credit_code=text.upper()) | Q(name=text)
    if role not in ENTERPRISE_ROLES:
        by_code |= Q(area_code=text)
    found = list(units.in_scope(scope).filter(by_code)[:2]) if text else []
    if not found:
        raise NotFound(
            "place_unknown",
            _("No unit of yours has this code. A clerk needs an enterprise, every other role a union."),
        )
    if len(found) > 1:
        raise Refusal(
            "place_ambiguous", _("Several units share this code. Write the credit code or full name.")
        )
    place: Union | Enterprise = found[0]
    return place
