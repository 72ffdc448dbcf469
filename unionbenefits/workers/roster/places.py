"""Which enterprise a row speaks of, asked of the register once per different pair of code and name.

Scope comes from the officer, never from the file: what lies outside is told like what does not exist (case
C082).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Field, Finding, JudgedRow
from unionbenefits.workers.roster.normalise import enterprise_key, same_enterprise

_FULL = str.maketrans("()", "（）", " ")
_HALF = str.maketrans("（）", "()", " ")
Named = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Place:
    """The enterprise found, and what has to be said about it."""

    enterprise_id: int | None
    finding: Finding | None = None


def find_places(rows: Iterable[JudgedRow], scope: Scope) -> dict[Named, Place]:
    """The place of every pair (credit code, enterprise name) that the rows use."""
    pairs = {(row.credit_code, row.enterprise_name) for row in rows}
    visible = Enterprise.objects.in_scope(scope).filter(closed_on__isnull=True)
    by_code = {
        enterprise.credit_code: enterprise
        for enterprise in visible.filter(credit_code__in={code for code, _name in pairs if code})
    }
    by_name: dict[str, list[Enterprise]] = {}
    names = {name for _code, name in pairs if name}
    written = names | {name.translate(_FULL) for name in names} | {name.translate(_HALF) for name in names}
    for enterprise in visible.filter(name__in=written):
        by_name.setdefault(enterprise_key(enterprise.name), []).append(enterprise)
    unknown = Code.ENTERPRISE_UNKNOWN if scope.everything else Code.OUTSIDE_UNIT
    return {pair: _place(pair, by_code, by_name, unknown) for pair in pairs}


def _place(
    pair: Named, by_code: dict[str, Enterprise], by_name: dict[str, list[Enterprise]], unknown: Code
) -> Place:
    code, name = pair
    if code is not None:
        enterprise = by_code.get(code)
        if enterprise is None:
            return Place(None, Finding(unknown, Field.CREDIT_CODE))
        if name is not None and not same_enterprise(name, enterprise.name):
            return Place(enterprise.pk, Finding(Code.ENTERPRISE_NAME_DIFFERS, Field.ENTERPRISE_NAME))
        return Place(enterprise.pk)
    named = by_name.get(enterprise_key(name or ""), [])
    if len(named) == 1:
        return Place(named[0].pk)
    return Place(None, Finding(unknown, Field.ENTERPRISE_NAME) if name is not None else None)
