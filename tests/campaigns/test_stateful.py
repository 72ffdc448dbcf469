"""Every verb of campaigns at random, fifty at once, each over a connection of its own (invariants 2-4).

While they run, another connection asks the whole integrity statement again and again: every commit that anybody
could see is a sound one, not only the last. A seed names a run, so that what fails can be run again.
"""

import random
import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, FundFactory, MembershipFactory, UnionFactory, UserFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import (
    allot,
    approve_batch,
    confirm_revocation,
    decline_revocation,
    issue_batch,
    move_places,
    propose_revocation,
    put_forward,
    reclaim_unused,
    return_batch,
    set_funds,
)
from unionbenefits.campaigns.enums import RevocationState
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.judging import SQL
from unionbenefits.campaigns.models import Allotment, Campaign, CampaignFund, Gift, GiftBatch, Revocation
from unionbenefits.core import sql
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

COST = Decimal("95.00")
AT_ONCE, ROUNDS = 50, 3
# What the verbs may refuse with; anything else is a fault of ours.
REFUSALS = {
    "allotment_above_parent", "allotment_below_used", "all_kept", "approver_is_preparer", "batch_not_approved",
    "batch_not_issued", "batch_state", "budget_exhausted", "confirmer_is_proposer", "digest_differs",
    "gifted_in_campaign", "limit_below_used", "nobody_eligible", "nothing_to_undo", "places_exhausted",
    "places_short", "revocation_open", "revocation_state",
}  # fmt: skip


@contextmanager
def watched():
    """Asks for faults of money, places, gifts and covers without a pause; yields those found."""
    faults, over, looks = [], threading.Event(), [0]

    def look():
        try:
            while not over.is_set():
                faults.extend(sql.rows(SQL, "integrity", {"limit": 5}))
                looks[0] += 1
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield faults
    finally:
        over.set()
        thread.join()
    assert looks[0] > 0


class Machine:
    """Two campaigns of one plan over the same workers, units and funds: one in order, one by shares."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.scene = s = scene(workers=0, places=0, money=str(COST * 20))
        second = FundFactory(owner=s.union)
        deposit(by=SYSTEM, fund=second, amount=COST * 8)
        other = Campaign.objects.get(pk=s.campaign.pk)
        other.pk, other.code = None, f"{other.code}-b"
        other.save()
        set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, second], limits=[COST * 15, None])
        set_funds(
            by=SYSTEM,
            campaign=other,
            funds=[second, s.fund],
            shares=[Decimal("33.33"), Decimal("66.67")],
            limits=[None, COST * 6],
        )
        self.officers = UserFactory.create_batch(5)
        self.enterprises = [s.enterprise, *EnterpriseFactory.create_batch(2, union=s.union)]
        self.workers = [one.pk for unit in self.enterprises for one in members(unit, 8)]
        for worker in self.workers[:8]:
            MembershipFactory(worker_id=worker, enterprise=self.enterprises[1])
        s.allotment.delete()
        for campaign in (s.campaign, other):
            allot(by=SYSTEM, campaign=campaign, copies=18, union=s.union)
            for unit in self.enterprises:
                allot(by=SYSTEM, campaign=campaign, copies=4, enterprise=unit)
        self.campaigns = [s.campaign, other]
        self.allotments = list(Allotment.objects.order_by("pk"))

    def warm_up(self):
        """An issued batch with an undo proposed, an approved one and one put forward: every verb finds work."""
        preparer, approver, *_others = self.officers
        own = [
            one for one in self.allotments if one.enterprise_id and one.campaign_id == self.campaigns[0].pk
        ]
        batches = [
            put_forward(by=preparer, allotment=one, only=self.workers[at * 8 : at * 8 + 2])
            for at, one in enumerate(own)
        ]
        for batch in batches[:2]:
            approve_batch(by=approver, batch=batch, digest=batch.digest)
        issued = issue_batch(by=approver, batch=batches[0]).batch
        propose_revocation(by=preparer, batch=issued, reason="误发", gifts=[issued.gifts.latest("pk").pk])

    def act(self):
        """A verb chosen now; what it works on is chosen when it runs."""
        verbs = {
            self.put_forward: 14,
            self.approve: 10,
            self.issue: 9,
            self.send_back: 3,
            self.propose: 5,
            self.confirm: 5,
            self.decline: 1,
            self.move: 5,
            self.allot: 3,
            self.reclaim: 1,
            self.limit: 1,
        }
        verb = self.random.choices(list(verbs), list(verbs.values()))[0]
        own = random.Random(self.random.random())
        return lambda: verb(own)

    def put_forward(self, own):
        allotment = Allotment.objects.get(pk=own.choice(self.allotments).pk)
        batch = put_forward(
            by=own.choice(self.officers), allotment=allotment, only=own.sample(self.workers, 4)
        )
        return bool(batch)

    def approve(self, own):
        batch = self.batch(own, "put_forward")
        return batch and bool(approve_batch(by=own.choice(self.officers), batch=batch, digest=batch.digest))

    def issue(self, own):
        batch = self.batch(own, "approved", "issued")
        return batch and bool(issue_batch(by=own.choice(self.officers), batch=batch))

    def send_back(self, own):
        batch = self.batch(own, "put_forward", "approved")
        return batch and bool(return_batch(by=own.choice(self.officers), batch=batch, reason="退回"))

    def propose(self, own):
        batch = self.batch(own, "issued", "part_revoked")
        if batch is None:
            return None
        gifts = list(batch.gifts.filter(state="live").values_list("pk", flat=True))
        some = own.sample(gifts, max(1, len(gifts) // 2)) if gifts and own.random() < 0.6 else None
        return bool(propose_revocation(by=own.choice(self.officers), batch=batch, reason="误发", gifts=some))

    def confirm(self, own):
        found = self.proposed(own)
        return found and bool(
            confirm_revocation(by=own.choice(self.officers), revocation=found, digest=found.digest)
        )

    def decline(self, own):
        found = self.proposed(own)
        return found and bool(decline_revocation(by=own.choice(self.officers), revocation=found))

    def move(self, own):
        campaign = own.choice(self.campaigns)
        from_, to = own.sample([one for one in self.allotments if one.campaign_id == campaign.pk], 2)
        move_places(by=own.choice(self.officers), from_=from_, to=to, copies=own.randint(1, 3), reason="调剂")
        return True

    def allot(self, own):
        one = own.choice(self.allotments)
        unit = {"union": one.union, "enterprise": one.enterprise}
        return bool(
            allot(
                by=SYSTEM, campaign=one.campaign, copies=own.randint(2, 12 if one.parent_id else 30), **unit
            )
        )

    def reclaim(self, own):
        return reclaim_unused(by=SYSTEM, campaign=own.choice(self.campaigns)) == ()

    def limit(self, own):
        """Other limits; the order and the shares stay."""
        campaign = self.campaigns[0]
        rows = CampaignFund.objects.filter(campaign=campaign).order_by("order")
        limits = [COST * own.randint(5, 18), None]
        set_funds(by=SYSTEM, campaign=campaign, funds=[row.fund for row in rows], limits=limits)
        return True

    def batch(self, own, *states):
        found = list(GiftBatch.objects.filter(state__in=states).order_by("pk"))
        return own.choice(found) if found else None

    def proposed(self, own):
        found = list(Revocation.objects.filter(state=RevocationState.PROPOSED).order_by("pk"))
        return own.choice(found) if found else None

    def check(self):
        """Every book agrees, counted once more in plain sums."""
        assert [fault.text for fault in examine().faults] == []
        batches = GiftBatch.objects.filter(state__in=["issued", "part_revoked", "revoked"])
        live = Gift.objects.filter(state="live")
        issued = live.filter(batch__in=batches).count()
        balances = [balance_of(fund) for fund in Fund.objects.order_by("pk")]
        assert sum(one.used for one in balances) == COST * issued
        assert sum(one.held for one in balances) == COST * live.exclude(batch__in=batches).count()
        assert sum(one.available + one.held + one.used for one in balances) == COST * 28
        assert Coverage.objects.exclude(live_period__isempty=True).count() == issued
        return issued


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_verb_fifty_at_once_keeps_invariants_2_to_4_at_every_step(seed):
    machine = Machine(seed)
    machine.warm_up()
    for _ in range(ROUNDS):
        acts = [machine.act() for _ in range(AT_ONCE)]
        with watched() as faults:
            answers = at_once(acts)
        assert faults == []
        assert [one for one in answers if isinstance(one, Exception)] == []
        assert {one for one in answers if isinstance(one, str)} <= REFUSALS
        assert True in answers
        machine.check()


def test_undo_of_a_campaign_and_issue_of_another_meet_on_the_same_workers():
    """The cover that ends under one campaign is given anew under the other: each worker has one, whoever wins."""
    s = scene(workers=10, places=10, money="10000.00")
    old = s.issue_all()
    other = Campaign.objects.get(pk=s.campaign.pk)
    other.pk, other.code = None, f"{other.code}-b"
    other.save()
    set_funds(by=SYSTEM, campaign=other, funds=[s.fund])
    allotment = allot(by=SYSTEM, campaign=other, copies=10, enterprise=s.enterprise)
    gift = old.gifts.order_by("pk").first()
    proposed = propose_revocation(by=s.preparer, batch=old, reason="误发", gifts=[gift.pk])

    def undo():
        return confirm_revocation(by=s.approver, revocation=proposed, digest=proposed.digest).copies

    def again():
        batch = put_forward(by=s.preparer, allotment=allotment)
        approve_batch(by=s.approver, batch=batch, digest=batch.digest)
        return issue_batch(by=s.approver, batch=batch).issued

    with watched() as faults:
        answers = at_once([undo, *[again] * 8])
    assert faults == []
    assert answers[0] == 1
    assert {str(one) for one in answers[1:]} <= {"1", "nobody_eligible"}
    covered = Coverage.objects.exclude(live_period__isempty=True)
    assert covered.count() == covered.values("worker").distinct().count() == 9 + answers[1:].count(1)
    assert [fault.text for fault in examine().faults] == []


def test_a_campaign_goes_its_whole_way_while_everything_of_another_is_locked():
    """Put forward, approved, issued, undone, moved: no lock of the other campaign stands in the way."""
    busy, free = scene(), scene()
    waiting = busy.put_forward()
    spare = allot(
        by=SYSTEM,
        campaign=free.campaign,
        copies=3,
        enterprise=EnterpriseFactory(union=UnionFactory(parent=free.union)),
    )

    def whole_way():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        batch = free.issue_all()
        proposed = propose_revocation(by=free.preparer, batch=batch, reason="误发")
        confirm_revocation(by=free.approver, revocation=proposed, digest=proposed.digest)
        move_places(by=SYSTEM, from_=free.allotment, to=spare, copies=1, reason="调剂")
        deposit(by=SYSTEM, fund=free.fund, amount=COST)
        return free.put_forward().copies

    with transaction.atomic():
        for model, key in [
            (Campaign, busy.campaign.pk),
            (Fund, busy.fund.pk),
            (Allotment, busy.allotment.pk),
            (GiftBatch, waiting.pk),
        ]:
            model.objects.select_for_update().get(pk=key)
        [copies] = at_once([whole_way])
    assert copies == 4
