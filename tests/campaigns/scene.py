"""The plainest campaign that can issue: one union, one enterprise, one fund, two officers."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from tests.factories import (
    CampaignFactory,
    EnterpriseFactory,
    FundFactory,
    MembershipFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.accounts.models import User
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, approve_batch, issue_batch, put_forward, set_funds
from unionbenefits.campaigns.models import Allotment, Campaign, GiftBatch
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.models import Fund
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Worker

BIRTH = dt.date(1990, 3, 7)


@dataclass
class Scene:
    union: Union
    enterprise: Enterprise
    fund: Fund
    campaign: Campaign
    allotment: Allotment
    preparer: User
    approver: User
    workers: list[Worker]

    def put_forward(self, **kwargs) -> GiftBatch:
        return put_forward(by=self.preparer, allotment=self.allotment, **kwargs)

    def approve(self, batch: GiftBatch) -> GiftBatch:
        return approve_batch(by=self.approver, batch=batch, digest=batch.digest)

    def issue(self, batch: GiftBatch):
        return issue_batch(by=self.approver, batch=batch)

    def issue_all(self, **kwargs) -> GiftBatch:
        return self.issue(self.approve(self.put_forward(**kwargs))).batch


def members(enterprise: Enterprise, count: int, **worker) -> list[Worker]:
    """New workers with a current membership."""
    made = WorkerFactory.create_batch(count, **worker)
    for one in made:
        MembershipFactory(worker=one, enterprise=enterprise)
    return made


def scene(*, workers: int = 4, places: int = 10, money: str = "1000.00", **campaign) -> Scene:
    union = UnionFactory()
    enterprise = EnterpriseFactory(union=union)
    fund = FundFactory(owner=union)
    deposit(by=SYSTEM, fund=fund, amount=Decimal(money))
    made = CampaignFactory(owner=union, **campaign)
    set_funds(by=SYSTEM, campaign=made, funds=[fund])
    allotment = allot(by=SYSTEM, campaign=made, copies=places, enterprise=enterprise)
    return Scene(
        union, enterprise, fund, made, allotment, UserFactory(), UserFactory(), members(enterprise, workers)
    )
