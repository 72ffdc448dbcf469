import datetime as dt
from decimal import Decimal

import factory

from tests.factories.organisation import UnionFactory
from tests.factories.plans import PlanVersionFactory
from unionbenefits.campaigns.enums import CampaignState
from unionbenefits.campaigns.models import Allotment, Campaign


class CampaignFactory(factory.django.DjangoModelFactory):
    """An open coverage campaign of 2026 at 95.00 元, without funds or allotments."""

    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"campaign-{n}")
    name = factory.Sequence(lambda n: f"赠送活动{n}")
    owner = factory.SubFactory(UnionFactory)
    plan_version = factory.SubFactory(PlanVersionFactory)
    unit_cost = Decimal("95.00")
    opens_on = dt.date(2020, 1, 1)
    closes_on = dt.date(2099, 12, 31)
    cover_starts_on = dt.date(2026, 1, 1)
    cover_ends_on = dt.date(2026, 12, 31)
    state = CampaignState.OPEN


class AllotmentFactory(factory.django.DjangoModelFactory):
    """Ten places of a campaign; pass `union` or `enterprise`."""

    class Meta:
        model = Allotment

    campaign = factory.SubFactory(CampaignFactory)
    copies = 10
