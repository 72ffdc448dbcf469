"""The handed cases that need the register, each on its own files."""

import pytest

from tests.workers.conftest import CAMEL, LARK, SWALLOW, actions_of, told, totals, verdicts
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import IdentityDocument, Membership, RosterLeaver, Worker
from unionbenefits.workers.roster import actions, queries
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = pytest.mark.django_db


def worker_with(number):
    return Worker.objects.with_document(number).get()


def test_c005_one_person_whatever_x_is_written(import_case):
    roster = import_case("005-id-x-variants.csv")
    assert totals() == (1, 1, 1)
    assert IdentityDocument.objects.get().number == "44000019880101919X"
    assert [row for row, verdict in verdicts(roster).items() if verdict == "reject"] == [11, 12]


def test_c013_a_mistyped_code_never_makes_an_enterprise(import_case):
    roster = import_case("013-uscc.csv")
    found = verdicts(roster)
    assert [row for row, verdict in found.items() if verdict == "accept"] == [2, 3, 7]
    assert [row for row, verdict in found.items() if verdict == "hold"] == [4, 8]
    assert Enterprise.objects.count() == 3


def test_c014_gbk_is_read_and_named(import_case):
    roster = import_case("014-gbk.csv")
    assert roster.encoding == "gb18030"
    assert verdicts(roster) == {2: "accept", 3: "accept", 4: "accept"}
    assert worker_with("440000198501019737").name == "陈测文"
    assert worker_with("440000198503039758").name == "赵测·头"


def test_c016_a_bad_spelling_never_overwrites_a_good_one(import_case):
    roster = import_case("016-pua-and-substitute-names.xlsx")
    assert totals() == (1, 1, 1)
    assert Worker.objects.get().name == "王䶮"
    assert [row for row, verdict in verdicts(roster).items() if verdict == "hold"] == [4, 5, 6]


def test_c016_against_a_person_on_file(import_case, import_file, case_bytes):
    import_case("016-pua-and-substitute-names.xlsx")
    again = import_case("016-pua-and-substitute-names.xlsx")
    assert [row for row, verdict in verdicts(again).items() if verdict == "hold"] == [4, 5, 6]
    assert (totals(), Worker.objects.get().name) == ((1, 1, 1), "王䶮")


def test_c048_blank_never_wipes_and_changes_show_old_and_new(import_case):
    import_case("048a-first-full.xlsx")
    roster = import_case("048b-second-with-blanks.xlsx")
    first, second = worker_with("440000198909019677"), worker_with("440000198909029680")
    assert (first.phone, first.memberships.get().note) == ("19900000214", "班长")
    assert second.phone == "19900000216"
    assert second.memberships.get().occupation_as_given == "站长"
    changed = roster.rows.get(row=3)
    assert (changed.action, roster.rows.get(row=2).action) == ("changed", "unchanged")
    said = {f.field: f.params for f in queries.findings_of(changed) if f.code == "value_changed"}
    assert (said["phone"]["old"], said["phone"]["new"]) == ("199****0215", "199****0216")
    assert said["occupation"]["new"] == "站长"


def test_c060_ten_dots_are_one_person(import_case):
    import_case("060-middle-dots.xlsx")
    assert totals() == (1, 1, 1)
    assert Worker.objects.get().name == "古丽测热·艾测布力"


def test_c064_variants_keep_the_first_spelling(import_case):
    import_case("064-variant-characters.csv")
    assert Worker.objects.count() == 5
    assert set(Worker.objects.values_list("name", flat=True)) == {
        "张测訢", "李测讌", "王测磾", "刘测喆", "赵测峯",
    }  # fmt: skip


def test_c066_a_number_alone_merges_nobody(import_case):
    roster = import_case("066-same-number-two-types.csv")
    found = verdicts(roster)
    assert not (found[2] == found[3] == "accept" and Worker.objects.with_document("ZZ7777777").count() == 1)
    assert "possible_same_person" in told(roster)[5] or "document_of_another_kind" in told(roster)[5]


def test_c070_the_same_roster_again_changes_nothing(import_case):
    first = import_case("070a-roster.xlsx")
    again = import_case("070a-roster.xlsx")
    resaved = import_case("070b-same-roster-resaved.xlsx")
    assert totals() == (4, 4, 4)
    assert first.counts["new"] == 4
    for later in (again, resaved):
        assert (later.counts["unchanged"], later.counts["new"], later.counts["changed"]) == (4, 0, 0)
    assert [notice.code for notice in queries.notices_of(again)] == ["already_uploaded"]
    assert queries.notices_of(again)[0].params["by"] == str(first.uploaded_by)
    assert queries.notices_of(resaved) == []


def test_c072_one_worker_on_two_platforms(import_case, units):
    import_case("072a-platform-a.xlsx", SWALLOW)
    roster = import_case("072b-platform-b.xlsx", LARK, as_clerk=True)
    assert totals() == (4, 4, 6)
    assert sorted(actions_of(roster).values()) == ["joined", "joined", "new"]
    codes = {code for found in told(roster).values() for code in found}
    assert "belongs_to_another_unit" in codes
    assert "joined_enterprise" not in codes
    shown = " ".join(f.text() for row in roster.rows.all() for f in queries.findings_of(row))
    assert units[SWALLOW].name not in shown


def test_c074_additions_end_nobody(import_case):
    import_case("074a-month1-full.xlsx")
    roster = import_case("074b-month2.xlsx")
    assert Membership.objects.filter(left_on__isnull=True).count() == 6
    assert RosterLeaver.objects.filter(roster=roster).count() == 0


def test_c074_full_list_shows_leavers_and_ends_only_confirmed_ones(import_case):
    import_case("074a-month1-full.xlsx")
    shown = import_case("074b-month2.xlsx", mode=RosterMode.FULL, apply=False)
    leavers = queries.leavers_page(shown).leavers
    assert len(leavers) == 3
    assert {notice.code for notice in queries.notices_of(shown)} >= {"leavers", "leavers_many"}
    actions.apply_roster(by=shown.uploaded_by, roster=shown, verdict_digest=shown.verdict_digest)
    assert Membership.objects.filter(left_on__isnull=True).count() == 6


def test_c074_full_list_confirmed(import_case):
    import_case("074a-month1-full.xlsx")
    roster = import_case("074b-month2.xlsx", mode=RosterMode.FULL, confirm_leavers=True)
    assert Membership.objects.filter(left_on__isnull=True).count() == 3
    assert RosterLeaver.objects.filter(roster=roster, ended=True).count() == 3
    assert Worker.objects.count() == 6


def test_c076_all_good_rows_and_again_the_same(import_case):
    roster = import_case("076-error-in-the-middle.xlsx")
    assert [row for row, verdict in verdicts(roster).items() if verdict == "reject"] == [151]
    assert totals() == (299, 299, 299)
    assert import_case("076-error-in-the-middle.xlsx").counts["unchanged"] == 299
    assert totals() == (299, 299, 299)


def test_c082_a_clerk_reaches_the_own_unit_only(import_case, clerk, units):
    import_case("082-other-enterprise-rows.xlsx", LARK)  # the person of row 3 exists elsewhere: must not show
    Membership.objects.all().delete()
    roster = import_case("082-other-enterprise-rows.xlsx", by=clerk, as_clerk=True, scope=None)
    assert {row: v for row, v in verdicts(roster).items() if v == "reject"} == {3: "reject"}
    assert told(roster)[3] == ["outside_unit"]
    assert roster.rows.get(row=3).worker_id is None
    assert set(Membership.objects.values_list("enterprise", flat=True)) == {units[SWALLOW].pk}


def test_c082_unknown_and_foreign_units_look_alike(import_file, officer, units):
    from tests.factories.organisation import EnterpriseFactory, credit_code
    from tests.workers.conftest import person, sheet

    foreign = EnterpriseFactory(credit_code=credit_code(77))
    rows = [
        person(number="440699199003070013", 统一社会信用代码=foreign.credit_code),
        person(name="陈测二", number="440699199003070021", 统一社会信用代码=credit_code(78)),
    ]
    roster = import_file(sheet(*rows), by=officer, scope=None)
    assert told(roster)[2] == told(roster)[3]
    assert "outside_unit" in told(roster)[2]


def test_officer_above_all_sees_rows_of_each_enterprise(import_case, units):
    roster = import_case("082-other-enterprise-rows.xlsx")
    assert verdicts(roster) == {2: "accept", 3: "accept", 4: "accept"}
    assert set(roster.rows.values_list("enterprise", flat=True)) <= {
        units[SWALLOW].pk,
        units[LARK].pk,
        units[CAMEL].pk,
    }


def test_refused_file_has_its_code_and_leaves_nothing(import_case):
    roster = import_case("036-password.xlsx")
    assert (roster.state, roster.refusal) == (RosterState.REFUSED, "file_encrypted")
    assert queries.refusal_text(roster)
    assert totals() == (0, 0, 0)
