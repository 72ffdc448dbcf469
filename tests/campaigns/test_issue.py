"""Issuing: coverage, certificates, gifts and ledger at once, again without change (C096, C098; invariants 2-4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.campaigns.scene import members, scene
from tests.factories import CampaignFactory, CoverageFactory, FundFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry as AuditEntry
from unionbenefits.campaigns.actions import allot, issue_batch, put_forward, set_funds
from unionbenefits.campaigns.enums import BatchState, CampaignKind, GiftState, LeftOut
from unionbenefits.campaigns.models import Gift
from unionbenefits.campaigns.queries import batch_reasons, preview
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.enums import EntryKind
from unionbenefits.funds.queries import balance_of, balances
from unionbenefits.plans.certificates import is_certificate_no
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import period
from unionbenefits.plans.queries import coverage_of

pytestmark = pytest.mark.django_db


def balance(fund):
    found = balance_of(fund)
    return found.available, found.held, found.used


def money(*texts):
    return tuple(map(Decimal, texts))


def test_issue_covers_everybody_and_uses_the_money():
    s = scene(workers=4)
    outcome = s.issue(s.approve(s.put_forward()))
    assert (outcome.issued, outcome.left_out_now, outcome.amount, outcome.changed) == (
        4,
        0,
        Decimal("380.00"),
        True,
    )
    assert balance(s.fund) == money("620.00", "0.00", "380.00")
    gifts = Gift.objects.filter(batch=outcome.batch).select_related("coverage")
    assert {(gift.worker_id, gift.coverage.worker_id) for gift in gifts} == {(w.pk, w.pk) for w in s.workers}
    numbers = {gift.coverage.certificate_no for gift in gifts}
    assert len(numbers) == 4
    assert all(map(is_certificate_no, numbers))
    assert (outcome.batch.issued_by, outcome.batch.state) == (s.approver, BatchState.ISSUED)
    kinds = outcome.batch.batch_entries.order_by("entry_id").values_list("entry__kind", "entry__copies")
    assert list(kinds) == [(EntryKind.HOLD, 4), (EntryKind.CAPTURE, 4)]


def test_issue_without_approval_is_refused():
    s = scene()
    batch = s.put_forward()
    with pytest.raises(Refusal) as refused:
        s.issue(batch)
    assert refused.value.code == "batch_not_approved"
    assert not Coverage.objects.exists()


def test_case_c096_issuing_again_changes_nothing_at_all():
    s = scene()
    batch = s.approve(s.put_forward())
    s.issue(batch)
    before = (list(Coverage.objects.order_by("pk").values()), balance(s.fund), AuditEntry.objects.count())
    again = s.issue(batch)
    assert (again.changed, again.issued, again.left_out_now) == (False, 4, 0)
    assert before == (
        list(Coverage.objects.order_by("pk").values()),
        balance(s.fund),
        AuditEntry.objects.count(),
    )


def test_case_c096_another_campaign_for_an_overlapping_roster_skips_the_covered(case):
    assert 'officer told "4 already covered, skipped"' in case("096-issue-again.json")["then"]
    s = scene(workers=4)
    s.issue_all()
    other = CampaignFactory(owner=s.union, plan_version=s.campaign.plan_version)
    set_funds(by=SYSTEM, campaign=other, funds=[s.fund])
    allotment = allot(by=SYSTEM, campaign=other, copies=10, enterprise=s.enterprise)
    newcomers = members(s.enterprise, 2)
    found = preview(allotment)
    assert (found.eligible, found.reasons) == (2, {LeftOut.ALREADY_COVERED: 4})
    batch = s.issue(s.approve(put_forward(by=s.preparer, allotment=allotment))).batch
    live = batch.gifts.filter(state=GiftState.LIVE).values_list("worker", flat=True)
    assert set(live) == {one.pk for one in newcomers}
    assert Coverage.objects.count() == 6


def test_covered_between_approval_and_issue_are_left_out_and_their_money_goes_back():
    s = scene(workers=3, money="100.00")
    second = FundFactory()
    deposit(by=SYSTEM, fund=second, amount=Decimal("500.00"))
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, second])
    batch = s.approve(s.put_forward())
    CoverageFactory(
        worker=s.workers[0],
        plan_version=s.campaign.plan_version,
        period=period(dt.date(2026, 12, 31), dt.date(2027, 12, 30)),
    )
    outcome = s.issue(batch)
    assert (outcome.issued, outcome.left_out_now, outcome.amount, outcome.released) == (
        2,
        1,
        Decimal("190.00"),
        Decimal("95.00"),
    )
    assert batch_reasons(batch) == {LeftOut.ALREADY_COVERED: 1}
    assert [(b.available, b.held, b.used) for b in balances([s.fund, second])] == [
        money("0.00", "0.00", "100.00"),
        money("410.00", "0.00", "90.00"),
    ]
    outcome.batch.refresh_from_db()
    assert (outcome.batch.copies, outcome.batch.left_out, outcome.batch.amount) == (2, 1, Decimal("190.00"))


def test_everybody_covered_meanwhile_issues_nothing_and_gives_all_back():
    s = scene(workers=2)
    batch = s.approve(s.put_forward())
    for worker in s.workers:
        CoverageFactory(worker=worker, plan_version=s.campaign.plan_version)
    outcome = s.issue(batch)
    assert (outcome.issued, outcome.left_out_now, outcome.amount) == (0, 2, Decimal("0.00"))
    assert balance(s.fund) == money("1000.00", "0.00", "0.00")


def test_case_c098_renewal_covers_each_day_once():
    s = scene(workers=1, cover_starts_on=dt.date(2026, 7, 1), cover_ends_on=dt.date(2027, 6, 30))
    [worker] = s.workers
    CoverageFactory(
        worker=worker,
        plan_version=s.campaign.plan_version,
        period=period(dt.date(2025, 7, 1), dt.date(2026, 6, 30)),
    )
    s.issue_all()
    for day, expected in [
        (dt.date(2026, 6, 15), dt.date(2025, 7, 1)),
        (dt.date(2026, 6, 30), dt.date(2025, 7, 1)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    ]:
        [one] = coverage_of(worker, day).current
        assert one.first_day == expected
    assert not Coverage.objects.order_by("-id")[0].first_enrolment


def test_goods_need_no_coverage():
    s = scene(workers=2, kind=CampaignKind.GOODS, plan_version=None, cover_starts_on=None, cover_ends_on=None)
    outcome = s.issue(s.approve(s.put_forward()))
    assert (outcome.issued, Coverage.objects.count()) == (2, 0)
    assert balance(s.fund) == money("810.00", "0.00", "190.00")


def test_database_keeps_the_tie_between_gift_and_coverage():
    s = scene(workers=2)
    batch = s.issue_all()
    one, two = batch.gifts.order_by("id")
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Gift.objects.filter(pk=one.pk).update(coverage=None)
    [newcomer] = members(s.enterprise, 1)
    open_batch = s.put_forward()
    line = Gift.objects.filter(batch=open_batch, worker=newcomer)
    with pytest.raises(IntegrityError, match="the same worker"), transaction.atomic():
        line.update(coverage=two.coverage)


def test_audit_log_names_the_issue_and_what_it_did():
    s = scene(workers=2)
    batch = s.issue_all()
    entry = AuditEntry.objects.get(action="batch.issue")
    assert (entry.actor, entry.object_id) == (s.approver.audit_name, str(batch.pk))
    assert entry.data == {"issued": 2, "left_out_now": 0, "amount": "190.00", "released": "0.00"}
    [event] = Coverage.objects.all()[0].events.all()
    assert event.pgh_context.metadata["action"] == "batch.issue"


def test_issue_takes_the_same_number_of_statements_for_any_size(django_assert_max_num_queries):
    small, large = scene(workers=1, money="9000.00"), scene(workers=40, places=40, money="9000.00")
    for one in (small, large):
        batch = one.approve(one.put_forward())
        with django_assert_max_num_queries(45):
            issue_batch(by=one.approver, batch=batch)
