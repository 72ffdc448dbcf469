"""What a server in production sends: headers of every address of the portal, and how little of it; how soon one sees
something on a slow line with a slow phone.
"""

import http.client
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.journeys.first_page import visit
from tests.journeys.production import BEHIND_HTTPS, serving
from tests.journeys.test_portal import rider
from tests.journeys.test_portal_pages import addresses, pages
from tests.portal.conftest import sign_in
from unionbenefits.portal.urls import urlpatterns

__all__ = ["pages", "rider"]
FIRST_PAGE = 60_000
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "worker-src": "'self'",
}
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    """One for both tests: it takes longer to start than they do to ask."""
    with django_db_blocker.unblock(), serving(tmp_path_factory.mktemp("production")) as address:
        yield address


def session_of(worker: Any) -> str:
    client = Client()
    sign_in(client, worker)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def faults(answer: http.client.HTTPResponse, body: str) -> list[str]:
    """What is missing or too much in an answer."""
    found = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    said = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    found += [name for name, value in STRICT.items() if said.get(name) != value]
    found += ["unsafe"] * ("unsafe" in policy)
    found += ["permissions"] * ("camera=()" not in answer.headers.get("Permissions-Policy", ""))
    for sent in answer.headers.get_all("Set-Cookie") or []:
        for name, cookie in SimpleCookie(sent).items():
            if not (cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax") and cookie.value:
                found.append(f"cookie {name}")
    if answer.headers.get_content_type() == "text/html":
        # Files by the hash of their content, which a browser keeps for good.
        found += re.findall(r'"/static/portal/\w+\.css"', body)
        found += re.findall(r"<script>|<script(?! src=\"/static/)| style=|<style| on\w+=|javascript:", body)
    return found


def test_every_address_of_the_portal_sends_strict_headers(server, pages):
    worker, needs = pages
    [number], pk = needs["own_cover"][0], needs["claim_account"][0][0]
    paper = worker.claims.get(pk=pk).papers.first().pk
    needs |= {name: [[number]] for name in ("own_keep", "own_certificate", "own_qr", "own_check")}
    needs |= {f"claim_{name}": [[pk]] for name in ("answer", "letter", "discard", "send", "paper_add")}
    needs |= {f"claim_paper{name}": [[pk, paper]] for name in ("", "_replace", "_remove")}
    needs |= {"my_request_back": [[1]]}
    line = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    wrong, seen = {}, 0
    for cookie in ({}, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(worker)}"}):
        for one in urlpatterns:
            for address in addresses(one.name, needs):
                line.request("GET", address, headers=BEHIND_HTTPS | cookie)
                answer = line.getresponse()
                found = faults(answer, answer.read().decode(errors="replace"))
                seen += 1
                if found:
                    wrong[one.name, bool(cookie)] = (answer.status, found)
    assert wrong == {}
    assert seen > 2 * len(urlpatterns)


def test_first_page_is_light_and_soon_there(server, browser, rider):
    """≤ 60 kB with everything it loads; something to see within a second on a slow
    line (1.6 Mbit/s, 150 ms there and back: Lighthouse's slow 4G) with a slow phone (a quarter of this one's speed).
    """
    for name, cookie in {"sign-in": None, "home": session_of(rider)}.items():
        first = visit(browser, server, cookie)
        assert first.bytes <= FIRST_PAGE, name
        # A busy machine makes a slow phone slower still: the best of three is the page's own time.
        times = [first.seen]
        while min(times) >= 1000 and len(times) < 3:
            times.append(visit(browser, server, cookie).seen)
        assert min(times) < 1000, (name, times)
