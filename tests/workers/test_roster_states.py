"""From upload to register: who may, when, how often (cases C078, C079; invariants 5 and 9)."""

import datetime as dt

import pytest

from tests.factories.access import PostFactory
from tests.factories.people import IdentityDocumentFactory, WorkerFactory, resident_number
from tests.workers.conftest import LARK, SWALLOW, actions_of, person, sheet, told, totals, verdicts
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.workers import tasks
from unionbenefits.workers.models import Membership, Roster, RosterFile, RosterRow, Worker
from unionbenefits.workers.roster import actions, judging, queries
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (resident_number(order) for order in (1, 3, 5))


@pytest.fixture
def receive(units, officer):
    def run(content, by=officer, code=SWALLOW, **kwargs):
        settings = {"file_name": "名册.xlsx", "mode": RosterMode.ADDITIONS, "as_clerk": False, **kwargs}
        return actions.receive_roster(by=by, enterprise=units[code], content=content, **settings)

    return run


@pytest.fixture
def judged(receive, officer):
    """A roster as it waits for confirmation."""

    def run(*rows, **kwargs):
        roster = receive(sheet(*rows), **kwargs)
        return actions.judge_roster(by=roster.uploaded_by, roster=roster)

    return run


def test_receive_seals_the_file_and_queues_one_job(receive):
    content = sheet(person())
    roster = receive(content)
    assert (roster.state, roster.rows_total) == (RosterState.UPLOADED, 0)
    sealed = bytes(RosterFile.objects.get(roster=roster).sealed)
    assert content not in sealed
    from unionbenefits.workers.roster.judging import open_file

    assert open_file(roster) == content
    assert Entry.objects.get().action == "roster.receive"


@pytest.mark.parametrize(("content", "code"), [(b"", "file_empty"), (b"x" * 200, "file_too_large")])
def test_receive_refuses_empty_and_too_large_files(receive, settings, content, code):
    settings.ROSTER_MAX_BYTES = 100
    with pytest.raises(RosterRefused) as refusal:
        receive(content)
    assert refusal.value.code == code
    assert Roster.objects.count() == 0


def test_receive_outside_the_scope_is_not_found(receive, stranger):
    with pytest.raises(NotFound):
        receive(sheet(person()), by=stranger)
    assert Roster.objects.count() == 0


def test_job_judges_as_the_uploader_and_twice_is_the_same(receive, clerk):
    roster = receive(sheet(person(统一社会信用代码=LARK)), by=clerk, as_clerk=True)
    tasks.judge_roster(roster.pk)
    roster.refresh_from_db()
    first = roster.verdict_digest
    assert (roster.state, verdicts(roster)) == (RosterState.JUDGED, {2: "reject"})
    tasks.judge_roster(roster.pk)
    roster.refresh_from_db()
    assert (roster.verdict_digest, roster.rows.count()) == (first, 1)


def test_job_of_a_roster_that_is_gone_does_nothing(db):
    tasks.judge_roster(12345)
    tasks.apply_roster(12345, "x")


def test_judging_counts_rows_and_progress(judged):
    roster = judged(person(number=ONE), person("陈测二", TWO[:17] + "y"))
    assert roster.counts == {
        "rows": 2, "accept": 1, "hold": 0, "reject": 1, "new": 1, "changed": 0, "unchanged": 0, "joined": 0, "leavers": 0,
    }  # fmt: skip
    assert (roster.rows_total, roster.rows_judged) == (2, 2)
    assert totals() == (0, 0, 0)


def test_confirm_then_job_applies_once(judged, officer):
    roster = judged(person(number=ONE), person("陈测二", TWO))
    roster = actions.confirm_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert roster.state == RosterState.APPLYING
    for _delivery in range(3):
        tasks.apply_roster(roster.pk, roster.verdict_digest)
    roster.refresh_from_db()
    assert (roster.state, roster.confirmed_by, totals()) == (RosterState.APPLIED, officer, (2, 2, 2))
    assert Entry.objects.filter(action="roster.apply").count() == 1


def test_apply_with_another_digest_is_stale(judged, officer):
    roster = judged(person(number=ONE))
    with pytest.raises(RosterRefused) as refusal:
        actions.apply_roster(by=officer, roster=roster, verdict_digest="0" * 64)
    assert refusal.value.code == "roster_stale"
    assert totals() == (0, 0, 0)


def test_judging_again_after_a_change_voids_the_digest_that_was_seen(judged, officer):
    roster = judged(person(number=ONE))
    seen = roster.verdict_digest
    WorkerFactory(name="陈测一", name_key="陈测一")
    document = IdentityDocumentFactory(number=ONE, worker__name="陈测一", worker__name_key="陈测一")
    again = actions.judge_roster(by=officer, roster=roster)
    assert again.verdict_digest != seen
    with pytest.raises(RosterRefused):
        actions.apply_roster(by=officer, roster=roster, verdict_digest=seen)
    actions.apply_roster(by=officer, roster=again, verdict_digest=again.verdict_digest)
    assert Membership.objects.get().worker == document.worker


def test_same_people_meanwhile_join_instead_of_doubling(judged, officer):
    first, second = judged(person(number=ONE)), judged(person(number=ONE), code=LARK)
    actions.apply_roster(by=officer, roster=first, verdict_digest=first.verdict_digest)
    actions.apply_roster(by=officer, roster=second, verdict_digest=second.verdict_digest)
    assert totals() == (1, 1, 2)


def test_other_name_meanwhile_is_stale_and_judged_again(judged, officer):
    roster = judged(person(number=ONE))
    other = judged(person("王别人", ONE), code=LARK)
    actions.apply_roster(by=officer, roster=other, verdict_digest=other.verdict_digest)
    with pytest.raises(RosterRefused) as refusal:
        actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert refusal.value.code == "roster_stale"
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.UPLOADED, (1, 1, 1))
    again = actions.judge_roster(by=officer, roster=roster)
    assert (verdicts(again), told(again)[2]) == ({2: "hold"}, ["name_differs"])


def test_value_changed_meanwhile_is_stale(judged, officer, import_file):
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="甲")))
    roster = judged(person(number=ONE, phone="19900000001", 备注="甲"))
    assert actions_of(roster) == {2: "unchanged"}
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="乙")))
    with pytest.raises(RosterRefused):
        actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert Membership.objects.get().note == "乙"


def test_change_of_another_old_value_than_was_told_is_stale(judged, officer, import_file):
    """The officer confirmed 甲 → 乙; meanwhile it has become 丙."""
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="甲")))
    roster = judged(person(number=ONE, phone="19900000001", 备注="乙"))
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="丙")))
    with pytest.raises(RosterRefused):
        actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert Membership.objects.get().note == "丙"


def test_change_as_it_was_told_is_applied(judged, officer, import_file):
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="甲", 工种="骑手")))
    roster = judged(person(number=ONE, phone="19900000002", 备注="乙", 工种="快递员"))
    actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    tie = Membership.objects.get()
    assert (tie.note, tie.occupation, Worker.objects.get().phone) == ("乙", "courier", "19900000002")


def test_applied_roster_cannot_be_judged_or_discarded(judged, officer):
    roster = judged(person(number=ONE))
    actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    for verb in (actions.judge_roster, actions.discard_roster):
        with pytest.raises(Refusal) as refusal:
            verb(by=officer, roster=roster)
        assert refusal.value.code == "roster_state"


def test_discard_removes_rows_and_file(judged, officer):
    roster = actions.discard_roster(by=officer, roster=judged(person(number=ONE)))
    assert (roster.state, RosterRow.objects.count(), RosterFile.objects.count()) == (
        RosterState.DISCARDED,
        0,
        0,
    )


def test_preview_expires_with_a_clear_refusal(judged, officer):
    roster = judged(person(number=ONE))
    Roster.objects.update(
        judged_at=clock.now() - dt.timedelta(hours=25), uploaded_at=clock.now() - dt.timedelta(hours=26)
    )
    assert actions.expire_rosters(by=SYSTEM) == 1
    assert RosterFile.objects.count() == RosterRow.objects.count() == 0
    with pytest.raises(RosterRefused) as refusal:
        actions.confirm_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert refusal.value.code == "roster_expired"


def test_fresh_previews_do_not_expire(judged):
    judged(person(number=ONE))
    assert actions.expire_rosters(by=SYSTEM) == 0


def test_confirm_needs_every_enterprise_in_the_scope(judged, units):
    roster = judged(person(number=ONE), person("陈测二", TWO, 统一社会信用代码=LARK))
    narrow = PostFactory(role=Role.ENTERPRISE_CLERK, enterprise=units[SWALLOW]).user
    with pytest.raises(NotFound):
        actions.confirm_roster(by=narrow, roster=roster, verdict_digest=roster.verdict_digest)
    with pytest.raises(NotFound):
        actions.apply_roster(by=narrow, roster=roster, verdict_digest=roster.verdict_digest)
    assert totals() == (0, 0, 0)


def test_chosen_leavers_only_leave(import_file, judged, officer, units):
    import_file(sheet(person(number=ONE), person("陈测二", TWO), person("陈测三", THREE)))
    roster = judged(person(number=ONE), mode=RosterMode.FULL)
    leavers = queries.leavers_page(roster).leavers
    assert [leaver.membership.worker.name for leaver in leavers] == ["陈测二", "陈测三"]
    actions.confirm_roster(
        by=officer, roster=roster, verdict_digest=roster.verdict_digest, leavers=[leavers[0].pk]
    )
    tasks.apply_roster(roster.pk, roster.verdict_digest)
    assert set(Membership.objects.filter(left_on=clock.today()).values_list("worker__name", flat=True)) == {
        "陈测二"
    }


def test_held_and_unreadable_rows_are_no_leavers(import_file, judged):
    import_file(sheet(person(number=ONE), person("陈测二", TWO), person("陈测三", THREE)))
    roster = judged(
        person("王别人", ONE), person("陈测二", TWO[:10]), person("陈测三", THREE), mode=RosterMode.FULL
    )
    assert queries.leavers_page(roster).leavers == []


def test_other_columns_are_judged_again(receive, officer):
    roster = receive(sheet(["陈测一", ONE], head=["谁", "证件号码"]))
    assert actions.judge_roster(by=officer, roster=roster).refusal == "no_header"
    mapping = {"名册": {"header_row": 1, "columns": {"0": "name"}}}
    actions.remap_roster(by=officer, roster=roster, mapping=mapping)
    again = actions.judge_roster(by=officer, roster=roster)
    assert (again.refusal, verdicts(again)) == ("", {2: "accept"})


def test_fault_of_ours_leaves_the_roster_failed_and_is_tried_again(receive, officer):
    roster = receive(sheet(person(number=ONE)))
    kept = RosterFile.objects.get(roster=roster)
    sealed = kept.sealed
    RosterFile.objects.filter(roster=roster).update(sealed=b"broken")
    with pytest.raises(Exception, match="Not a sealed value"):
        actions.judge_roster(by=officer, roster=roster)
    roster.refresh_from_db()
    assert roster.state == RosterState.FAILED
    RosterFile.objects.filter(roster=roster).update(sealed=sealed)
    assert actions.judge_roster(by=officer, roster=roster).state == RosterState.JUDGED


# -- what the register says about a row


def test_phone_of_a_worker_met_elsewhere_is_kept(import_file):
    import_file(sheet(person(number=ONE, phone="19900000001")), LARK)
    roster = import_file(sheet(person(number=ONE, phone="19900000002")))
    assert Worker.objects.get().phone == "19900000001"
    assert told(roster)[2] == ["phone_kept", "joined_enterprise"]


def test_phone_of_another_worker_is_held(import_file):
    import_file(sheet(person(number=ONE, phone="19900000001")))
    roster = import_file(sheet(person("陈测二", TWO, "19900000001")))
    assert (verdicts(roster), told(roster)[2]) == ({2: "hold"}, ["phone_used_by_another"])
    assert roster.rows.get().worker == Worker.objects.get()


def test_c068_same_name_and_phone_with_another_number_is_held(import_file):
    import_file(sheet(person(number=ONE, phone="19900000001")))
    corrected = resident_number(7, "19900317")
    roster = import_file(sheet(person(number=corrected, phone="19900000001")))
    assert (verdicts(roster), told(roster)[2]) == ({2: "hold"}, ["possible_same_as_known"])


def test_c068_former_number_is_held_for_its_holder(import_file, units):
    document = IdentityDocumentFactory(number=ONE, retired_at=clock.now())
    roster = import_file(sheet(person(number=ONE, phone="19900000001")))
    assert (told(roster)[2], roster.rows.get().worker) == (["document_retired"], document.worker)


def test_homonyms_born_the_same_day_are_two_people(import_file):
    import_file(sheet(person("王芳", resident_number(1), "19900000001")), LARK)
    roster = import_file(sheet(person("王芳", resident_number(3), "19900000002")))
    assert (verdicts(roster), totals()) == ({2: "accept"}, (2, 2, 2))


def test_namesake_of_the_same_birth_and_enterprise_is_held(import_file):
    import_file(sheet(person("王芳", resident_number(1), "19900000001")))
    roster = import_file(sheet(person("王芳", resident_number(3), "19900000002")))
    assert told(roster)[2] == ["possible_same_as_known"]


def test_explicit_marker_clears_and_shows_what_was_there(import_file):
    import_file(sheet(person(number=ONE, phone="19900000001", 备注="甲")))
    roster = import_file(sheet(person(number=ONE, phone="清空", 备注="清空")))
    worker, tie = Worker.objects.get(), Membership.objects.get()
    assert (worker.phone, worker.phone_digest, tie.note) == (None, None, "")
    assert told(roster)[2] == ["value_cleared", "value_cleared"]


def test_later_row_of_the_same_person_fills_blanks_of_the_first(import_file):
    rows = person(number=ONE), person(number=ONE, phone="19900000001", 备注="甲")
    roster = import_file(sheet(*rows))
    assert actions_of(roster) == {2: "new", 3: "unchanged"}
    assert (Worker.objects.get().phone, Membership.objects.get().note) == ("19900000001", "甲")


def test_person_at_two_enterprises_in_one_file(import_file):
    rows = person(number=ONE), person(number=ONE, phone="19900000001", 统一社会信用代码=LARK)
    roster = import_file(sheet(*rows))
    assert actions_of(roster) == {2: "new", 3: "joined"}
    assert (totals(), Worker.objects.get().phone) == ((1, 1, 2), "19900000001")


def test_left_member_comes_back_with_a_new_membership(import_file, units):
    import_file(sheet(person(number=ONE)))
    Membership.objects.update(left_on=dt.date(2025, 1, 31))
    roster = import_file(sheet(person(number=ONE)))
    assert (actions_of(roster), totals()) == ({2: "joined"}, (1, 1, 2))


def test_history_names_actor_and_verb(import_file, officer):
    import_file(sheet(person(number=ONE)))
    event = Worker.objects.get().events.get()
    assert event.pgh_context.metadata == {
        "by": officer.audit_name,
        "action": "roster.apply",
        "origin": "",
    }


def test_nothing_of_a_person_is_readable_in_the_tables(import_file):
    from django.db import connection

    import_file(
        sheet(person(number=ONE, phone="19900000001"), person("陈测二", TWO[:17] + "y", "19900000002"))
    )
    with connection.cursor() as cursor:
        for table in (
            "workers_worker",
            "workers_identitydocument",
            "workers_rosterrow",
            "workers_rosterfile",
        ):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY (ARRAY['%%{ONE}%%', '%%1990000000%%'])"
            )
            assert cursor.fetchone()[0] == 0, table


# -- pages


def test_rows_page_walks_through_in_file_order(judged):
    roster = judged(*(person(f"陈测{n}", resident_number(n)) for n in range(5)), person("坏", "1"))
    seen, after, pages = [], 0, 0
    while after is not None:
        page = queries.rows_page(roster, after=after, limit=2)
        seen += [row.row for row in page.rows]
        after, pages = page.next_after, pages + 1
    assert (seen, pages) == ([2, 3, 4, 5, 6, 7], 3)
    assert [row.row for row in queries.rows_page(roster, verdict="reject").rows] == [7]
    assert [row.row for row in queries.rows_page(roster, code="document_shape").rows] == [7]


def test_cells_are_kept_where_something_was_found(judged):
    roster = judged(person(number=ONE, phone="19900000001"), person("坏", "1"))
    good, bad = queries.rows_page(roster).rows
    assert queries.cells_of(good) == []
    assert queries.cells_of(bad)[:3] == ["坏", "居民身份证", "1"]
    assert queries.column_of(roster, bad, queries.findings_of(bad)[0].field) == [2]


def test_workers_of_an_applied_roster(import_file):
    import_file(sheet(person(number=ONE)), LARK)
    roster = import_file(sheet(person(number=ONE), person("陈测二", TWO), person("坏", "1")))
    assert set(queries.workers_of(roster).values_list("name", flat=True)) == {"陈测一", "陈测二"}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("076-error-in-the-middle.xlsx", 300),
        ("034a-biff.xls", 2),
        ("034b-html.xls", 2),
        ("034c-tsv.xls", 2),
        ("034d-spreadsheetml2003.xls", 2),
        ("042-many-sheets.xlsx", 6),
        ("028-million-empty-rows.xlsx", 3),
        ("026-hidden-rows.xlsx", 6),
    ],
)
def test_rows_to_judge_are_known_before_the_first_is_judged(case_bytes, receive, name, rows):
    """The progress bar is true: styled empty rows and hidden sheets do not count."""
    roster = receive(case_bytes(name), file_name=name)
    judging.read_and_judge(roster, case_bytes(name))
    assert abs(Roster.objects.get(pk=roster.pk).rows_total - rows) <= 1
