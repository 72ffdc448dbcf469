"""The worker's coverage page behind the real server, against the floor rig's look-up view behind the same server.

    python bench/coverage_page.py [--workers 1000000] [--years 3] [--secs 6] [--rounds 3]

Prints requests/s, p99 and their ratios; exits 1 when a bar of design §9 is missed: ≥ 0.8 × the rig's look-up, p99 within
1.5 × of the same page with 20,000 coverages. Needs wrk (Debian package) and the rig folder (SHARED_DIR, default ../shared).
Traffic goes to 127.0.0.1 only; servers are stopped by their own process id.
"""

import argparse
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import rig  # noqa: E402

BIN = Path(sys.executable).parent
SESSIONS = 2_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(application: str, folder: Path, environment: dict[str, str]):
    """granian with two workers of one thread, as in production; yields its port."""
    port = free_port()
    command = [BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        "--no-access-log",
        application,
    ]
    log = (HERE.parent / "var" / "bench-server.log").open("a")
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def milliseconds(text: str) -> float:
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def load(port: int, script: Path, seconds: int) -> tuple[float, float]:
    """Requests per second and the 99th percentile in milliseconds; fails on any answer that is not a page."""
    command = [
        "wrk",
        "-t1",
        "-c16",
        f"-d{seconds}s",
        "--latency",
        "--timeout",
        "5s",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}",
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(output)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), milliseconds(
        re.search(r"99%\s+(\S+)", output)[1]
    )


def sign_in_many(database_name: str, workers: int, years: int) -> tuple[str, Path]:
    """Builds the register in a database of its own and signs SESSIONS random workers in; runs in a process of its own."""
    code = f"import sys; sys.path[:0] = {sys.path[:2]!r}; import coverage_page; coverage_page.prepare({database_name!r}, {workers}, {years})"
    environment = {key: value for key, value in os.environ.items() if key != "UNIONBENEFITS_EMBEDDED_URL"}
    output = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    if output.returncode:
        raise SystemExit(output.stderr)
    sys.stderr.write(output.stderr)
    url, script = output.stdout.strip().splitlines()[-2:]
    return url, Path(script)


def prepare(database_name: str, workers: int, years: int) -> None:
    import database

    url = database.use(database_name)
    import population
    from django.conf import settings
    from django.db import connection
    from django.test import RequestFactory

    from unionbenefits.core.sessions import SessionStore
    from unionbenefits.portal import sessions
    from unionbenefits.workers.models import Worker

    population.build(connection, workers, years)
    chosen = random.Random(5).sample(range(1, workers + 1), min(SESSIONS, workers))
    keys = []
    for worker in Worker.objects.filter(pk__in=chosen).iterator():
        request = RequestFactory().get("/")
        request.session = SessionStore()
        sessions.begin(request, worker)
        request.session.save()
        keys.append(request.session.session_key)
    script = Path(settings.VAR_DIR) / f"{database_name}.lua"
    cookies = ",".join(f'"{settings.SESSION_COOKIE_NAME}={key}"' for key in keys)
    script.write_text(
        f"local c={{{cookies}}}\nmath.randomseed(7)\nrequest=function() return wrk.format('GET','/',{{Cookie=c[math.random(#c)]}}) end\n"
    )
    print(url)
    print(script)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=1_000_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--secs", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    from unionbenefits.core import embedded

    embedded.start()  # held for the whole run
    large, large_script = sign_in_many("bench_large", options.workers, options.years)
    small, small_script = sign_in_many("bench_small", 20_000 // options.years, options.years)
    rig_folder, rig_environment, rig_script = rig.lookup()

    product = {"UNIONBENEFITS_MODE": "demo"}
    cases = {
        "rig look-up": ("rigsite.wsgi:application", rig_folder, rig_environment, rig_script),
        "page, small": (
            "unionbenefits.wsgi:application",
            HERE.parent,
            product | {embedded.URL_VARIABLE: small},
            small_script,
        ),
        "page, large": (
            "unionbenefits.wsgi:application",
            HERE.parent,
            product | {embedded.URL_VARIABLE: large},
            large_script,
        ),
    }
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _ in range(options.rounds):
        for name, (application, folder, environment, script) in cases.items():
            with serving(application, folder, environment) as port:
                load(port, script, 2)
                seen[name].append(load(port, script, options.secs))

    print(f"| {options.workers * options.years:,} coverages | requests/s | p99 ms |")
    print("|---|---|---|")
    middle = {
        name: tuple(statistics.median(column) for column in zip(*runs, strict=True))
        for name, runs in seen.items()
    }
    for name, (rate, p99) in middle.items():
        print(f"| {name} | {rate:,.0f} | {p99:.1f} |")
    rate = statistics.median(
        a[0] / b[0] for a, b in zip(seen["page, large"], seen["rig look-up"], strict=True)
    )
    p99 = statistics.median(
        a[1] / b[1] for a, b in zip(seen["page, large"], seen["page, small"], strict=True)
    )
    print(
        f"\nrequests/s against the rig: {rate:.2f} × (bar ≥ 0.80); p99 against 20,000 coverages: {p99:.2f} × (bar ≤ 1.50)"
    )
    return 0 if rate >= 0.8 and p99 <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
