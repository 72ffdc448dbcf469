"""Builds the scenario's unions and enterprises by the ordinary verbs; what already stands is left alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from unionbenefits.audit.actors import System
from unionbenefits.demo import units as scenario
from unionbenefits.demo.units import Industry, Unit
from unionbenefits.enterprises.actions import join_industry_union, register_enterprise
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.actions import found_union
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

SETUP: Final = System("demo")
FOUNDED: Final = dt.date(2024, 1, 1)
"""The day from which the scenario's posts and affiliations count."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What stands after `build`."""

    province: Union
    association: Union
    city: Union
    district: Union
    industry_unions: dict[Industry, Union]
    enterprises: dict[str, Enterprise]
    """By credit code."""
    test_union: Union


def build(units: Iterable[Unit]) -> Organisation:
    """The tree province → Foshan → Nanhai → towns → grassroots unions, industry unions, and the test union.

    The association is a body of the province (domain §1): it stands under it and owns the reserves.
    """
    province = _union(scenario.PROVINCE, UnionKind.PROVINCE, None, area="440000")
    association = _union(scenario.ASSOCIATION, UnionKind.PROVINCE, province, area="440000")
    city = _union(scenario.CITY, UnionKind.CITY, province, area="440600")
    district = _union(scenario.DISTRICT, UnionKind.COUNTY, city, area="440605")
    towns = {
        town: _union(name, UnionKind.TOWN, district, area=area)
        for town, (name, area) in scenario.TOWNS.items()
    }
    founders = {union.name: union for union in (city, district, *towns.values())}
    industry_unions = {
        industry: _union(industry.value, UnionKind.INDUSTRY, founders[scenario.FOUNDER[industry]])
        for industry in Industry
    }
    enterprises = {
        unit.enterprise_code: _unit(unit, towns[unit.town], industry_unions[unit.industry]) for unit in units
    }
    return Organisation(
        province, association, city, district, industry_unions, enterprises, _test_enterprises()
    )


def _union(
    name: str,
    kind: UnionKind,
    parent: Union | None,
    *,
    area: str = "",
    code: str | None = None,
    is_test: bool = False,
) -> Union:
    found: Union | None = Union.objects.filter(
        name=name, depth=1 if parent is None else parent.depth + 1
    ).first()
    return found or found_union(
        by=SETUP, name=name, kind=kind, parent=parent, credit_code=code, area_code=area, is_test=is_test
    )


def _unit(unit: Unit, town: Union, industry_union: Union) -> Enterprise:
    union = _union(
        unit.union_name, UnionKind.GRASSROOTS, town, code=unit.union_code, area=scenario.TOWNS[unit.town][1]
    )
    enterprise: Enterprise | None = Enterprise.objects.filter(credit_code=unit.enterprise_code).first()
    enterprise = enterprise or register_enterprise(
        by=SETUP,
        name=unit.name,
        credit_code=unit.enterprise_code,
        union=union,
        kind=unit.kind,
        is_head=unit.is_head,
    )
    # Joining again would change nothing but still leave a line in the log.
    if not enterprise.affiliations.filter(union=industry_union).exists():
        join_industry_union(by=SETUP, enterprise=enterprise, union=industry_union, since=FOUNDED)
    return enterprise


def _test_enterprises() -> Union:
    union = _union(scenario.TEST_UNION, UnionKind.TOWN, None, is_test=True)
    for name, code in scenario.TEST_ENTERPRISES:
        if not Enterprise.objects.filter(credit_code=code).exists():
            register_enterprise(by=SETUP, name=name, credit_code=code, union=union)
    return union
