"""How heavy the first page of the portal is and how soon one sees something on it, at a running server.

    python bench/first_page.py [http://127.0.0.1:8000] [--session KEY] [--rounds 3]

Prints bytes over the wire, requests and the largest contentful paint, in real Chromium with four times less speed and on
two lines: Lighthouse's slow 4G (150 ms there and back, 1.6 Mbit/s), by which the bar of 1,000 ms counts, and the same
with 562 ms for every request, as Chrome's own developer tools draw it. `--session` is the value of the cookie of
somebody signed in, for the home page. Exits 1 when a bar is missed. tests/journeys/test_production.py keeps both bars.
"""

import argparse
import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
from tests.journeys.conftest import _ARGUMENTS, chromium
from tests.journeys.first_page import ROUND_TRIP, visit

BAR_BYTES, BAR_SEEN = 60_000, 1_000
DEVELOPER_TOOLS = 562.5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--session")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    missed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        for line, round_trip in {"slow 4G": ROUND_TRIP, "developer tools": DEVELOPER_TOOLS}.items():
            visits = [
                visit(browser, given.address, given.session, round_trip=round_trip)
                for _ in range(given.rounds)
            ]
            seen = sorted(one.seen for one in visits)[len(visits) // 2]
            print(
                f"{line:16} {visits[0].bytes:7,} bytes in {visits[0].requests} requests, seen after {seen:,.0f} ms"
            )
            missed |= visits[0].bytes > BAR_BYTES or (round_trip == ROUND_TRIP and seen >= BAR_SEEN)
        browser.close()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
