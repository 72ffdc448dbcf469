"""What officers note about a person: one by one and as a list of real-name checks."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from tests.factories import (
    EnterpriseFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    PostFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.workers.actions import record_real_name_checks, set_standing
from unionbenefits.workers.enums import Sex
from unionbenefits.workers.models import Worker

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 5, 6)


def refused(code):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_standing_is_noted_with_an_entry_of_what_changed():
    worker = WorkerFactory(sex=Sex.FEMALE)
    set_standing(
        by=UserFactory(), worker=worker, basic_insurance="resident", retirement_track="women_50",
        real_name_checked_on=None,
    )  # fmt: skip
    worker.refresh_from_db()
    assert (worker.basic_insurance, worker.retirement_track) == ("resident", "women_50")
    data = Entry.objects.get(action="worker.set_standing").data
    assert data["before"] == {"basic_insurance": "", "retirement_track": ""}
    assert data["after"] == {"basic_insurance": "resident", "retirement_track": "women_50"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"basic_insurance": "private"}, "insurance_unknown"),
        ({"retirement_track": "women_40"}, "track_unknown"),
        ({"retirement_track": "women_50"}, "track_of_a_man"),
        ({"real_name_checked_on": clock.today() + dt.timedelta(days=1)}, "date_in_future"),
    ],
)
def test_unsound_standing_is_refused(values, code):
    worker = WorkerFactory(sex=Sex.MALE)
    with refused(code):
        set_standing(by=UserFactory(), worker=worker, **values)
    with pytest.raises(TypeError):
        set_standing(by=UserFactory(), worker=worker, name="别名")


def test_list_of_checks_changes_people_in_scope_and_gives_the_others_back():
    enterprise = EnterpriseFactory()
    own = [IdentityDocumentFactory(worker=MembershipFactory(enterprise=enterprise).worker) for _ in range(3)]
    Worker.objects.filter(pk=own[1].worker_id).update(real_name_checked_on=DAY)
    Worker.objects.filter(pk=own[2].worker_id).update(real_name_checked_on=DAY + dt.timedelta(days=9))
    stranger = IdentityDocumentFactory(worker=MembershipFactory().worker)
    scope = Scope(enterprise_ids=(enterprise.pk,))
    checks = {document.number: DAY for document in [*own, stranger]}
    checks = {number.lower(): day for number, day in checks.items()}
    done = record_real_name_checks(by=UserFactory(), scope=scope, checks=checks)
    assert (done.changed, done.unchanged, done.unknown) == (1, 2, (stranger.number.lower(),))
    days = dict(Worker.objects.values_list("pk", "real_name_checked_on"))
    assert [days[document.worker_id] for document in [*own, stranger]] == [
        DAY,
        DAY,
        DAY + dt.timedelta(days=9),
        None,
    ]
    again = record_real_name_checks(by=UserFactory(), scope=EVERYTHING, checks=checks)
    assert (again.changed, again.unknown) == (1, ())


def test_list_with_a_day_to_come_is_refused_whole():
    document = IdentityDocumentFactory()
    with refused("date_in_future"):
        record_real_name_checks(
            by=UserFactory(), scope=EVERYTHING, checks={document.number: clock.today() + dt.timedelta(days=1)}
        )
    assert Worker.objects.get(pk=document.worker_id).real_name_checked_on is None


def test_command_reads_a_list_within_the_officers_posts(tmp_path, capsys):
    sync_roles(by=SYSTEM)
    enterprise = EnterpriseFactory()
    officer = PostFactory(role=Role.UNION_OFFICER, user=UserFactory(), union=enterprise.union).user
    own = IdentityDocumentFactory(worker=MembershipFactory(enterprise=enterprise).worker)
    late = IdentityDocumentFactory(worker=MembershipFactory(enterprise=enterprise).worker)
    stranger = IdentityDocumentFactory(worker=MembershipFactory().worker)
    lines = ["实名认证名单", "证件号码,认证日期", f"{own.number},2025-05-06", f"{own.number},2025年4月1日"]
    lines += [f"{stranger.number},2025-05-06", f"{late.number},待查"]
    file = tmp_path / "名单.csv"
    file.write_text("\n".join(lines), encoding="gb18030")
    call_command("import_real_name_checks", str(file), "--officer", officer.username, "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["changed"], said["unchanged"], len(said["unknown"])) == (1, 0, 1)
    assert [fault["row"] for fault in said["unreadable"]] == [6]
    assert stranger.number not in json.dumps(said)
    own.worker.refresh_from_db()
    assert own.worker.real_name_checked_on == DAY
