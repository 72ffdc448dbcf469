"""A district office at work, made through the real verbs: one enterprise of its own, one of a sibling district.

Screens are tested against what an upload, a judge, a campaign really leave behind.
"""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from tests.factories import (
    EnterpriseFactory,
    PlanVersionFactory,
    PostFactory,
    UnionFactory,
    UserFactory,
    resident_number,
)
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import actions as campaigns
from unionbenefits.campaigns.models import Allotment, GiftBatch
from unionbenefits.enterprises.models import IndustryAffiliation
from unionbenefits.funds import actions as funds
from unionbenefits.unions.enums import UnionKind
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions as rosters
from unionbenefits.workers.roster.states import RosterMode

HEAD = ("姓名", "证件号码", "手机号码", "工种", "入会日期")


@dataclass
class Office:
    """Who works here, and where."""

    province: Any
    district: Any
    enterprise: Any
    other_enterprise: Any
    officers: dict[str, Any]

    @property
    def preparer(self) -> Any:
        return self.officers["union_officer"]

    @property
    def approver(self) -> Any:
        return self.officers["second_officer"]

    @property
    def clerk(self) -> Any:
        return self.officers["enterprise_clerk"]

    def judged(self, rows: list[tuple], **options: Any) -> Roster:
        """A roster that waits for its confirmation."""
        roster = self.received(rows, **options)
        return rosters.judge_roster(by=roster.uploaded_by, roster=roster)

    def received(
        self,
        rows: list[tuple],
        *,
        by: Any = None,
        enterprise: Any = None,
        mode: RosterMode = RosterMode.ADDITIONS,
        file_name: str = "名册.xlsx",
    ) -> Roster:
        return rosters.receive_roster(
            by=by or self.preparer,
            enterprise=enterprise or self.enterprise,
            file_name=file_name,
            content=workbook(rows),
            mode=mode,
            as_clerk=False,
        )

    def applied(self, rows: list[tuple], **options: Any) -> Roster:
        roster = self.judged(rows, **options)
        return rosters.apply_roster(
            by=roster.uploaded_by, roster=roster, verdict_digest=roster.verdict_digest
        )

    def allotment(
        self, *, enterprise: Any = None, money: str = "1000.00", copies: int = 10, owner: Any = None
    ) -> Allotment:
        """Places of a new open campaign of the district (or `owner`) for the enterprise."""
        owner = owner or self.district
        number = Allotment.objects.count() + 1
        campaign = campaigns.open_campaign(
            by=SYSTEM,
            code=f"campaign-{number}",
            name=f"赠送活动{number}",
            owner=owner,
            plan_version=PlanVersionFactory(),
            opens_on=dt.date(2020, 1, 1),
            closes_on=dt.date(2099, 12, 31),
            cover_starts_on=dt.date(2026, 1, 1),
            cover_ends_on=dt.date(2026, 12, 31),
        )
        fund = funds.open_fund(by=SYSTEM, name=f"资金{number}", owner=owner, year=2026)
        funds.deposit(by=SYSTEM, fund=fund, amount=Decimal(money))
        campaigns.set_funds(by=SYSTEM, campaign=campaign, funds=[fund])
        return campaigns.allot(
            by=SYSTEM, campaign=campaign, copies=copies, enterprise=enterprise or self.enterprise
        )

    def batch(self, allotment: Allotment | None = None, *, by: Any = None) -> GiftBatch:
        return campaigns.put_forward(by=by or self.preparer, allotment=allotment or self.allotment())

    def approved(self, batch: GiftBatch | None = None) -> GiftBatch:
        batch = batch or self.batch()
        return campaigns.approve_batch(by=self.approver, batch=batch, digest=batch.digest)


def build() -> Office:
    """The office with one officer per role, in the open transaction."""
    sync_roles(by=SYSTEM)
    province = UnionFactory(name="省总工会", kind=UnionKind.PROVINCE)
    district = UnionFactory(name="甲区总工会", kind=UnionKind.COUNTY, parent=province)
    sibling = UnionFactory(name="乙区总工会", kind=UnionKind.COUNTY, parent=province)
    industry = UnionFactory(name="甲区快递行业工会联合会", kind=UnionKind.INDUSTRY, parent=district)
    own = EnterpriseFactory(name="甲区快递公司", union=UnionFactory(name="甲企业工会", parent=district))
    other = EnterpriseFactory(name="乙区快递公司", union=UnionFactory(name="乙企业工会", parent=sibling))
    IndustryAffiliation.objects.create(enterprise=own, union=industry, since=dt.date(2024, 1, 1))

    def post(role: Role, **place: Any) -> Any:
        return PostFactory(role=role, user=UserFactory(), **place).user

    officers = {
        "province_officer": post(Role.PROVINCE_OFFICER, union=province),
        "union_officer": post(Role.UNION_OFFICER, union=district),
        "second_officer": post(Role.UNION_OFFICER, union=district),
        "industry_officer": post(Role.INDUSTRY_OFFICER, union=industry),
        "enterprise_clerk": post(Role.ENTERPRISE_CLERK, enterprise=own),
        "auditor": post(Role.AUDITOR, union=district),
        "administrator": post(Role.ADMINISTRATOR, union=district),
        "sibling_officer": post(Role.UNION_OFFICER, union=sibling),
    }
    return Office(province, district, own, other, officers)


def person(order: int, **changes: str) -> tuple:
    """A faultless row of an invented person; keyword arguments replace cells by their heading."""
    cells = {
        "姓名": f"陈{'甲乙丙丁戊己庚辛壬癸'[order % 10]}{'一二三四五六七八九十'[order // 10 % 10]}",
        "证件号码": resident_number(order, "19900307"),
        "手机号码": f"199{order:08d}",
        "工种": "快递员",
        "入会日期": "2025-03-01",
    }
    return tuple((cells | changes)[heading] for heading in HEAD)


def workbook(rows: list[tuple], head: tuple = HEAD) -> bytes:
    """An .xlsx of one sheet with text cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    for at, row in enumerate([head, *rows]):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    book.close()
    return buffer.getvalue()
