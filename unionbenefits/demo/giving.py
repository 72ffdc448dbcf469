"""The reserves, the plan, the campaign and its allotments; then every batch from preview to issue.

All through the ordinary verbs, each by the officer whose post allows it. What already stands is left alone,
and a batch that an interrupted run left half way goes on from where it stands.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.enums import BatchState, CampaignState
from unionbenefits.campaigns.models import Allotment, Campaign, GiftBatch
from unionbenefits.campaigns.queries import batch_lines_digest
from unionbenefits.core import clock
from unionbenefits.demo.organisation import Organisation
from unionbenefits.demo.staff import Staff
from unionbenefits.demo.units import FEE, RESERVES, Industry, Unit
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.actions import deposit, open_fund
from unionbenefits.funds.models import Fund
from unionbenefits.plans.actions import add_version, open_plan
from unionbenefits.plans.models import OpeningFigures, Plan, PlanVersion
from unionbenefits.plans.statistics import enter_opening_figures
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Roster

CAMPAIGN: Final = "nanhai"
PLAN: Final = "erci-yibao"
_PUTS_FORWARD: Final = {Industry.TRANSPORT: "transport"}
_APPROVES: Final = {Industry.TRANSPORT: "province"}
"""The transport federation founded by the city lies outside the district officers' posts."""


def prepare(organisation: Organisation, staff: Staff, units: Iterable[Unit]) -> Campaign:
    """The campaign, open and with every allotment made."""
    officer = staff["province"]
    campaign: Campaign | None = Campaign.objects.filter(code=CAMPAIGN).first()
    fund = _fund(organisation, officer)
    campaign = campaign or _open_campaign(organisation, officer, _plan_version(officer))
    if not campaign.campaign_funds.filter(fund=fund).exists():
        actions.set_funds(by=officer, campaign=campaign, funds=[fund], carried_over="2024年度结余结转使用")
    _allot(campaign, organisation, officer, tuple(units))
    _enter_opening_figures(officer)
    if campaign.state == CampaignState.DRAFT:
        actions.start_campaign(by=officer, campaign=campaign)
    return campaign


def _fund(organisation: Organisation, officer: User) -> Fund:
    """The pot of 2024 of the association's reserves (domain §1)."""
    name, owner = "结余资金", organisation.association
    fund: Fund | None = Fund.objects.filter(owner=owner, name=name, year=2024).first()
    fund = fund or open_fund(by=officer, name=name, owner=owner, year=2024)
    if not fund.entries.exists():
        deposit(by=officer, fund=fund, amount=Decimal(RESERVES), memo="2024年度安排")
    return fund


def _enter_opening_figures(officer: User) -> None:
    """The association's published sums from 1999 to the end of 2024 (design §4, domain.md §1.2)."""
    until = dt.date(2024, 12, 31)
    if not OpeningFigures.objects.filter(until=until).exists():
        enter_opening_figures(
            by=officer,
            since_year=1999,
            until=until,
            enrolments=30_704_000,
            payouts=783_000,
            amount=Decimal("2010000000.00"),
            source="2025年1月公开报道",
        )


def _plan_version(officer: User) -> PlanVersion:
    plan: Plan | None = Plan.objects.filter(code=PLAN).first()
    plan = plan or open_plan(
        by=officer,
        code=PLAN,
        name="广东省在职职工住院医疗综合互助保障计划",
        popular_name="工会二次医保",
    )
    version: PlanVersion | None = plan.versions.first()
    return version or add_version(
        by=officer,
        plan=plan,
        valid_from=dt.date(2024, 1, 1),
        fee=Decimal(FEE),
        rates=[Decimal("0.80"), Decimal("0.70")],
        waiting_days=30,
    )


def _open_campaign(organisation: Organisation, officer: User, version: PlanVersion) -> Campaign:
    """Cover began on the first of the month before last: in force today, and its waiting period is over."""
    today = clock.today()
    starts = _first_of_month(today, months=-2)
    return actions.open_campaign(
        by=officer,
        code=CAMPAIGN,
        name="南海区新就业形态劳动者“工会二次医保”赠送",
        owner=organisation.association,
        plan_version=version,
        unit_cost=Decimal(FEE),
        opens_on=starts,
        closes_on=_first_of_month(today, months=4) - dt.timedelta(days=1),
        cover_starts_on=starts,
        cover_ends_on=clock.last_day_of_year_from(starts),
        draft=True,
    )


def _first_of_month(day: dt.date, *, months: int) -> dt.date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, 1)


def _allot(campaign: Campaign, organisation: Organisation, officer: User, units: tuple[Unit, ...]) -> None:
    """Places for the district and the transport federation, then for enterprises out of the district's."""
    own = [unit for unit in units if unit.industry is not Industry.TRANSPORT]
    transport = sum(unit.gifted for unit in units if unit.industry is Industry.TRANSPORT)
    wanted: list[tuple[Union | None, Enterprise | None, int]] = [
        (organisation.district, None, sum(_places(unit) for unit in own)),
        (organisation.industry_unions[Industry.TRANSPORT], None, _round_up(transport)),
        *((None, organisation.enterprises[unit.enterprise_code], _places(unit)) for unit in own),
    ]
    standing = {allotment.unit for allotment in campaign.allotments.select_related("union", "enterprise")}
    for union, enterprise, copies in wanted:
        if copies and (union or enterprise) not in standing:
            actions.allot(by=officer, campaign=campaign, copies=copies, union=union, enterprise=enterprise)


def _places(unit: Unit) -> int:
    return _round_up(unit.gifted)


def _round_up(copies: int) -> int:
    """Places are given in tens, so that some stay open."""
    return -(-copies // 10) * 10


def give(
    campaign: Campaign,
    units: Iterable[Unit],
    rosters: Mapping[str, Roster],
    staff: Staff,
    say: Callable[[Unit, GiftBatch], None],
) -> int:
    """Puts every unit's batch forward, has it approved by another officer and issues it; returns how many."""
    given = 0
    for unit in units:
        batch = _batch(campaign, unit, rosters[unit.enterprise_code], staff)
        if batch.state != BatchState.ISSUED:
            _approve_and_issue(batch, staff[_APPROVES.get(unit.industry, "nanhai2")])
            given += 1
            say(unit, batch)
    return given


def _batch(campaign: Campaign, unit: Unit, roster: Roster, staff: Staff) -> GiftBatch:
    standing: GiftBatch | None = (
        campaign.batches.filter(roster=roster).exclude(state=BatchState.RETURNED).first()
    )
    if standing is not None:
        return standing
    officer = staff[_PUTS_FORWARD.get(unit.industry, "nanhai")]
    holder = (
        {"union__name": unit.industry.value}
        if unit.industry is Industry.TRANSPORT
        else {"enterprise__credit_code": unit.enterprise_code}
    )
    allotment = Allotment.objects.in_scope(scope_of(officer)).get(campaign=campaign, **holder)
    return actions.put_forward(by=officer, allotment=allotment, roster=roster)


def _approve_and_issue(batch: GiftBatch, officer: User) -> None:
    seen = GiftBatch.objects.in_scope(scope_of(officer)).get(pk=batch.pk)
    if seen.state == BatchState.PUT_FORWARD:
        seen = actions.approve_batch(by=officer, batch=seen, digest=batch_lines_digest(seen))
    actions.issue_batch(by=officer, batch=seen)
