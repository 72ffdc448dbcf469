"""Files made in the background: for their maker alone, once, sealed, logged, and gone after three days."""

import datetime as dt
import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.factories import PostFactory, UnionFactory, UserFactory
from unionbenefits.access import exports
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.export_models import Export, ExportFile, ExportState
from unionbenefits.access.exports import Made, Making, builder
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock, jobs
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.unions.models import Union

SECRET = "李风 440699199003070010"
seen: list[tuple[str, int, int]] = []


def _union(making: Making) -> Union:
    found = Union.objects.in_scope(making.scope).filter(pk=making.params["union"]).first()
    if found is None:
        raise NotFound("union_unknown", "There is no such union.")
    return found


@builder("tests.names", permission="unions.view_union", check=_union)
def names(making: Making) -> Made:
    if making.params.get("fault") == "refusal":
        raise Refusal("nobody", "There is nobody in it.")
    if making.params.get("fault"):
        raise ValueError(SECRET)
    making.told(1, 2)
    seen.append((making.mark, *Export.objects.values_list("done", "total").get(pk=making.number)))
    return Made("名单 a/b.txt", "text/plain; charset=utf-8", f"{_union(making).name} {SECRET}".encode())


@contextmanager
def refused(code):
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code


@pytest.fixture
def officer(db):
    sync_roles(by=SYSTEM)
    seen.clear()
    user = PostFactory(union=UnionFactory(name="甲区总工会"), user=UserFactory(name="陈主任")).user
    user.union = user.posts.get().union
    return user


def ask(officer, **params):
    params = {"union": officer.union.pk} | params
    return exports.request_export(by=officer, kind="tests.names", title="名单", params=params)


def built(officer, **params):
    export = ask(officer, **params)
    exports.build_export(export_id=export.pk)
    export.refresh_from_db()
    return export


def actions(export):
    entries = Entry.objects.filter(object_type="access.export", object_id=str(export.pk)).order_by("id")
    return [(entry.action, entry.actor) for entry in entries]


def test_the_maker_fetches_the_file_and_every_step_is_logged(officer):
    export = built(officer)
    assert (export.state, export.file_name, export.failure) == (ExportState.READY, "名单 a/b.txt", "")
    made = exports.fetch_export(by=officer, pk=export.pk)
    assert made.content.decode() == f"甲区总工会 {SECRET}"
    assert export.size == len(made.content)
    who = officer.audit_name
    assert actions(export) == [("export.request", who), ("export.ready", who), ("export.fetch", who)]


def test_the_watermark_says_who_when_why(officer):
    export = built(officer, why="授牌仪式")
    [(mark, _done, _total)] = seen
    for piece in ("陈主任", officer.audit_name, "授牌仪式", str(export.pk)):
        assert piece in mark


def test_the_file_is_sealed_in_the_database(officer):
    export = built(officer)
    sealed = bytes(ExportFile.objects.get(export=export).sealed)
    assert SECRET.encode() not in sealed
    assert b"440699" not in sealed


def test_nobody_else_finds_it_not_even_a_superior(officer):
    export = built(officer)
    above = UserFactory(is_superuser=True)
    assert list(exports.own_exports(above)) == []
    with pytest.raises(NotFound):
        exports.fetch_export(by=above, pk=export.pk)


def test_asking_outside_the_scope_or_without_permission_is_refused(officer):
    other = UnionFactory()
    with pytest.raises(NotFound):
        ask(officer, union=other.pk)
    with refused("export_not_allowed"):
        exports.request_export(
            by=PostFactory(role="claims_officer", union=officer.union).user,
            kind="tests.names",
            title="名单",
            params={"union": officer.union.pk},
        )
    assert Export.objects.count() == 0


def test_a_post_that_ended_meanwhile_gets_nothing(officer):
    waiting, ready = ask(officer, why="waiting"), built(officer, why="ready")
    officer.posts.update(ends_on="2021-12-31")
    exports.build_export(export_id=waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.failure != "") == (ExportState.FAILED, True)
    gone = type(officer).objects.get(pk=officer.pk)
    with refused("export_not_allowed"):
        exports.fetch_export(by=gone, pk=ready.pk)


def test_the_same_wish_twice_is_one_file(officer):
    assert ask(officer).pk == ask(officer).pk
    assert ask(officer, why="another").pk != ask(officer).pk


def test_five_unfinished_files_are_enough(officer):
    for number in range(5):
        ask(officer, why=str(number))
    with refused("exports_too_many"):
        ask(officer, why="6")


def test_a_refusal_becomes_its_sentence_and_a_fault_gives_nothing_away(officer):
    refused = built(officer, fault="refusal")
    assert (refused.state, refused.failure) == (ExportState.FAILED, "There is nobody in it.")
    failed = built(officer, fault="error")
    assert failed.state == ExportState.FAILED
    assert failed.failure
    assert "440699" not in failed.failure
    assert ExportFile.objects.count() == 0


def test_running_twice_changes_nothing_and_a_killed_run_is_taken_up(officer):
    export = built(officer)
    before = bytes(ExportFile.objects.get(export=export).sealed)
    exports.build_export(export_id=export.pk)
    assert bytes(ExportFile.objects.get(export=export).sealed) == before
    killed = ask(officer, why="killed")
    Export.objects.filter(pk=killed.pk).update(state=ExportState.RUNNING, done=7)
    exports.build_export(export_id=killed.pk)
    killed.refresh_from_db()
    assert killed.state == ExportState.READY


def test_files_go_after_three_days_and_rows_later(officer, monkeypatch):
    export, start = built(officer), clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(hours=71))
    assert exports.expire_exports(by=SYSTEM) == 0
    monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(hours=72, minutes=1))
    with refused("export_expired"):
        exports.fetch_export(by=officer, pk=export.pk)
    assert exports.expire_exports(by=SYSTEM) == 1
    export.refresh_from_db()
    assert (export.state, ExportFile.objects.count()) == (ExportState.EXPIRED, 0)
    assert exports.expire_exports(by=SYSTEM) == 0
    monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(days=181))
    exports.expire_exports(by=SYSTEM)
    assert Export.objects.count() == 0


def test_a_file_that_is_not_ready_cannot_be_fetched(officer):
    with refused("export_not_ready"):
        exports.fetch_export(by=officer, pk=ask(officer).pk)


@pytest.mark.django_db(transaction=True)
def test_the_job_builds_it_and_progress_is_seen_meanwhile():
    sync_roles(by=SYSTEM)
    seen.clear()
    officer = PostFactory(union=UnionFactory(), user=UserFactory()).user
    officer.union = officer.posts.get().union
    export = ask(officer)
    jobs.run_waiting()
    export.refresh_from_db()
    assert export.state == ExportState.READY
    assert [(done, total) for _mark, done, total in seen] == [(1, 2)]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_file():
    sync_roles(by=SYSTEM)
    officer = PostFactory(union=UnionFactory(), user=UserFactory()).user
    officer.union = officer.posts.get().union
    start, made = threading.Barrier(4), []

    def click():
        start.wait()
        try:
            made.append(ask(officer).pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(made) == 4
    assert len(set(made)) == 1
