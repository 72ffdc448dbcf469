"""kill -9 of a real worker in the middle of a replay: the block is rolled back, the job goes on, nothing twice."""

from decimal import Decimal

import pytest

from tests.claims.scene import build
from tests.claims.test_replays import two_stays, version_with
from tests.workers.test_roster_worker_killed import kill_where_it_writes, recover, states
from unionbenefits.claims.actions.replaying import start_replay
from unionbenefits.claims.enums import ReplayState
from unionbenefits.claims.rules import RULESET
from unionbenefits.core import jobs

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_killed_in_a_block_leaves_nothing_of_it_and_the_job_ends_the_replay():
    desk = build()
    two_stays(desk)
    version = version_with(desk, rates=[Decimal("0.10"), Decimal("0.20")])
    made = start_replay(by=desk.people[0], plan_version=version, ruleset=RULESET, office=None)
    kill_where_it_writes("claims_replaydifference")
    made.refresh_from_db()
    assert (made.state, made.total, made.done, made.differences.count()) == (ReplayState.RUNNING, 2, 0, 0)
    assert states()["claims.run_replay"] == ["doing"]
    assert recover() == 1
    jobs.run_waiting()
    made.refresh_from_db()
    assert (made.state, made.done, made.changed, made.differences.count()) == (ReplayState.DONE, 2, 2, 2)
