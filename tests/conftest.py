"""The whole suite runs on the embedded PostgreSQL; each xdist worker has a database of its own."""

import gc
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests import emptying

# How fast examples are made says more about the machine and its other work than about the code.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """A database of this worker's own, whose tables a test may empty (see `audit.history.append_only`)."""
    from tests import databases

    unblocked: Any = django_db_blocker
    with unblocked.unblock(), pytest.MonkeyPatch.context() as patch, databases.copied():
        emptying.install(patch)
        with unblocked.block():
            yield
        # A connection that a job worker's thread opened hangs in a reference cycle.
        gc.collect()


@pytest.fixture(autouse=True)
def fast_passwords(settings) -> None:
    """Hashing that does not cost a second a user."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_walk_over_static_files(request, settings) -> None:
    """Each test client is a server that starts: it need not list all pictures and styles unless it is a real one."""
    settings.WHITENOISE_AUTOREFRESH = "live_server" not in request.fixturenames


@pytest.fixture(autouse=True)
def empty_job_queue(request, django_db_blocker):
    """The queue's tables belong to no managed model, so Django's clean-up after a committing test leaves them full."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
