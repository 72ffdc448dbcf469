"""Any sequence of decisions and undos: rows stay, counts add up, and undoing everything is where one began."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.factories.people import IdentityDocumentFactory, MembershipFactory, WorkerFactory, resident_number
from tests.workers.conftest import SWALLOW, person, sheet
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import PairDecision, RosterRow, RowDecision
from unionbenefits.workers.roster import actions, compare, deciding, decisions
from unionbenefits.workers.roster.states import RosterMode

pytestmark = pytest.mark.django_db
NUMBERS = [resident_number(2 * n + 1) for n in range(12)]


@pytest.fixture
def roster(units, officer):
    """Rows on hold for every kind of reason, some of them about each other or about people on file."""
    for number, name, phone in (
        (NUMBERS[9], "陈测九", "19900000009"),
        (NUMBERS[10], "陈测十", "19900000010"),
    ):
        worker = WorkerFactory(name=name, phone=phone)
        IdentityDocumentFactory(worker=worker, number=number)
        MembershipFactory(worker=worker, enterprise=units[SWALLOW])
    rows = [
        person("陈测一", NUMBERS[0]),
        person("王芳1", NUMBERS[1], 性别="女"),
        person("陈?三", NUMBERS[2], "19900000001/19900000002"),
        person("陈测四", NUMBERS[3], 入会日期="03/04/2025"),
        person("陈测五", NUMBERS[4]),
        person("王别人", NUMBERS[4]),
        person("陈测九", NUMBERS[5], "19900000009"),
        person("陈别名", NUMBERS[10]),
        person("陈测六", NUMBERS[6], "19900000010"),
        person("陈测七", NUMBERS[7][:17] + "A"),
    ]
    made = actions.receive_roster(
        by=officer, enterprise=units[SWALLOW], file_name="r.xlsx", content=sheet(*rows),
        mode=RosterMode.ADDITIONS, as_clerk=False,
    )  # fmt: skip
    return actions.judge_roster(by=officer, roster=made)


def state(roster):
    """What must not be lost: the lines; and the sum that must hold."""
    roster.refresh_from_db()
    counts = roster.counts
    assert counts["rows"] == counts["accept"] + counts["hold"] + counts["reject"]
    assert counts["accept"] == counts["new"] + counts["joined"] + counts["changed"] + counts["unchanged"]
    found = {
        v: RosterRow.objects.filter(roster=roster, verdict=v).count() for v in ("accept", "hold", "reject")
    }
    assert found == {v: counts[v] for v in found}
    return sorted(RosterRow.objects.filter(roster=roster).values_list("sheet", "row"))


def step(roster, officer, pick: int) -> None:
    """One press of a button that the page would show, or an undo; a refusal changes nothing."""
    buttons = [
        ("undo", decision)
        for decision in RowDecision.objects.filter(roster=roster).values_list("pk", flat=True)
    ]
    for row in RosterRow.objects.filter(roster=roster).order_by("pk"):
        for finding in compare.stored_findings(row.codes):
            for option in deciding.options_of(roster, row, finding):
                value = option.values[0] if option.values else ""
                buttons.append(
                    (row.pk, (finding.code, finding.field or "", option.choice, value or "陈䶮三"))
                )
    who, what = buttons[pick % len(buttons)]
    with suppress(Refusal), transaction.atomic():
        if who == "undo":
            decisions.undo_decision(by=officer, roster=roster, decision=what)
            return
        code, field, choice, value = what
        value = value if choice == "chosen" else ""
        decisions.settle_row(
            by=officer, roster=roster, row=who, code=code, field=field, choice=choice, value=value
        )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=st.lists(st.integers(min_value=0, max_value=1000), max_size=12))
def test_any_sequence_of_decisions_and_undos_keeps_every_row(roster, officer, picks):
    with transaction.atomic():
        lines, began = state(roster), roster.verdict_digest
        for pick in picks:
            step(roster, officer, pick)
            assert state(roster) == lines
        decided = roster.verdict_digest
        actions.judge_roster(by=officer, roster=roster)
        assert (state(roster), roster.verdict_digest) == (lines, decided)
        for decision in RowDecision.objects.filter(roster=roster).order_by("-pk"):
            decisions.undo_decision(by=officer, roster=roster, decision=decision.pk)
            assert state(roster) == lines
        assert roster.verdict_digest == began
        assert PairDecision.objects.filter(withdrawn_at__isnull=True).count() == 0
        transaction.set_rollback(True)
