"""Two officers decide, confirm and apply at the same moment, over real connections (invariants 1, 5; case C078)."""

import pytest

from tests.factories.access import PostFactory
from tests.factories.people import resident_number
from tests.workers.conftest import LARK, SWALLOW, person, totals
from tests.workers.test_roster_together import apply, judged, together
from unionbenefits.access.roles import Role
from unionbenefits.audit.models import Entry
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import PairDecision, RowDecision
from unionbenefits.workers.roster import actions, decisions
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterState

__all__ = ["judged"]
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

ODD = [person(f"陈测{chr(0x4E00 + n)}", resident_number(2 * n + 1), f"199{n:08d}") for n in range(60)]


@pytest.fixture
def second_officer(units):
    return PostFactory(role=Role.UNION_OFFICER, union=units[SWALLOW].union).user


def settle(roster, line, by, code="sex_differs", choice="proposed"):
    row = roster.rows.get(row=line).pk
    return lambda: decisions.settle_row(by=by, roster=roster, row=row, code=code, field="", choice=choice)


def held(count):
    """Rows apart from each other whose sex disagrees, among sound ones."""
    return [[*row[:4], "男" if n % 5 else "女", *row[5:]] for n, row in enumerate(ODD[: count * 5])]


def test_two_officers_settle_the_same_row_and_one_of_them_is_told(judged, officer, second_officer):
    roster = judged(held(1))
    found = together(
        settle(roster, 2, officer), settle(roster, 2, second_officer, choice="left_out"),
        settle(roster, 2, officer), settle(roster, 2, second_officer),
    )  # fmt: skip
    refused = sorted(one.code for one in found if isinstance(one, Refusal))
    assert refused == ["decision_made"] * 3
    assert RowDecision.objects.count() == 1


def test_decisions_on_different_rows_at_once_all_count(judged, officer, second_officer):
    roster = judged(held(8))
    lines = sorted(roster.rows.filter(verdict="hold").values_list("row", flat=True))
    found = together(
        *[settle(roster, line, (officer, second_officer)[at % 2]) for at, line in enumerate(lines)]
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    roster.refresh_from_db()
    assert (len(lines), roster.counts["hold"], roster.counts["accept"]) == (8, 0, 40)


def test_settling_and_confirming_at_once_never_write_what_was_not_seen(judged, officer, second_officer):
    roster = judged(held(2))
    settled, applied = together(settle(roster, 2, second_officer), apply(roster, officer))
    roster.refresh_from_db()
    if isinstance(applied, RosterRefused):
        assert (applied.code, roster.state, totals()) == ("roster_stale", RosterState.JUDGED, (0, 0, 0))
    else:
        assert (roster.state, totals()) == (RosterState.APPLIED, (8, 8, 8))
    assert not isinstance(settled, Exception)
    assert roster.counts["accept"] == 9


def test_one_pair_answered_differently_in_two_rosters_at_once(judged, officer, second_officer):
    actions.apply_roster(
        by=officer, roster=(on_file := judged([ODD[0]])), verdict_digest=on_file.verdict_digest
    )
    namesake = [[ODD[0][0], "", resident_number(201), *ODD[0][3:]]]
    first, second = judged(namesake), judged(namesake, LARK)
    code = "possible_same_as_known"
    found = together(
        settle(first, 2, officer, code, "same"), settle(second, 2, second_officer, code, "apart")
    )
    assert [one.code for one in found if isinstance(one, Refusal)] == ["pair_decided"]
    assert PairDecision.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_settled_rows_applied_from_six_connections_are_applied_once(judged, officer):
    roster = judged(held(2))
    roster = actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert totals() == (8, 8, 8)
    settle(roster, 2, officer)()
    roster = settle(roster, 7, officer)()
    digest = roster.verdict_digest
    found = together(*[lambda: decisions.apply_settled(by=officer, roster=roster, verdict_digest=digest)] * 6)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert totals() == (10, 10, 10)
    assert Entry.objects.filter(action="roster.apply_settled").count() == 1
