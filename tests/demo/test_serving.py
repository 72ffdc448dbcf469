"""The server and the queue's worker as real processes: both answer, and one signal ends both and only them."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

import psutil
import pytest
from django.conf import settings
from django.db import connection

from unionbenefits.core.embedded import URL_VARIABLE
from unionbenefits.core.errors import Refusal
from unionbenefits.demo import serving

_SERVE = "import django, sys; django.setup(); from unionbenefits.demo import serving; serving.serve(int(sys.argv[1]))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((serving.HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(transactional_db):
    """A serving process on the test's own database, and its port; killed if the test leaves it."""
    port = free_port()
    to = connection.settings_dict
    url = f"postgresql://{quote(to['USER'])}@/{quote(to['NAME'])}?" + urlencode({"host": to["HOST"]})
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "unionbenefits.settings",
        "UNIONBENEFITS_MODE": "demo",
        URL_VARIABLE: url,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port)], cwd=settings.BASE_DIR, env=environment
    )
    yield process, port
    for left in (
        (*psutil.Process(process.pid).children(recursive=True), process) if process.poll() is None else ()
    ):
        left.kill()


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"http://{serving.HOST}:{port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.1)
    pytest.fail("The server did not answer.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_with_its_children_and_nothing_else(served, number):
    process, port = served
    wait_until_it_answers(process, port)
    children = psutil.Process(process.pid).children(recursive=True)
    assert {"granian", "procrastinate"} <= {
        word for child in children for word in child.cmdline() if word in ("granian", "procrastinate")
    }
    process.send_signal(number)
    assert process.wait(20) == 0
    _gone, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


def test_port_in_use_is_refused_before_any_work():
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        with pytest.raises(Refusal, match=r"--port") as refused:
            serving.check_port(taken.getsockname()[1])
    assert refused.value.code == "port_taken"
