"""Large batches on the pages: what starts in the background, where its bar stands, and who may stop it."""

import pytest
from django.urls import reverse

from tests.factories import PostFactory, UserFactory
from tests.web.office import person
from unionbenefits.access.roles import Role
from unionbenefits.backoffice.pages import batches, drafts, proposals
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.actions.long_runs import run_batch
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.models import BatchRun, GiftBatch


@pytest.fixture
def many(monkeypatch):
    """Two people are many."""
    for page in (batches, drafts, proposals):
        monkeypatch.setattr(page, "MANY", 2)


@pytest.fixture
def allotment(office, many):
    office.applied([person(1), person(2), person(3)])
    return office.allotment()


def address(name, subject):
    return reverse(f"admin:{name}", args=[subject.pk])


def run_now(run):
    """What a worker does, within the test's transaction."""
    made = actions.put_forward if run.step == "forward" else actions.draft_batch
    batch = made(by=run.started_by, allotment=run.allotment, roster=run.roster)
    BatchRun.objects.filter(pk=run.pk).update(state=RunState.DONE, batch=batch)
    return batch


@pytest.mark.parametrize(
    ("name", "step", "state"),
    [("batch_put_forward", "forward", BatchState.PUT_FORWARD), ("batch_draft", "draft", BatchState.DRAFT)],
)
def test_many_people_are_put_forward_or_drafted_behind_a_bar(office, sign_in, allotment, name, step, state):
    client = sign_in(office.preparer)
    making = address("batch_making", allotment)
    assert client.post(address(name, allotment)).headers["Location"] == making
    run = BatchRun.objects.get()
    assert (run.step, run.total, run.state, GiftBatch.objects.count()) == (step, 3, RunState.WAITING, 0)
    page = client.get(making)
    assert f'hx-get="{address("making_progress", allotment)}"' in page.content.decode()
    # The preview would judge everybody for nothing: it leads to the bar meanwhile.
    assert client.get(address("batch_preview", allotment)).headers["Location"] == making
    bar = client.get(address("making_progress", allotment)).content.decode()
    assert '<progress class="pg-progress" value="0" max="3"' in bar
    batch = run_now(run)
    over = client.get(address("making_progress", allotment))
    assert (over.status_code, over.headers["HX-Refresh"]) == (204, "true")
    assert client.get(making).headers["Location"] == address("batch_review", batch)
    assert batch.state == state


def test_few_people_are_put_forward_at_once(office, sign_in, many):
    office.applied([person(1), person(2)])
    allotment = office.allotment()
    client = sign_in(office.preparer)
    answer = client.post(address("batch_put_forward", allotment))
    assert answer.headers["Location"] == address("batch_review", GiftBatch.objects.get())
    assert not BatchRun.objects.exists()


def test_the_roster_that_was_chosen_is_the_one_that_is_made(office, sign_in, many):
    roster = office.applied([person(1), person(2), person(3)])
    allotment = office.allotment()
    client = sign_in(office.preparer)
    client.post(address("batch_put_forward", allotment), {"roster": roster.pk})
    run = BatchRun.objects.get()
    assert run.roster == roster
    actions.ask_to_stop(by=office.preparer, run=run)
    page = client.get(address("batch_making", allotment)).content.decode()
    assert f'href="{address("batch_preview", allotment)}?roster={roster.pk}"' in page
    assert roster.file_name in page


def test_stopped_from_the_page_nothing_is_there(office, sign_in, allotment):
    client = sign_in(office.preparer)
    client.post(address("batch_put_forward", allotment))
    assert client.post(address("making_stop", allotment)).headers["Location"] == address(
        "batch_making", allotment
    )
    run = BatchRun.objects.get()
    assert run.state == RunState.STOPPED
    assert not GiftBatch.objects.exists()
    assert client.get(address("batch_preview", allotment)).status_code == 200


@pytest.mark.parametrize("act", ["refresh", "forward", "fill"])
def test_a_large_draft_is_moved_behind_a_bar_on_its_own_page(office, sign_in, allotment, act):
    draft = actions.draft_batch(by=office.preparer, allotment=allotment)
    client = sign_in(office.preparer)
    assert client.post(address("draft_move", draft), {"act": act}).headers["Location"] == address(
        "batch_review", draft
    )
    run = draft.runs.get()
    assert (run.step, run.total) == ("refresh" if act == "refresh" else "forward", 3)
    page = client.get(address("batch_review", draft))
    assert (page.context["goes_on"], page.context["can_draft"]) == (True, False)
    assert 'id="run"' in page.content.decode()


def test_what_the_background_refused_is_read_on_the_page(office, sign_in, many):
    office.applied([person(1), person(2), person(3)])
    allotment = office.allotment(copies=2)
    client = sign_in(office.preparer)
    client.post(address("batch_put_forward", allotment))
    run_batch(run=BatchRun.objects.get().pk, fill=False)
    page = client.get(address("batch_making", allotment)).content.decode()
    assert BatchRun.objects.get().failure in page
    assert not GiftBatch.objects.exists()


def test_only_whoever_may_do_a_step_stops_it(office, sign_in, allotment):
    draft = actions.draft_batch(by=office.preparer, allotment=allotment)
    run = actions.start_refresh(by=office.preparer, batch=draft)
    reader = PostFactory(role=Role.AUDITOR, user=UserFactory(), union=office.district).user
    client = sign_in(reader)
    assert address("batch_stop", draft) not in client.get(address("batch_review", draft)).content.decode()
    assert client.post(address("batch_stop", draft)).status_code == 403
    run.refresh_from_db()
    assert run.state == RunState.WAITING
    sign_in(office.preparer).post(address("batch_stop", draft))
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
