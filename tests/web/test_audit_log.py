"""The audit log: found by who, act, object and day, in scope; entries in words; a part of it as a file by the rules."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import PostFactory
from tests.web.office import person
from unionbenefits.access.export_models import Export
from unionbenefits.access.exports import build_export, fetch_export
from unionbenefits.access.roles import Role
from unionbenefits.audit.actions import record, seal
from unionbenefits.audit.models import Entry
from unionbenefits.audit.queries import looks_at
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import Worker
from unionbenefits.workers.roster.fetching import fetch_report

LOG = reverse("admin:audit_log")


@pytest.fixture
def scene(office):
    """Two officers of the district at work, one of the sibling's; the auditor reads the district's log."""
    for name in ("union_officer", "second_officer", "sibling_officer"):
        record("union.change", by=office.officers[name], about=office.district, note="=1+1", code="0" * 18)
    record("worker.set_standing", by=office.preparer)
    seal()
    return office


def found(answer):
    return {(row.action, row.actor.removeprefix("staff:")) for row in answer.context["rows"].rows}


def test_filters_find_exactly_their_part_of_the_scope(scene, sign_in):
    client, officers = sign_in(scene.officers["auditor"]), scene.officers
    first, second = officers["union_officer"].username, officers["second_officer"].username
    everything = {("union.change", first), ("union.change", second), ("worker.set_standing", first)}
    today = Entry.objects.first().at.astimezone(dt.UTC).date()
    cases = [
        ({}, everything),
        ({"who": officers["union_officer"].name}, {one for one in everything if one[1] == first}),
        ({"who": f"staff:{second}"}, {("union.change", second)}),
        ({"who": officers["sibling_officer"].username}, set()),
        ({"act": "union."}, {one for one in everything if one[0] == "union.change"}),
        ({"act": "worker.set_standing"}, {("worker.set_standing", first)}),
        (
            {"kind": "unions.union", "number": str(scene.district.pk)},
            everything - {("worker.set_standing", first)},
        ),
        ({"number": "0"}, set()),
        ({"first_day": str(today - dt.timedelta(days=2)), "last_day": "2099-01-01"}, everything),
        ({"last_day": "2020-01-01"}, set()),
        ({"first_day": "2026-02-02", "last_day": "2026-02-01"}, set()),
        ({"act": "no.such"}, set()),
        ({"who": "a\x00b"}, set()),
    ]
    for asked, expected in cases:
        answer = client.get(LOG, asked)
        assert (answer.status_code, found(answer)) == (200, expected), asked


def test_the_list_counts_nothing_and_pages_by_key(scene, sign_in, django_assert_max_num_queries):
    for _time in range(60):
        record("union.change", by=scene.preparer)
    client = sign_in(scene.officers["auditor"])
    with django_assert_max_num_queries(12) as asked:
        answer = client.get(LOG)
    assert not [query for query in asked.captured_queries if "COUNT(" in query["sql"].upper()]
    seen = [row.pk for row in answer.context["rows"].rows]
    seen += [row.pk for row in client.get(LOG + answer.context["rows"].forth).context["rows"].rows]
    own = Entry.objects.exclude(actor=scene.officers["sibling_officer"].audit_name).filter(
        actor__startswith="staff:"
    )
    assert seen == list(own.order_by("-at", "-pk").values_list("pk", flat=True))


def test_an_entry_tells_words_and_its_place_in_the_chain(scene, sign_in):
    entry = Entry.objects.filter(actor=scene.preparer.audit_name, action="union.change").get()
    client = sign_in(scene.officers["auditor"])
    answer = client.get(reverse("admin:audit_entry", args=[entry.pk]))
    assert bytes(entry.seal.hash).hex() in answer.content.decode()
    assert dict(answer.context["details"])["note"] == "=1+1"
    other = Entry.objects.get(actor=scene.officers["sibling_officer"].audit_name)
    assert client.get(reverse("admin:audit_entry", args=[other.pk])).status_code == 404


def test_a_part_of_the_log_as_a_file_keeps_the_rules_of_exports(scene, sign_in):
    """Own permission, in the background, watermark with who and why, text that no spreadsheet calculates or rounds."""
    auditor = scene.officers["auditor"]
    client = sign_in(auditor)
    asked = {"act": "union.", "who": scene.preparer.username, "why": "年度审计"}
    assert client.post(reverse("admin:audit_export"), asked).headers["Location"] == reverse(
        "admin:export_list"
    )
    export = Export.objects.get()
    build_export(export_id=export.pk)
    made = fetch_export(by=auditor, pk=export.pk)
    [page] = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets
    mark, _head, *rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert auditor.audit_name in mark[0]
    assert "年度审计" in mark[0]
    [row] = rows
    assert (row[4], len(row[9])) == ("union.change", 64)
    assert "=1+1" in row[7]
    assert {cell.data_type for cell in page[3]} <= {"s", "n"}
    export.refresh_from_db()
    assert export.expires_at - export.made_at > dt.timedelta(days=2)

    clerk = sign_in(scene.clerk)
    assert clerk.post(reverse("admin:audit_export"), asked).status_code == 403
    empty = {"act": "fund.open", "why": "x"}
    sign_in(auditor).post(reverse("admin:audit_export"), empty)
    nothing = Export.objects.order_by("-pk")[0]
    build_export(export_id=nothing.pk)
    nothing.refresh_from_db()
    assert (nothing.state, bool(nothing.failure)) == ("failed", True)
    with pytest.raises(Refusal):
        fetch_export(by=auditor, pk=nothing.pk)


def test_people_on_a_roster_learn_that_another_officer_took_it(office):
    office.applied([person(1)])
    roster = office.judged([person(1), person(2)])
    worker = Worker.objects.get()
    fetch_report(by=roster.uploaded_by, roster=roster)
    assert looks_at(worker.pk) == []
    superior = PostFactory(union=office.province, role=Role.UNION_OFFICER).user
    fetch_report(by=superior, roster=roster)
    assert [look.role for look in looks_at(worker.pk)] == ["union_officer"]
