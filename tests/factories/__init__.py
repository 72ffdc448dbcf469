"""One factory per model, without surprises: what is not passed is the plainest valid value."""

from tests.factories.access import PostFactory, UserFactory
from tests.factories.campaigns import AllotmentFactory, CampaignFactory
from tests.factories.money import FundFactory
from tests.factories.organisation import EnterpriseFactory, UnionFactory
from tests.factories.people import (
    IdentityDocumentFactory,
    MembershipFactory,
    WorkerFactory,
    resident_number,
)
from tests.factories.plans import CoverageFactory, PlanFactory, PlanVersionFactory

__all__ = [
    "AllotmentFactory",
    "CampaignFactory",
    "CoverageFactory",
    "EnterpriseFactory",
    "FundFactory",
    "IdentityDocumentFactory",
    "MembershipFactory",
    "PlanFactory",
    "PlanVersionFactory",
    "PostFactory",
    "UnionFactory",
    "UserFactory",
    "WorkerFactory",
    "resident_number",
]
