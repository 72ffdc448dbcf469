"""The pages from which officers print and fetch."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.access import exports
from unionbenefits.access.export_models import Export, ExportState
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.campaigns import actions
from unionbenefits.core import clock
from unionbenefits.plans.models import Coverage

LIST_QUERIES = 4


@pytest.fixture
def batch(office):
    office.applied([person(1), person(2)])
    return actions.issue_batch(by=office.approver, batch=office.approved(office.batch())).batch


def ask(client, batch, page="batch_certificates"):
    return client.post(reverse(f"admin:{page}", args=[batch.pk]), follow=True)


def ready(client, batch):
    ask(client, batch)
    export = Export.objects.get()
    exports.build_export(export_id=export.pk)
    return export


def mine(client, **more):
    return client.get(reverse("admin:export_list"), **more)


@pytest.mark.parametrize("page", ["batch_certificates", "batch_signoff"])
def test_asking_leads_to_ones_own_files(office, sign_in, batch, page, said):
    answer = ask(sign_in(office.preparer), batch, page)
    assert answer.redirect_chain == [(reverse("admin:export_list"), 302)]
    assert len(said(answer)) == 1
    [row] = answer.context["rows"]
    assert (row["export"].made_by, row["state"], answer.context["busy"]) == (
        office.preparer,
        ExportState.WAITING,
        True,
    )


def test_the_file_is_saved_never_shown_and_never_kept(office, sign_in, batch):
    client = sign_in(office.preparer)
    export = ready(client, batch)
    answer = client.get(reverse("admin:export_file", args=[export.pk]))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Entry.objects.filter(action="export.fetch", actor=office.preparer.audit_name).count() == 1


def test_a_colleague_and_a_superior_find_nothing(office, sign_in, batch):
    export = ready(sign_in(office.preparer), batch)
    for role in ("second_officer", "province_officer"):
        client = sign_in(office.officers[role])
        assert mine(client).context["rows"] == []
        assert client.get(reverse("admin:export_file", args=[export.pk])).status_code == 404


@pytest.mark.parametrize("page", ["batch_certificates", "batch_signoff"])
def test_another_districts_batch_is_not_found(office, sign_in, batch, page):
    client = sign_in(office.officers["sibling_officer"])
    assert client.post(reverse(f"admin:{page}", args=[batch.pk])).status_code == 404
    assert Export.objects.count() == 0


def test_progress_is_asked_for_while_a_file_is_made_and_no_longer(office, sign_in, batch):
    client = sign_in(office.preparer)
    ask(client, batch)
    Export.objects.update(state=ExportState.RUNNING, done=500, total=20812)
    part = mine(client, headers={"HX-Request": "true"}).content.decode()
    assert 'value="500" max="20812"' in part
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    Export.objects.update(state=ExportState.FAILED, failure="没有可以打印的。")
    part = mine(client, headers={"HX-Request": "true"}).content.decode()
    assert "没有可以打印的。" in part
    assert "hx-trigger" not in part


def test_a_file_whose_time_is_over_is_not_offered(office, sign_in, batch):
    client = sign_in(office.preparer)
    export = ready(client, batch)
    Export.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    [row] = mine(client).context["rows"]
    assert (row["state"], row["is_ready"]) == (ExportState.EXPIRED, False)
    assert client.get(reverse("admin:export_file", args=[export.pk])).status_code == 409


def test_without_files_the_page_says_where_they_come_from(office, sign_in):
    answer = mine(sign_in(office.preparer))
    assert answer.context["rows"] == []
    assert reverse("admin:batch_list") in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(office, sign_in, batch, django_assert_num_queries, count):
    for number in range(count):
        params = {"batch": batch.pk, "why": str(number)}
        exports.request_export(by=office.preparer, kind="certificates", title="x", params=params)
    client = sign_in(office.preparer)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(mine(client).context["rows"]) == count


def test_a_single_certificate_is_printed_and_logged(office, sign_in, batch):
    cover = Coverage.objects.first()
    answer = sign_in(office.preparer).get(reverse("admin:coverage_certificate", args=[cover.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    entry = Entry.objects.get(action="certificate.print")
    assert (entry.actor, entry.object_id) == (office.preparer.audit_name, str(cover.pk))
    other = sign_in(office.officers["sibling_officer"])
    assert other.get(reverse("admin:coverage_certificate", args=[cover.pk])).status_code == 404


def test_a_certificate_that_would_name_another_branch_is_refused(office, sign_in, batch):
    sibling = office.other_enterprise.union
    Coverage.objects.update(given_by=sibling)
    answer = sign_in(office.preparer).get(
        reverse("admin:coverage_certificate", args=[Coverage.objects.first().pk])
    )
    assert answer.status_code == 409
    assert sibling.name not in answer.content.decode()


def test_presentation_certificates_of_a_batch_and_of_units(office, sign_in, batch):
    client = sign_in(office.preparer)
    assert client.get(reverse("admin:batch_presentation", args=[batch.pk])).content.startswith(b"%PDF")
    address = reverse("admin:campaign_presentations", args=[batch.campaign_id])
    totals = client.get(address).context["totals"]
    assert {(str(one.unit), one.copies) for one in totals} == {
        (office.district.name, 2),
        (office.enterprise.union.name, 2),
        (office.enterprise.name, 2),
    }
    assert client.get(address, {"unit": totals[0].key}).content.startswith(b"%PDF")
    assert client.get(address, {"unit": f"union-{office.province.pk}"}).status_code == 404
    assert client.get(address, {"unit": "nonsense"}).status_code == 404


def test_a_batch_that_was_not_issued_offers_no_certificates(office, sign_in):
    office.applied([person(1)])
    batch = office.batch()
    client = sign_in(office.preparer)
    review = client.get(reverse("admin:batch_review", args=[batch.pk])).content.decode()
    assert reverse("admin:batch_certificates", args=[batch.pk]) not in review
    answer = client.get(reverse("admin:batch_presentation", args=[batch.pk]))
    assert answer.status_code == 409


def test_the_expiry_runs_by_itself(office, sign_in, batch):
    ready(sign_in(office.preparer), batch)
    Export.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert exports.expire_exports(by=SYSTEM) == 1


def test_the_page_of_a_cover_leads_to_its_certificate(office, sign_in, batch):
    cover = Coverage.objects.first()
    address = reverse("admin:coverage_certificate", args=[cover.pk])
    page = reverse("admin:plans_coverage_change", args=[cover.pk])
    assert address in sign_in(office.preparer).get(page).content.decode()
    assert address not in sign_in(office.officers["administrator"]).get(page).content.decode()
