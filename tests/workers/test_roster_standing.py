"""Basic insurance and real-name check through a roster: staged, told, merged; a blank cell never wipes."""

import datetime as dt

import pytest

from tests.factories import resident_number
from tests.workers.conftest import CAMEL, HEAD, SWALLOW, actions_of, person, sheet, told
from unionbenefits.core import clock
from unionbenefits.workers.models import RosterRow, Worker
from unionbenefits.workers.roster import queries
from unionbenefits.workers.roster.codes import Code

pytestmark = pytest.mark.django_db

COLUMNS = [*HEAD, "基本医保", "实名认证"]
DAY = dt.date(2025, 3, 1)


def row(insurance="", checked="", number=1, **cells):
    return [*person(number=resident_number(number), phone="19900000001", **cells), insurance, checked]


@pytest.fixture
def load(import_file):
    """Imports rows with the two columns."""
    return lambda *rows, code=SWALLOW: import_file(sheet(*rows, head=COLUMNS), code)


def standing():
    return Worker.objects.values_list("basic_insurance", "real_name_checked_on").get()


def test_a_new_person_comes_with_both(load):
    roster = load(row("职工医保", "2025-03-01"))
    assert standing() == ("employee", DAY)
    assert (actions_of(roster), queries.notices_of(roster)) == ({2: "new"}, [])


def test_the_same_file_again_changes_nothing(load):
    load(row("职工医保", "是"))
    again = load(row("职工医保", "是"))
    assert actions_of(again) == {2: "unchanged"}
    assert standing() == ("employee", clock.today())


def test_a_change_is_told_and_a_blank_keeps_what_is_on_file(load):
    load(row("职工医保", "2025-03-01"))
    changed = load(row("居民医保", "2025-06-01"))
    assert (actions_of(changed), told(changed)) == ({2: "changed"}, {2: ["value_changed"]})
    (finding,) = queries.findings_of(RosterRow.objects.get(roster=changed))
    assert finding.params == {"field": "basic_insurance", "old": "employee", "new": "resident"}
    # A check that is on file keeps its day.
    assert standing() == ("resident", DAY)
    kept = load(row("", ""))
    assert actions_of(kept) == {2: "unchanged"}
    assert standing() == ("resident", DAY)
    load(row("", "否"))
    assert standing() == ("resident", DAY)


def test_only_the_mark_for_it_clears_the_insurance(load):
    load(row("职工医保"))
    cleared = load(row("清空"))
    assert told(cleared) == {2: ["value_cleared"]}
    assert standing() == ("", None)


def test_a_check_is_added_to_somebody_known(load):
    load(row("职工医保"))
    added = load(row("", "是"))
    assert (actions_of(added), told(added)) == ({2: "changed"}, {2: ["value_changed"]})
    assert standing() == ("employee", clock.today())


def test_another_enterprise_adds_what_is_missing_and_changes_nothing_else(load):
    load(row("职工医保"))
    joined = load(row("居民医保", "是"), code=CAMEL)
    assert actions_of(joined) == {2: "joined"}
    assert standing() == ("employee", clock.today())


def test_what_another_row_of_the_person_says_is_not_lost(load):
    load(row(), row("居民医保", "2025-03-01"))
    assert standing() == ("resident", DAY)


def test_a_row_at_the_persons_other_enterprise_speaks_for_a_new_person(load):
    load(row(), row("职工医保", "2025-03-01", 统一社会信用代码=CAMEL))
    assert standing() == ("employee", DAY)
    assert Worker.objects.get().memberships.count() == 2


def test_two_rows_that_contradict_each_other_are_held(load):
    roster = load(row("职工医保"), row("居民医保"))
    assert told(roster)[3] == [Code.DUPLICATE_DIFFERS.value]
    assert RosterRow.objects.get(roster=roster, row=3).verdict == "hold"


def test_a_word_that_means_nothing_is_told_with_its_line(load):
    roster = load(row("商业保险", "是"))
    (notice,) = queries.notices_of(roster)
    assert (notice.code, notice.params, notice.rows) == (
        Code.COLUMNS_NOT_TAKEN,
        {"names": "基本医保（“商业保险”）"},
        (2,),
    )
    assert standing() == ("", clock.today())
