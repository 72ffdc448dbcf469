"""The queue: one waiting job per key, seen by nobody before commit, put back when its worker dies (design §8, C079)."""

import asyncio
import threading

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from unionbenefits.core import jobs

ran: list[str] = []


@jobs.task("tests.remember")
def remember(word: str) -> None:
    ran.append(word)


@pytest.fixture(autouse=True)
def forget() -> None:
    ran.clear()


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queueing_lock, status::text FROM procrastinate_jobs WHERE task_name LIKE 'tests.%' ORDER BY id"
        )
        return cursor.fetchall()


def set_state(state: str, worker: str = "NULL") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procrastinate_jobs SET status = '{state}', worker_id = {worker}")


@pytest.mark.django_db
def test_enqueue_same_key_twice_keeps_one_job_and_the_transaction():
    assert jobs.enqueue("tests.remember", key="a", word="one") is True
    assert jobs.enqueue("tests.remember", key="a", word="two") is False
    assert jobs.enqueue("tests.remember", key="b", word="three") is True
    assert states() == [("a", "todo"), ("b", "todo")]


@pytest.mark.django_db
def test_enqueue_while_one_of_the_key_runs_queues_another():
    jobs.enqueue("tests.remember", key="a", word="one")
    set_state("doing")
    assert jobs.enqueue("tests.remember", key="a", word="two") is True
    assert states() == [("a", "doing"), ("a", "todo")]


@pytest.mark.django_db
def test_enqueue_unknown_task_raises():
    with pytest.raises(KeyError):
        jobs.enqueue("tests.nothing", key="a")


@pytest.mark.django_db(transaction=True)
def test_run_waiting_runs_what_is_committed_once():
    jobs.enqueue("tests.remember", key="a", word="one")
    jobs.enqueue("tests.remember", key="b", word="two")
    jobs.run_waiting()
    jobs.run_waiting()
    assert sorted(ran) == ["one", "two"]
    assert states() == [("a", "succeeded"), ("b", "succeeded")]


@pytest.mark.django_db(transaction=True)
def test_enqueue_rolled_back_leaves_nothing():
    with transaction.atomic():
        get_user_model().objects.create_user("someone")
        jobs.enqueue("tests.remember", key="a", word="one")
        transaction.set_rollback(True)
    jobs.run_waiting()
    assert (ran, states(), get_user_model().objects.count()) == ([], [], 0)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_waiting_job_is_held_back_until_the_second_enqueuer_commits():
    """Otherwise it could run between the second enqueue and its commit, and miss what was written there."""
    jobs.enqueue("tests.remember", key="a", word="one")
    with transaction.atomic():
        jobs.enqueue("tests.remember", key="a", word="two")
        worker = threading.Thread(target=jobs.run_waiting)
        worker.start()
        worker.join()
        assert ran == []
    jobs.run_waiting()
    assert ran == ["one"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_enqueue_from_parallel_connections_queues_one():
    answers: list[bool] = []

    def one() -> None:
        answers.append(jobs.enqueue("tests.remember", key="a", word="one"))
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True]
    assert states() == [("a", "todo")]


def retry_stalled() -> int:
    return async_to_sync(jobs.retry_stalled)(JobManager(DjangoConnector()))


@pytest.mark.django_db(transaction=True)
def test_job_of_a_dead_worker_runs_again():
    jobs.enqueue("tests.remember", key="a", word="one")
    set_state("doing")
    assert retry_stalled() == 1
    jobs.run_waiting()
    assert (ran, states()) == (["one"], [("a", "succeeded")])


@pytest.mark.django_db(transaction=True)
def test_job_of_a_dead_worker_gives_way_to_a_newer_one_of_its_key():
    jobs.enqueue("tests.remember", key="a", word="one")
    set_state("doing")
    jobs.enqueue("tests.remember", key="a", word="two")
    assert retry_stalled() == 1
    assert states() == [("a", "aborted"), ("a", "todo")]


@pytest.mark.django_db(transaction=True)
def test_job_of_a_living_worker_is_left_alone():
    jobs.enqueue("tests.remember", key="a", word="one")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        (worker,) = cursor.fetchone()
    set_state("doing", str(worker))
    assert retry_stalled() == 0
    assert states() == [("a", "doing")]


def test_periodic_tasks_are_registered():
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"core.retry_stalled_jobs", "core.forget_finished_jobs"} <= names
    assert all(
        asyncio.iscoroutinefunction(app.tasks[name].func) for name in names if name.startswith("core.")
    )
