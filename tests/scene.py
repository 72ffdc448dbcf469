"""A small union tree with two branches that share one worker: what scope tests look at from every post.

province ─ city ─ district ("own") ─ grassroots ─ enterprise A, joined the own industry union
               └─ sibling district ─ grassroots ─ enterprise B, joined the sibling's industry union
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.factories import (
    AllotmentFactory,
    CampaignFactory,
    CoverageFactory,
    EnterpriseFactory,
    FundFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    PostFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from tests.scene_checks import checks
from tests.scene_claims import claims_of, settings_of_claims
from tests.scene_rest import rest_of
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actions import record, seal
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.models import CampaignFund, Gift, GiftBatch, Revocation
from unionbenefits.enterprises.models import IndustryAffiliation
from unionbenefits.funds.actions import deposit
from unionbenefits.unions.enums import UnionKind
from unionbenefits.workers.models import PhoneChange, Roster, RosterRow
from unionbenefits.workers.querysets import number_digest, phone_digest

OWN, SIBLING, PARENT = "own", "sibling", "parent"


@dataclass
class Branch:
    """A district with everything below it."""

    district: Any
    industry: Any
    grassroots: Any
    enterprise: Any
    phone: str
    number: str
    objects: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scene:
    """`objects[relation][model label]`: an object of each model in the own branch, the sibling one, and above."""

    objects: dict[str, dict[str, Any]]
    officers: dict[str, Any]
    own: Branch
    sibling: Branch
    shared: Any
    province: Any


def build() -> Scene:
    """Makes the scene in the open transaction."""
    sync_roles(by=SYSTEM)
    province = UnionFactory(name="省总工会", kind=UnionKind.PROVINCE)
    city = UnionFactory(name="市总工会", kind=UnionKind.CITY, parent=province)
    campaign = CampaignFactory(owner=province, name="省的活动")
    own = _branch(city, "甲区", 1, "13900000001")
    sibling = _branch(city, "乙区", 2, "13900000002")
    officers = _officers(province, own, sibling)
    parent = _top(province, campaign, officers)
    shared = WorkerFactory(name="两头跑", name_key="两头跑")
    for branch in (own, sibling):
        _fill(branch, campaign, officers)
        MembershipFactory(worker=shared, enterprise=branch.enterprise)
    CoverageFactory(worker=shared, given_by=sibling.grassroots)
    for who in officers.values():
        record("scene.look", by=who)
    _log(
        own,
        officers["union_officer"],
        sibling,
        officers["sibling_officer"],
        parent,
        officers["province_officer"],
    )
    seal()
    for objects in (own.objects, sibling.objects, parent):
        objects["audit.seal"] = objects["audit.entry"].seal
    return Scene(
        {OWN: own.objects, SIBLING: sibling.objects, PARENT: parent}, officers, own, sibling, shared, province
    )


def _branch(city: Any, name: str, order: int, phone: str) -> Branch:
    district = UnionFactory(name=f"{name}总工会", kind=UnionKind.COUNTY, parent=city)
    industry = UnionFactory(name=f"{name}行业工会", kind=UnionKind.INDUSTRY, parent=district)
    grassroots = UnionFactory(name=f"{name}企业工会", parent=district)
    enterprise = EnterpriseFactory(name=f"{name}快递公司", union=grassroots)
    number = f"44069919900307{order:03d}"
    number += "10X98765432"[int(number, 13) * 2 % 11]
    return Branch(district, industry, grassroots, enterprise, phone, number)


def _officers(province: Any, own: Branch, sibling: Branch) -> dict[str, Any]:
    def post(role: Role, **place: Any) -> Any:
        return PostFactory(role=role, user=UserFactory(), **place).user

    return {
        "province_officer": post(Role.PROVINCE_OFFICER, union=province),
        "union_officer": post(Role.UNION_OFFICER, union=own.district),
        "industry_officer": post(Role.INDUSTRY_OFFICER, union=own.industry),
        "enterprise_clerk": post(Role.ENTERPRISE_CLERK, enterprise=own.enterprise),
        "claims_officer": post(Role.CLAIMS_OFFICER, union=own.district),
        "claims_reviewer": post(Role.CLAIMS_REVIEWER, union=own.district),
        "claims_approver": post(Role.CLAIMS_APPROVER, union=own.district),
        "cashier": post(Role.CASHIER, union=own.district),
        "mediator": post(Role.MEDIATOR, union=own.district),
        "auditor": post(Role.AUDITOR, union=own.district),
        "administrator": post(Role.ADMINISTRATOR, union=own.district),
        "sibling_officer": post(Role.UNION_OFFICER, union=sibling.district),
    }


def _top(province: Any, campaign: Any, officers: dict[str, Any]) -> dict[str, Any]:
    fund = FundFactory(owner=province, name="省的资金")
    entry = deposit(by=SYSTEM, fund=fund, amount=Decimal("1000000.00"))
    user = officers["province_officer"]
    return {
        "unions.union": province,
        "funds.fund": fund,
        "funds.entry": entry,
        "plans.plan": campaign.plan_version.plan,
        "plans.planversion": campaign.plan_version,
        "campaigns.campaign": campaign,
        "campaigns.campaignfund": CampaignFund.objects.create(campaign=campaign, fund=fund),
        "accounts.user": user,
        "access.post": user.posts.get(),
        **checks(province, campaign.plan_version, user),
        **settings_of_claims(campaign.plan_version.plan, fund),
    }


def _fill(branch: Branch, campaign: Any, officers: dict[str, Any]) -> None:
    officer = (
        officers["union_officer"] if branch.district.name.startswith("甲") else officers["sibling_officer"]
    )
    worker = WorkerFactory(name=f"{branch.district.name[0]}某某", phone=branch.phone)
    worker.name_key = worker.name
    worker.save()
    fund = FundFactory(owner=branch.district, name=f"{branch.district.name}资金")
    own_campaign = CampaignFactory(owner=branch.district, plan_version=campaign.plan_version)
    roster = Roster.objects.create(
        enterprise=branch.enterprise,
        file_name=f"{branch.enterprise.name}.xlsx",
        file_sha256="0" * 64,
        uploaded_by=officer,
        uploaded_at=timezone.now(),
    )
    allotment = AllotmentFactory(campaign=campaign, enterprise=branch.enterprise)
    batch = GiftBatch.objects.create(
        campaign=campaign,
        allotment=allotment,
        roster=roster,
        copies=1,
        amount=Decimal("95.00"),
        digest="d" * 64,
        prepared_by=officer,
        prepared_at=timezone.now(),
    )
    coverage = CoverageFactory(worker=worker, plan_version=campaign.plan_version, given_by=branch.grassroots)
    branch.objects |= {
        "unions.union": branch.grassroots,
        "enterprises.enterprise": branch.enterprise,
        "enterprises.industryaffiliation": IndustryAffiliation.objects.create(
            enterprise=branch.enterprise, union=branch.industry, since=dt.date(2024, 1, 1)
        ),
        "workers.worker": worker,
        "workers.identitydocument": IdentityDocumentFactory(worker=worker, number=branch.number),
        "workers.membership": MembershipFactory(worker=worker, enterprise=branch.enterprise, source=roster),
        "workers.roster": roster,
        "workers.rosterrow": _row(roster, branch, worker),
        "funds.fund": fund,
        "funds.entry": deposit(by=SYSTEM, fund=fund, amount=Decimal("5000.00")),
        "plans.coverage": coverage,
        "campaigns.campaign": own_campaign,
        "campaigns.campaignfund": CampaignFund.objects.create(campaign=own_campaign, fund=fund),
        "campaigns.allotment": allotment,
        "campaigns.giftbatch": batch,
        "campaigns.gift": Gift.objects.create(
            campaign=campaign,
            batch=batch,
            worker=worker,
            enterprise=branch.enterprise,
            state="live",
            coverage=coverage,
        ),
        "campaigns.revocation": Revocation.objects.create(
            batch=batch,
            from_day=dt.date(2026, 2, 1),
            reason="误发",
            copies=1,
            amount=Decimal("95.00"),
            digest="d" * 64,
            proposed_by=officer,
            proposed_at=timezone.now(),
        ),
        "workers.phonechange": PhoneChange.objects.create(
            worker=worker,
            through="officer",
            officer=officer,
            check_made="original",
            reason="旧手机丢失",
            changed_at=timezone.now(),
            new_digest=worker.phone_digest,
        ),
        "accounts.user": officer,
        "access.post": officer.posts.get(),
        **checks(branch.district, campaign.plan_version, officer, branch.enterprise),
        **claims_of(branch.district, coverage, fund, officer),
    }
    branch.objects |= rest_of(branch.objects, branch.district, campaign, officer, branch.number)


def _row(roster: Any, branch: Branch, worker: Any) -> Any:
    return RosterRow.objects.create(
        roster=roster,
        row=2,
        verdict="accept",
        action="new",
        name=worker.name,
        name_key=worker.name_key,
        number=branch.number,
        number_digest=number_digest(branch.number),
        phone=branch.phone,
        phone_digest=phone_digest(branch.phone),
        worker=worker,
    )


def _log(own: Branch, officer: Any, sibling: Branch, other: Any, parent: dict[str, Any], above: Any) -> None:
    own.objects["audit.entry"] = record("scene.own", by=officer, about=own.enterprise)
    sibling.objects["audit.entry"] = record("scene.sibling", by=other, about=sibling.enterprise)
    parent["audit.entry"] = record("scene.parent", by=above)
