"""Serving the demo: web server and queue worker, as children that end with us and nobody else."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from unionbenefits.core.errors import Refusal

HOST: Final = "127.0.0.1"
_PATIENCE: Final = 10
"""Seconds a child gets to end by itself."""


class _Stopped(Exception):
    """Ctrl-C, a closed terminal, or a polite kill."""


def check_port(port: int) -> None:
    """Raises Refusal `port_taken` before any work is done for a port that somebody else uses."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Refusal(
                "port_taken",
                _("Port %(port)s is in use. End that program, or choose another port with --port.")
                % {"port": port},
            )


def serve(port: int) -> None:
    """Runs both until a signal comes, then ends them. Raises Refusal `server_ended` if one ends by itself."""
    children: list[subprocess.Popen[bytes]] = []
    with _signals_as_exception():
        try:
            children.extend(_start(command) for command in (_web_server(port), _queue_worker()))
            while all(child.poll() is None for child in children):
                time.sleep(0.2)
        except _Stopped:
            return
        finally:
            _end(children)
    raise Refusal("server_ended", _("The server ended by itself; its last lines say why."))


def _web_server(port: int) -> list[str]:
    """Granian, WSGI, two processes of one thread each: the fastest of the servers measured (design §8)."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "2", "--blocking-threads", "1", "--log-level", "warning",
        "unionbenefits.wsgi:application",
    ]  # fmt: skip


def _queue_worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "procrastinate", "worker"]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a process group of its own, so that Ctrl-C reaches us alone and each child is told once."""
    environment = os.environ | {"UNIONBENEFITS_MODE": "demo"}
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=sys.stderr, process_group=0
    )


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


@contextmanager
def _signals_as_exception() -> Iterator[None]:
    """Turns Ctrl-C, SIGTERM and a closed terminal into `_Stopped`, once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise _Stopped

    before = {
        number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
