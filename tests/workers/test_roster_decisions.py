"""Held rows settled by officers: what each decision does, that it is kept, undone, applied once (issue 4)."""

import datetime as dt

import pytest

from tests.factories.access import PostFactory
from tests.factories.people import IdentityDocumentFactory, MembershipFactory, WorkerFactory, resident_number
from tests.workers.conftest import LARK, SWALLOW, actions_of, person, sheet, told, totals, verdicts
from unionbenefits.access.roles import Role
from unionbenefits.audit.models import Entry
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.workers.models import IdentityDocument, Membership, PairDecision, RowDecision, Worker
from unionbenefits.workers.roster import actions, decisions, pairs
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (resident_number(order) for order in (1, 3, 5))
OLD, NEW = "440000197203039014", "440000197203139031"


@pytest.fixture
def judged(units, officer):
    """A roster as it waits for decisions."""

    def run(*rows, by=officer, code=SWALLOW, content=None, name="r.xlsx", **kwargs):
        settings = {"mode": RosterMode.ADDITIONS, "as_clerk": False, **kwargs}
        roster = actions.receive_roster(
            by=by, enterprise=units[code], file_name=name, content=content or sheet(*rows), **settings
        )
        return actions.judge_roster(by=by, roster=roster)

    return run


@pytest.fixture
def settle(officer):
    """Settles the finding of a line; keywords go to the verb."""

    def run(roster, line, code, choice, value="", *, field="", by=officer, sheet=None):
        rows = roster.rows.filter(row=line)
        row = rows.get(sheet=sheet) if sheet is not None else rows.get()
        return decisions.settle_row(
            by=by, roster=roster, row=row.pk, code=code, field=field, choice=choice, value=value
        )

    return run


def apply(roster, by):
    return actions.apply_roster(by=by, roster=roster, verdict_digest=roster.verdict_digest)


def undo(roster, by, line=None):
    found = RowDecision.objects.filter(roster=roster)
    found = found.filter(row=line) if line else found
    return decisions.undo_decision(by=by, roster=roster, decision=found.latest("pk").pk)


def known(number=ONE, name="陈测一", phone="19912345678", enterprise=None):
    """Somebody on file."""
    worker = WorkerFactory(name=name, phone=phone)
    IdentityDocumentFactory(worker=worker, number=number)
    if enterprise is not None:
        MembershipFactory(worker=worker, enterprise=enterprise)
    return worker


# -- one finding, one decision


def test_proposed_birth_is_stored_and_previews_seen_before_are_stale(judged, settle, officer):
    roster = judged(person(number=ONE, 出生日期="1991-01-01"))
    assert (verdicts(roster), told(roster)[2]) == ({2: "hold"}, ["birth_differs", "phone_missing"])
    seen = roster.verdict_digest
    roster = settle(roster, 2, "birth_differs", "proposed")
    assert (verdicts(roster), actions_of(roster)) == ({2: "accept"}, {2: "new"})
    assert (roster.counts["accept"], roster.counts["hold"], roster.counts["new"]) == (1, 0, 1)
    with pytest.raises(RosterRefused) as refusal:
        actions.apply_roster(by=officer, roster=roster, verdict_digest=seen)
    assert (refusal.value.code, totals()) == ("roster_stale", (0, 0, 0))
    apply(roster, officer)
    assert Worker.objects.get().birth_date == dt.date(1990, 3, 7)
    assert Entry.objects.filter(action="roster.settle").count() == 1


@pytest.mark.parametrize(
    ("cells", "code", "choice", "value", "after"),
    [
        ({"name": "王芳1"}, "name_not_as_on_card", "written", "", {"name": "王芳1"}),
        ({"name": "王芳1"}, "name_not_as_on_card", "chosen", "王芳", {"name": "王芳"}),
        ({"name": "陈?一"}, "name_unreadable", "chosen", "陈䶮一", {"name": "陈䶮一"}),
        ({"phone": "19912345678/19912345679"}, "phone_several", "chosen", "19912345679", {"phone": "19912345679"}),
        ({"phone": "19912345678/19912345679"}, "phone_several", "blank", "", {"phone": None}),
        ({"phone": "0757-88888888"}, "phone_not_mobile", "chosen", "199 1234 5678", {"phone": "19912345678"}),
        ({"性别": "女"}, "sex_differs", "proposed", "", {"sex": "male"}),
        ({"入会日期": "03/04/2025"}, "joined_on_ambiguous", "chosen", "2025-04-03", {"joined_on": dt.date(2025, 4, 3)}),
        ({"入会日期": "2025年3月"}, "joined_on_incomplete", "chosen", "2025-3-9", {"joined_on": dt.date(2025, 3, 9)}),
        ({"入会日期": "2025年3月"}, "joined_on_incomplete", "blank", "", {"joined_on": None}),
        ({"证件类型": "军官证"}, "document_kind_unsupported", "proposed", "", {"kind": "resident_id"}),
    ],
)  # fmt: skip
def test_each_decision_stores_what_it_says(judged, settle, officer, cells, code, choice, value, after):
    roster = judged(person(**{"name": "陈测一", "number": ONE, **cells}))
    roster = settle(roster, 2, code, choice, value)
    assert verdicts(roster) == {2: "accept"}, told(roster)
    apply(roster, officer)
    worker, membership = Worker.objects.get(), Membership.objects.get()
    stored = {
        "name": worker.name, "phone": worker.phone, "sex": worker.sex, "joined_on": membership.joined_on,
        "kind": worker.documents.get().kind,
    }  # fmt: skip
    assert {key: stored[key] for key in after} == after


@pytest.mark.parametrize(
    ("cells", "code", "choice", "value", "refused"),
    [
        ({"name": "陈?一"}, "name_unreadable", "written", "", "decision_not_allowed"),
        ({"name": "陈?一"}, "name_unreadable", "chosen", "陈?二", "decision_value"),
        ({"name": "<b>陈</b>"}, "name_illegal_characters", "chosen", "<i>陈</i>", "decision_value"),
        ({"phone": "19912345678/19912345679"}, "phone_several", "chosen", "19900000000", "decision_value"),
        ({"phone": "0757-88888888"}, "phone_not_mobile", "chosen", "清空", "decision_value"),
        ({"入会日期": "03/04/2025"}, "joined_on_ambiguous", "chosen", "2025-05-05", "decision_value"),
        ({"入会日期": "2025年3月"}, "joined_on_incomplete", "chosen", "2099-01-01", "decision_value"),
        ({"入会日期": "2025年3月"}, "joined_on_incomplete", "chosen", "", "decision_value"),
        ({"性别": "女"}, "sex_differs", "written", "", "decision_not_allowed"),
        ({"性别": "女"}, "sex_differs", "no such choice", "", "decision_not_allowed"),
        ({"性别": "女"}, "birth_differs", "proposed", "", "roster_stale"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(judged, settle, cells, code, choice, value, refused):
    roster = judged(person(**{"name": "陈测一", "number": ONE, **cells}))
    before = roster.verdict_digest
    with pytest.raises(Refusal) as refusal:
        settle(roster, 2, code, choice, value)
    assert refusal.value.code == refused
    assert str(refusal.value)
    roster.refresh_from_db()
    assert (roster.verdict_digest, RowDecision.objects.count(), verdicts(roster)) == (before, 0, {2: "hold"})


def test_nobody_under_16_is_enrolled_by_a_decision(judged, settle):
    child = resident_number(1, "20150307")
    roster = judged(person(number=child))
    assert told(roster)[2][0] == "under_working_age"
    for choice, value in (("written", ""), ("chosen", "1990-03-07"), ("proposed", "")):
        with pytest.raises(Refusal):
            settle(roster, 2, "under_working_age", choice, value)
    assert verdicts(settle(roster, 2, "under_working_age", "left_out")) == {2: "reject"}


def test_two_findings_need_two_decisions(judged, settle, officer):
    roster = judged(person("王芳1", ONE, 性别="女"))
    roster = settle(roster, 2, "sex_differs", "proposed")
    assert verdicts(roster) == {2: "hold"}
    roster = settle(roster, 2, "name_not_as_on_card", "written")
    assert (verdicts(roster), roster.counts["accept"]) == ({2: "accept"}, 1)
    roster = undo(roster, officer, 2)
    assert told(roster)[2] == ["name_not_as_on_card", "phone_missing"]


def test_left_out_row_is_rejected_and_comes_back_when_undone(judged, settle, officer):
    roster = judged(person(number=ONE, 性别="女"), person("陈测二", TWO))
    before = (roster.verdict_digest, roster.counts)
    roster = settle(roster, 2, "sex_differs", "left_out")
    assert verdicts(roster) == {2: "reject", 3: "accept"}
    assert "left_out" in told(roster)[2]
    roster = undo(roster, officer)
    assert (roster.verdict_digest, roster.counts) == before
    assert RowDecision.objects.count() == 0


def test_undo_restores_the_value_that_was_replaced(judged, settle, officer):
    roster = judged(person("陈?一", ONE, "19912345678/19912345679"))
    before = roster.verdict_digest
    roster = settle(roster, 2, "name_unreadable", "chosen", "陈䶮一")
    roster = settle(roster, 2, "phone_several", "chosen", "19912345679")
    assert (roster.rows.get().name, roster.rows.get().phone) == ("陈䶮一", "19912345679")
    roster = undo(undo(roster, officer), officer)
    assert roster.verdict_digest == before
    assert (roster.rows.get().name, roster.rows.get().phone) == ("陈?一", None)


def test_the_same_file_row_under_one_document_cannot_be_lost_behind_another_name(judged, settle):
    roster = judged(person("陈测一", ONE), person("王别人", ONE))
    assert verdicts(roster) == {2: "hold", 3: "hold"}
    roster = settle(roster, 2, "document_shared", "written")
    with pytest.raises(Refusal) as refusal:
        settle(roster, 3, "document_shared", "written")
    assert refusal.value.code == "decision_conflict"
    assert verdicts(settle(roster, 3, "document_shared", "left_out")) == {2: "accept", 3: "reject"}


def test_name_proposed_by_the_file_makes_the_row_a_repetition(
    import_case, settle, officer, judged, case_bytes
):
    """Case C016: 王? and 王YAN are the man whose name row 2 has."""
    roster = judged(content=case_bytes("016-pua-and-substitute-names.xlsx"), name="016.xlsx")
    for line in (4, 5, 6):
        for code in [c for c in told(roster)[line] if c == "name_differs"]:
            roster = settle(roster, line, code, "proposed")
    assert {row: v for row, v in verdicts(roster).items() if v != "accept"} == {}
    apply(roster, officer)
    assert (totals(), Worker.objects.get().name) == ((1, 1, 1), "王䶮")


# -- who somebody is


def test_c068_a_changed_number_joins_the_person(judged, settle, officer, units):
    worker = known(OLD, "崔测改", "19900000321", units[SWALLOW])
    roster = judged(person("崔测改", NEW, "19900000321"))
    assert "possible_same_as_known" in told(roster)[2]
    roster = settle(roster, 2, "possible_same_as_known", "same")
    assert (verdicts(roster), actions_of(roster)) == ({2: "accept"}, {2: "changed"})
    apply(roster, officer)
    assert totals() == (1, 2, 1)
    worker.refresh_from_db()
    assert worker.birth_date == dt.date(1972, 3, 13)
    old, new = (IdentityDocument.objects.get(pk__in=Worker.objects.with_document(n).values("documents"),
                                             number_digest=IdentityDocument._meta.get_field("number_digest").digest(n))
                for n in (OLD, NEW))  # fmt: skip
    assert (old.retired_at is not None, new.retired_at, new.number) == (True, None, NEW)
    assert [w.pk for n in (OLD, NEW) for w in Worker.objects.find(n)] == [worker.pk] * 2
    assert old.events.count() >= 1
    again = judged(person("崔测改", NEW, "19900000321"), name="again.xlsx")
    assert actions_of(again) == {2: "unchanged"}


def test_the_old_number_in_a_later_roster_is_the_same_person_once_said_so(judged, settle, officer, units):
    worker = known(OLD, "崔测改", "19900000321", units[SWALLOW])
    apply(settle(judged(person("崔测改", NEW, "19900000321")), 2, "possible_same_as_known", "same"), officer)
    later = judged(person("崔测改", OLD, "19900000321"))
    assert "document_retired" in told(later)[2]
    later = settle(later, 2, "document_retired", "same")
    assert actions_of(later) == {2: "unchanged"}
    apply(later, officer)
    assert (totals(), worker.documents.filter(retired_at__isnull=True).get().number) == ((1, 2, 1), NEW)
    assert actions_of(judged(person("崔测改", OLD, "19900000321"))) == {2: "unchanged"}


def test_apart_makes_two_people_and_is_never_asked_again(judged, settle, officer, units):
    first = known(ONE, "陈测一", "19912345678", units[SWALLOW])
    roster = settle(judged(person("陈测一", TWO, "19912345678")), 2, "possible_same_as_known", "apart")
    assert (verdicts(roster), actions_of(roster)) == ({2: "accept"}, {2: "new"})
    actions.discard_roster(by=officer, roster=roster)
    again = judged(person("陈测一", TWO, "19912345678"), code=LARK)
    assert (verdicts(again), actions_of(again)) == ({2: "accept"}, {2: "new"})
    apply(again, officer)
    assert totals() == (2, 2, 2)
    assert Worker.objects.exclude(pk=first.pk).get().documents.get().number == TWO


def test_withdrawn_pair_is_asked_again_and_makes_the_confirmation_stale(judged, settle, officer, units):
    known(ONE, "陈测一", "19912345678", units[SWALLOW])
    roster = settle(judged(person("陈测一", TWO, "19912345678")), 2, "possible_same_as_known", "apart")
    pairs.withdraw_pair(by=officer, pair=PairDecision.objects.get())
    with pytest.raises(RosterRefused) as refusal:
        apply(roster, officer)
    assert refusal.value.code == "roster_stale"
    assert verdicts(actions.judge_roster(by=officer, roster=roster)) == {2: "hold"}
    assert "possible_same_as_known" in told(judged(person("陈测一", TWO, "19912345678")))[2]


def test_merged_pair_in_the_register_cannot_be_withdrawn(judged, settle, officer, units):
    known(ONE, "陈测一", "19912345678", units[SWALLOW])
    apply(settle(judged(person("陈测一", TWO, "19912345678")), 2, "possible_same_as_known", "same"), officer)
    with pytest.raises(Refusal) as refusal:
        pairs.withdraw_pair(by=officer, pair=PairDecision.objects.get())
    assert refusal.value.code == "pair_in_force"


def test_undo_of_a_pair_withdraws_what_was_remembered(judged, settle, officer, units):
    known(ONE, "陈测一", "19912345678", units[SWALLOW])
    roster = judged(person("陈测一", TWO, "19912345678"))
    before = roster.verdict_digest
    roster = undo(settle(roster, 2, "possible_same_as_known", "same"), officer)
    assert (verdicts(roster), roster.verdict_digest) == ({2: "hold"}, before)
    assert PairDecision.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_a_pair_decided_in_another_roster_meanwhile_is_told(judged, settle, units):
    known(ONE, "陈测一", "19912345678", units[SWALLOW])
    first, second = (judged(person("陈测一", TWO, "19912345678"), name=f"{n}.xlsx") for n in (1, 2))
    settle(first, 2, "possible_same_as_known", "apart")
    with pytest.raises(Refusal) as refusal:
        settle(second, 2, "possible_same_as_known", "same")
    assert refusal.value.code == "pair_decided"


@pytest.mark.parametrize(("choice", "name"), [("same", "陈测一"), ("renamed", "陈新名")])
def test_another_name_for_a_known_document(judged, settle, officer, units, choice, name):
    known(ONE, "陈测一", None, units[SWALLOW])
    roster = settle(judged(person("陈新名", ONE)), 2, "name_differs", choice)
    assert verdicts(roster) == {2: "accept"}
    apply(roster, officer)
    assert (totals(), Worker.objects.get().name) == ((1, 1, 1), name)
    assert actions_of(judged(person("陈新名", ONE), name="again.xlsx")) == {2: "unchanged"}
    assert Worker.objects.find(name).count() == 1


def test_phone_of_another_is_kept_with_both_or_left_away(judged, settle, officer, units):
    other = known(ONE, "王测别", "19912345678", units[SWALLOW])
    roster = judged(person("陈测一", TWO, "19912345678"), person("陈测二", THREE, "19912345678"))
    assert "phone_used_by_another" in told(roster)[2]
    roster = settle(roster, 2, "phone_used_by_another", "apart")
    roster = settle(roster, 3, "phone_used_by_another", "blank")
    assert verdicts(roster) == {2: "accept", 3: "accept"}
    apply(roster, officer)
    assert dict(Worker.objects.values_list("name", "phone")) == {
        "王测别": "19912345678", "陈测一": "19912345678", "陈测二": None,
    }  # fmt: skip
    assert other.memberships.count() == 1


def test_a_travel_permit_joins_a_passport_and_both_stay(judged, settle, officer, units, case_bytes):
    """Case C066, rows 4 and 5: the first is taken over, then the second can join the same person."""
    roster = judged(content=case_bytes("066-same-number-two-types.csv"), name="066.csv")
    assert "possible_same_person" in told(roster)[5]
    with pytest.raises(Refusal):
        settle(roster, 5, "possible_same_person", "same")
    apply(roster, officer)
    people = Worker.objects.count()
    roster.refresh_from_db()
    roster = settle(roster, 5, "possible_same_person", "same")
    roster = decisions.apply_settled(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert Worker.objects.count() == people
    assert sorted(d.kind for d in Worker.objects.with_document("H77777777").get().documents.all()) == [
        "hk_macao_permit", "passport",
    ]  # fmt: skip
    assert IdentityDocument.objects.filter(retired_at__isnull=False).count() == 0


def test_possible_same_person_kept_apart_is_not_asked_in_later_rosters(judged, settle, officer, case_bytes):
    content = case_bytes("066-same-number-two-types.csv")
    roster = settle(judged(content=content, name="066.csv"), 5, "possible_same_person", "apart")
    assert verdicts(roster)[5] == "accept"
    apply(roster, officer)
    again = judged(content=content, name="066 again.csv")
    assert "possible_same_person" not in told(again)[5]
    assert set(actions_of(again).values()) == {"unchanged"}


# -- kept when judged again, decided by somebody else, undone too late


def test_decisions_survive_judging_again(judged, settle, officer):
    roster = judged(
        person("王芳1", ONE), person(number=TWO, 性别="女"), person("陈测三", THREE, 入会日期="03/04/2025")
    )
    roster = settle(roster, 2, "name_not_as_on_card", "written")
    roster = settle(roster, 3, "sex_differs", "left_out")
    roster = settle(roster, 4, "joined_on_ambiguous", "chosen", "2025-04-03")
    seen = roster.verdict_digest
    roster = actions.judge_roster(by=officer, roster=roster)
    assert verdicts(roster) == {2: "accept", 3: "reject", 4: "accept"}
    assert roster.rows.get(row=4).joined_on == dt.date(2025, 4, 3)
    assert roster.verdict_digest == seen
    assert verdicts(undo(roster, officer, 4))[4] == "hold"


def test_a_decision_about_another_column_is_asked_again(judged, settle, officer):
    roster = settle(judged(person(number=ONE, 入会日期="03/04/2025")), 2, "joined_on_ambiguous", "blank")
    actions.remap_roster(
        by=officer,
        roster=roster,
        mapping={"名册": {"header_row": 1, "columns": {"5": "joined_on", "9": None}}},
    )
    again = actions.judge_roster(by=officer, roster=roster)
    assert again.rows.get().joined_on is None
    remapped = judged(person(number=ONE, 出生日期="04/05/2025", 入会日期="03/04/2025"))
    remapped = settle(remapped, 2, "joined_on_ambiguous", "blank")
    mapping = {"名册": {"header_row": 1, "columns": {"5": "joined_on", "9": None}}}
    actions.remap_roster(by=officer, roster=remapped, mapping=mapping)
    assert "joined_on_ambiguous" in told(actions.judge_roster(by=officer, roster=remapped))[2]


def test_enterprise_of_the_code_survives_judging_again(judged, settle, officer):
    roster = judged(person(number=ONE, 企业名称="别的名字有限公司", 统一社会信用代码=LARK))
    assert told(roster)[2][0] == "enterprise_name_differs"
    roster = settle(roster, 2, "enterprise_name_differs", "proposed")
    assert verdicts(roster) == {2: "accept"}
    roster = actions.judge_roster(by=officer, roster=roster)
    assert verdicts(roster) == {2: "accept"}
    apply(roster, officer)
    assert Membership.objects.get().enterprise.credit_code == LARK


def test_a_second_decision_on_the_same_finding_names_who_was_first(judged, settle, officer, units):
    other = PostFactory(role=Role.UNION_OFFICER, union=units[SWALLOW].union).user
    roster = settle(judged(person(number=ONE, 性别="女")), 2, "sex_differs", "proposed")
    with pytest.raises(Refusal) as refusal:
        settle(roster, 2, "sex_differs", "left_out", by=other)
    assert (refusal.value.code, str(officer) in str(refusal.value)) == ("decision_made", True)


def test_row_of_an_earlier_judging_is_stale(judged, settle, officer):
    roster = judged(person(number=ONE, 性别="女"))
    gone = roster.rows.get().pk
    actions.judge_roster(by=officer, roster=roster)
    with pytest.raises(RosterRefused) as refusal:
        decisions.settle_row(
            by=officer, roster=roster, row=gone, code="sex_differs", field="", choice="proposed"
        )
    assert refusal.value.code == "roster_stale"


def test_settling_outside_the_scope_is_not_found(judged, settle, stranger):
    roster = judged(person(number=ONE, 性别="女"))
    with pytest.raises(NotFound):
        settle(roster, 2, "sex_differs", "proposed", by=stranger)


def test_clerk_cannot_decide_about_somebody_of_another_unit(judged, settle, clerk, officer, units):
    """Case C072: only whoever sees both sides says whether they are one person."""
    known(ONE, "陈测一", "19912345678", units[LARK])
    roster = judged(person("陈测一", TWO, "19912345678"), by=clerk, as_clerk=True)
    for choice in ("same", "apart"):
        with pytest.raises(Refusal) as refusal:
            settle(roster, 2, "possible_same_as_known", choice, by=clerk)
        assert refusal.value.code == "pair_out_of_reach"
        assert units[LARK].name not in str(refusal.value)
    roster = settle(roster, 2, "possible_same_as_known", "same", by=officer)
    assert "belongs_to_another_unit" in told(roster)[2]
    with pytest.raises(Refusal):
        undo(roster, clerk)


# -- for many rows at once


def test_all_proposals_of_a_kind_at_once(judged, officer):
    numbers = [resident_number(2 * n + 1) for n in range(12)]
    rows = [
        person(f"陈测{chr(0x4E00 + n)}", number, 性别="男" if n % 5 else "女")
        for n, number in enumerate(numbers)
    ]
    roster = judged(*rows, person("王芳1", resident_number(101)))
    roster = decisions.settle_all(
        by=officer, roster=roster, code="sex_differs", choice="proposed", verdict_digest=roster.verdict_digest
    )
    assert (roster.counts["accept"], roster.counts["hold"], RowDecision.objects.count()) == (12, 1, 3)
    assert Entry.objects.get(action="roster.settle_all").data["rows"] == 3


@pytest.mark.parametrize(
    ("code", "choice"),
    [("possible_same_as_known", "same"), ("name_differs", "proposed"), ("consecutive_numbers", "written")],
)
def test_who_somebody_is_is_never_decided_in_bulk(judged, officer, code, choice):
    roster = judged(person(number=ONE))
    with pytest.raises(Refusal) as refusal:
        decisions.settle_all(
            by=officer, roster=roster, code=code, choice=choice, verdict_digest=roster.verdict_digest
        )
    assert refusal.value.code == "decision_not_allowed"


def test_bulk_of_a_preview_that_changed_is_stale(judged, settle, officer):
    roster = judged(person(number=ONE, 性别="女"), person("陈测二", TWO, 性别="女"))
    seen = roster.verdict_digest
    settle(roster, 2, "sex_differs", "proposed")
    with pytest.raises(RosterRefused):
        decisions.settle_all(
            by=officer, roster=roster, code="sex_differs", choice="proposed", verdict_digest=seen
        )


def test_c026_hidden_rows_released_at_once(judged, officer, case_bytes):
    roster = judged(content=case_bytes("026-hidden-rows.xlsx"), name="026.xlsx")
    assert {row for row, v in verdicts(roster).items() if v == "hold"} == {3, 6}
    roster = decisions.settle_all(
        by=officer, roster=roster, code="hidden_row", choice="written", verdict_digest=roster.verdict_digest
    )
    apply(roster, officer)
    assert (set(verdicts(roster).values()), totals()) == ({"accept"}, (6, 6, 6))


# -- settled after the roster was applied


def test_row_settled_later_is_written_alone_and_once(judged, settle, officer):
    roster = apply(judged(person("陈测一", ONE, 备注="甲"), person("陈测二", TWO, 性别="女")), officer)
    first = Membership.objects.get()
    Membership.objects.filter(pk=first.pk).update(note="改过")
    roster = settle(roster, 3, "sex_differs", "proposed")
    assert (roster.state, roster.counts["accept"], roster.counts["new"]) == (RosterState.APPLIED, 2, 2)
    digest = roster.verdict_digest
    for _click in range(2):
        decisions.apply_settled(by=officer, roster=roster, verdict_digest=digest)
    assert totals() == (2, 2, 2)
    first.refresh_from_db()
    assert first.note == "改过"
    assert Entry.objects.filter(action="roster.apply_settled").count() == 1
    with pytest.raises(Refusal) as refusal:
        undo(roster, officer)
    assert refusal.value.code == "decision_applied"


def test_row_settled_later_can_be_undone_before_it_is_written(judged, settle, officer):
    roster = apply(judged(person("陈测一", ONE), person("陈测二", TWO, 性别="女")), officer)
    before = roster.verdict_digest
    roster = undo(settle(roster, 3, "sex_differs", "proposed"), officer)
    assert (roster.verdict_digest, verdicts(roster)) == (before, {2: "accept", 3: "hold"})


def test_settled_later_but_the_register_has_changed(judged, settle, officer):
    roster = apply(judged(person("陈测一", ONE), person("陈测二", TWO, 性别="女")), officer)
    roster = settle(roster, 3, "sex_differs", "proposed")
    apply(judged(person("王别人", TWO), code=LARK, name="other.xlsx"), officer)
    with pytest.raises(RosterRefused) as refusal:
        decisions.apply_settled(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert refusal.value.code == "roster_stale"
    roster.refresh_from_db()
    assert (roster.state, verdicts(roster)[3], told(roster)[3][0]) == (
        RosterState.APPLIED,
        "hold",
        "name_differs",
    )
    assert totals() == (2, 2, 2)


def test_full_list_settled_later_ends_nobody(judged, settle, officer, units):
    gone = known(THREE, "陈测三", None, units[SWALLOW])
    roster = judged(person("陈测一", ONE), person("陈测二", TWO, 性别="女"), mode=RosterMode.FULL)
    roster = settle(apply(roster, officer), 3, "sex_differs", "proposed")
    roster.leavers.update(confirmed=True)
    decisions.apply_settled(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert gone.memberships.get().left_on is None


def test_apart_in_a_full_list_shows_the_other_as_missing(judged, settle, officer, units):
    """Case C074: somebody who is not the row is not in the file either."""
    member = known(ONE, "陈测一", "19912345678", units[SWALLOW])
    roster = judged(person("陈测一", TWO, "19912345678"), mode=RosterMode.FULL)
    assert (roster.counts["leavers"], roster.notices) == (0, [])
    before = roster.verdict_digest
    roster = settle(roster, 2, "possible_same_as_known", "apart")
    assert [leaver.membership.worker for leaver in roster.leavers.all()] == [member]
    assert (roster.counts["leavers"], [notice["code"] for notice in roster.notices]) == (
        1, ["leavers", "leavers_many"],
    )  # fmt: skip
    roster = undo(roster, officer)
    assert (roster.counts["leavers"], roster.notices, roster.verdict_digest) == (0, [], before)
