"""Setting rules up, changing them later, overrides and occupation groups, as verbs."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.campaigns.scene import scene
from tests.campaigns.test_rules import gift_in, reasons
from tests.factories import CampaignFactory, PlanVersionFactory, UnionFactory, UserFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.campaigns.actions import (
    add_group,
    allow_override,
    approve_batch,
    ask_override,
    change_group,
    change_rules,
    issue_batch,
    open_campaign,
    withdraw_override,
)
from unionbenefits.campaigns.enums import BatchState, CampaignKind, GiftedBefore, LeftOut, StartRule
from unionbenefits.campaigns.models import Allotment, Campaign, GiftOverride, OccupationGroup
from unionbenefits.campaigns.queries import batch_lines_digest
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.funds.queries import balances
from unionbenefits.workers.enums import Occupation

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def opened(**values):
    return open_campaign(
        by=SYSTEM, code="spring", name="春季", owner=UnionFactory(), plan_version=PlanVersionFactory(),
        opens_on=dt.date(2026, 1, 1), closes_on=dt.date(2026, 6, 30), cover_starts_on=dt.date(2026, 7, 1), **values,
    )  # fmt: skip


def test_campaign_opens_with_its_rules_and_asks_nothing_by_itself():
    plain = opened()
    assert (plain.areas, plain.gifted_before, plain.start_rule) == ([], "allowed", "common_date")
    plain.delete()
    made = opened(areas=["440605"], start_rule=StartRule.CONTINUES, minimum_share_required=True)
    made.refresh_from_db()
    assert (made.areas, made.start_rule, made.minimum_share_required) == (["440605"], "continues", True)
    with pytest.raises(TypeError):
        opened(colour="red")


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"areas": ["南海"]}, "area_wrong"),
        ({"areas": ["4"]}, "area_wrong"),
        ({"areas": ["4406051250"]}, "area_wrong"),
        ({"occupations": ["pilot"]}, "occupation_unknown"),
        ({"second_approval_above": Decimal(-1)}, "amount_negative"),
    ],
)
def test_unsound_rules_are_refused_and_nothing_is_opened(rules, code):
    with refused(code):
        opened(**rules)
    assert not Campaign.objects.exists()


def test_renewal_is_of_the_same_plan_and_gives_to_the_same_people():
    old = CampaignFactory()
    with refused("renews_other_plan"):
        opened(renews=old)
    version = PlanVersionFactory(plan=old.plan_version.plan, number=2, valid_from=dt.date(2025, 1, 1))
    new = CampaignFactory(plan_version=version)
    assert change_rules(by=UserFactory(), campaign=new, renews=old).renews == old
    with refused("renewal_refuses_gifted"):
        change_rules(by=UserFactory(), campaign=new, gifted_before=GiftedBefore.REFUSED)
    goods = CampaignFactory(kind=CampaignKind.GOODS, plan_version=None)
    with refused("rules_need_plan"):
        change_rules(by=UserFactory(), campaign=goods, minimum_share_required=True)


def test_what_was_promised_stays_once_a_batch_exists():
    s = scene()
    later = s.campaign.cover_ends_on + dt.timedelta(days=1)
    assert change_rules(by=s.preparer, campaign=s.campaign, cover_ends_on=later).cover_ends_on == later
    batch = s.put_forward()
    for values in (
        {"cover_ends_on": later + dt.timedelta(days=1)},
        {"unit_cost": Decimal("96.00")},
        {"start_rule": StartRule.CONTINUES},
        {"plan_version": PlanVersionFactory()},
    ):
        with refused("rules_promised"):
            change_rules(by=s.preparer, campaign=s.campaign, **values)
    change_rules(by=s.preparer, campaign=s.campaign, name="新名", cover_ends_on=later)
    batch.refresh_from_db()
    assert (batch.state, batch_lines_digest(batch)) == (BatchState.PUT_FORWARD, batch.digest)


def test_rules_that_were_signed_change_only_with_the_waiting_batches_returned():
    s = scene()
    approved = s.approve(s.put_forward())
    with refused("batches_waiting"):
        change_rules(by=s.preparer, campaign=s.campaign, areas=["99"])
    changed = change_rules(by=s.preparer, campaign=s.campaign, areas=["99"], return_waiting=True)
    approved.refresh_from_db()
    assert (approved.state, changed.areas) == (BatchState.RETURNED, ["99"])
    [fund] = balances([s.fund])
    assert (fund.held, fund.available) == (Decimal("0.00"), Decimal("1000.00"))
    with refused("batch_not_approved"):
        issue_batch(by=s.approver, batch=approved)
    data = Entry.objects.get(action="campaign.change_rules").data
    assert data == {"before": {"areas": []}, "after": {"areas": ["99"]}, "returned": 1}


def test_issued_batches_do_not_keep_rules_from_changing():
    s = scene()
    issued = s.issue_all()
    change_rules(by=s.preparer, campaign=s.campaign, occupations=[Occupation.COURIER])
    issued.refresh_from_db()
    assert issued.state == BatchState.ISSUED


def test_rule_changed_behind_the_verb_voids_the_approval():
    s = scene()
    batch = s.put_forward()
    for values in (
        {"areas": ["44"]}, {"real_name_required": True}, {"insurance_required": True},
        {"gifted_before": "refused"}, {"gifted_since": dt.date(2025, 1, 1)}, {"minimum_share_required": True},
        {"start_rule": "continues"}, {"second_approval_above": Decimal(5)}, {"occupations": ["rider"]},
    ):  # fmt: skip
        before = {name: getattr(s.campaign, name) for name in values}
        Campaign.objects.filter(pk=s.campaign.pk).update(**values)
        with refused("digest_differs"):
            approve_batch(by=s.approver, batch=batch, digest=batch.digest)
        Campaign.objects.filter(pk=s.campaign.pk).update(**before)
    batch.gifts.filter(worker=s.workers[0]).update(cover_from=dt.date(2026, 2, 2))
    with refused("digest_differs"):
        approve_batch(by=s.approver, batch=batch, digest=batch.digest)


def gifted_scene():
    s = scene(workers=2, gifted_before=GiftedBefore.REFUSED)
    gift_in(CampaignFactory(plan_version=s.campaign.plan_version), s.workers[0])
    return s, s.workers[0]


def test_override_needs_a_reason_and_a_second_person():
    s, worker = gifted_scene()
    with refused("reason_missing"):
        ask_override(by=s.preparer, campaign=s.campaign, worker=worker, reason=" ")
    asked = ask_override(by=s.preparer, campaign=s.campaign, worker=worker, reason="重病")
    assert reasons(s.allotment)[worker.pk] == LeftOut.GIFTED_BEFORE
    with refused("override_exists"):
        ask_override(by=s.approver, campaign=s.campaign, worker=worker, reason="重病")
    with refused("override_same_person"):
        allow_override(by=s.preparer, override=asked)
    allow_override(by=s.approver, override=asked)
    with refused("override_allowed"):
        allow_override(by=UserFactory(), override=asked)
    assert reasons(s.allotment)[worker.pk] is None
    actions = (
        Entry.objects.filter(action__startswith="override.").order_by("id").values_list("action", flat=True)
    )
    assert list(actions) == ["override.ask", "override.allow"]


def test_override_is_withdrawn_until_it_is_used():
    s, worker = gifted_scene()
    asked = ask_override(by=s.preparer, campaign=s.campaign, worker=worker, reason="重病")
    allow_override(by=s.approver, override=asked)
    withdraw_override(by=s.preparer, override=asked)
    assert not GiftOverride.objects.exists()
    with pytest.raises(NotFound):
        allow_override(by=s.approver, override=asked)
    again = ask_override(by=s.preparer, campaign=s.campaign, worker=worker, reason="重病")
    allow_override(by=s.approver, override=again)
    s.put_forward()
    with refused("override_used"):
        withdraw_override(by=s.preparer, override=again)


def test_override_is_asked_only_where_the_campaign_refuses():
    s = scene()
    with refused("override_not_needed"):
        ask_override(by=s.preparer, campaign=s.campaign, worker=s.workers[0], reason="x")


def test_official_groups_are_on_file_and_change_as_data():
    assert {group.code: len(group.occupations) for group in OccupationGroup.objects.all()} == {
        "eight_groups": 8,
        "four_key_groups": 4,
        "guangdong_five": 5,
    }
    made = add_group(by=SYSTEM, code="two", name="两类", occupations=["rider", "courier", "rider"])
    assert made.occupations == ["rider", "courier"]
    with refused("group_code_taken"):
        add_group(by=SYSTEM, code="two", name="两类", occupations=["rider"])
    with refused("group_empty"):
        change_group(by=SYSTEM, group=made, name="两类", occupations=[])
    with refused("occupation_unknown"):
        change_group(by=SYSTEM, group=made, name="两类", occupations=["pilot"])
    change_group(by=SYSTEM, group=made, name="一类", occupations=["courier"], source="通知")
    made.refresh_from_db()
    assert (made.name, made.occupations, made.source) == ("一类", ["courier"], "通知")


def test_campaign_keeps_its_copy_of_a_group():
    group = OccupationGroup.objects.get(code="four_key_groups")
    s = scene(occupations=list(group.occupations))
    change_group(by=SYSTEM, group=group, name=group.name, occupations=["courier"])
    assert set(reasons(Allotment.objects.get(pk=s.allotment.pk)).values()) == {None}
