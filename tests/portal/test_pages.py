"""Headers, languages, error pages: the same for every page of the portal."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from tests.factories.claims import ClaimFactory, PaperFactory
from tests.portal.conftest import ask, sign_in
from unionbenefits.core.addresses import client_address
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.http import RefusalMiddleware
from unionbenefits.portal import urls

pytestmark = pytest.mark.django_db

# Where only forms go.
POSTED = {
    "cover/<str:number>/keep/", "my-data/copy/", "my-data/account/delete/", "my-data/requests/<int:pk>/back/",
}  # fmt: skip
PUBLIC = ["/", "/sign-in/", "/help/", "/verify/", "/verify/1", "/no-such-page"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("url", PUBLIC)
def test_page_speaks_the_chosen_language(client, url, language):
    client.cookies["django_language"] = language
    answer = client.get(url)
    words = answer.content.decode()
    assert f'<html lang="{language}">' in words
    assert answer.headers["Content-Language"] == language
    assert ("Help</a>" in words, "帮助</a>" in words) == (language == "en", language == "zh-hans")


def test_language_is_chinese_whatever_the_phone_prefers(client):
    assert '<html lang="zh-hans">' in client.get("/", headers={"Accept-Language": "en"}).content.decode()


def test_language_is_switched_and_kept_and_leads_back(client):
    answer = client.post("/language/", {"language": "en", "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    cookie = answer.cookies["django_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    assert '<html lang="en">' in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "/\\evil"]
)
def test_language_never_leads_to_another_site(client, target):
    answer = client.post("/language/", {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"


def test_unknown_language_is_ignored(client):
    assert "django_language" not in client.post("/language/", {"language": "fr", "next": "/"}).cookies


def test_forms_are_guarded_against_other_sites(rider):
    client = Client(enforce_csrf_checks=True)
    for url in ("/sign-in/", "/sign-in/code/", "/sign-in/again/", "/sign-out/", "/language/", "/text-size/"):
        answer = client.post(url, {"document": rider.number, "phone": rider.phone})
        assert answer.status_code == 403
        assert "state-none" in answer.content.decode()


@pytest.mark.parametrize("url", PUBLIC)
def test_headers_are_strict(client, url):
    headers = client.get(url).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "form-action", "connect-src")} == {"'self'"}
    assert {policy[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("url", PUBLIC)
def test_no_page_has_inline_code_or_style(client, url):
    words = client.get(url).content.decode()
    assert [
        mark for mark in ("<script>", "style=", "<style", " onclick", "javascript:") if mark in words
    ] == []
    assert words.count("<script") == words.count('<script src="/static/portal/')


def test_cookies_are_kept_from_scripts_and_other_sites(client, rider):
    sign_in(client, rider)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_first_page_is_light(client):
    from django.contrib.staticfiles import finders

    names = ("portal/portal.css", "portal/portal.js", "portal/icon.svg")
    files = [Path(finders.find(name)) for name in names]
    assert len(client.get("/").content) + sum(file.stat().st_size for file in files) < 30_000


def test_fault_of_ours_is_a_sentence_not_a_trace(client, monkeypatch):
    from unionbenefits.portal.views import pages

    def broken(_worker):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(pages, "current_worker", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "state-none" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


@pytest.mark.parametrize(
    ("refusal", "status"), [(Refusal("x", "先这样做"), 409), (NotFound("x", "先这样做"), 404)]
)
@pytest.mark.parametrize(("path", "home"), [("/", "/"), ("/admin/x", "/admin/")])
def test_refusal_is_a_page_with_its_sentence(refusal, status, path, home, client):
    request = RequestFactory().get(path)
    request.session = client.session
    answer = RefusalMiddleware(lambda r: None).process_exception(request, refusal)
    assert answer.status_code == status
    assert "先这样做" in answer.content.decode()
    assert f'href="{home}"' in answer.content.decode()


def test_another_persons_pages_do_not_exist(client, rider, stranger):
    """C144: certificates and claims are named in addresses; those of others are not found; the sweep keeps it so."""
    routes = {str(pattern.pattern) for pattern in urls.urlpatterns}
    own = {f"cover/<str:number>/{page}" for page in ("", "keep/", "certificate.pdf", "qr.svg", "check/")}
    own |= {route for route in routes if route.startswith("claims/<int:pk>/")}
    own |= {"my-data/consents/<str:kind>/", "my-data/requests/<int:pk>/back/"}
    assert {route for route in routes if "<" in route} == own | {"verify/<str:number>"}
    paper = PaperFactory(claim=ClaimFactory(coverage=stranger.cover, hospital=stranger.name))
    sign_in(client, rider)
    for route in routes:
        answer = client.get(address_of(route, stranger, paper), follow=True)
        assert stranger.name not in answer.content.decode(errors="replace")
        assert answer.status_code == (405 if route in POSTED else 404 if route in own else 200), route
    assert get_resolver().resolve("/").view_name == "portal:home"


@pytest.mark.parametrize("state", ["draft", "filed", "asked", "approved"])
def test_another_persons_claim_takes_nothing(client, rider, stranger, state):
    """C144: neither by its own address, nor as a paper under one's own claim."""
    given = {"number": None, "consent": None, "filed_at": None, "step": 5} if state == "draft" else {}
    paper = PaperFactory(claim=ClaimFactory(coverage=stranger.cover, state=state, **given))
    mine = ClaimFactory(coverage=rider.cover, state=state, **given)
    sign_in(client, rider)
    every = [str(pattern.pattern) for pattern in urls.urlpatterns]
    routes = [route for route in every if route.startswith("claims/<int:pk>/")]
    crossed = [route.replace("<int:pk>", str(mine.pk)) for route in routes if "<int:paper>" in route]
    assert len(crossed) == 3
    for route in [*routes, *crossed]:
        url = address_of(route, stranger, paper)
        assert (client.post(url).status_code, client.get(url).status_code) in ((404, 404), (405, 404)), route
    left = type(paper).objects.get(pk=paper.pk)
    assert (left.removed_at, left.replaced_by, left.claim.state) == (None, None, state)


def address_of(route, stranger, paper):
    values = {
        "<str:number>": stranger.cover.certificate_no,
        "<int:pk>": paper.claim_id,
        "<int:paper>": paper.pk,
        "<int:step>": 1,
    }
    for name, value in values.items():
        route = route.replace(name, str(value))
    return f"/{route}"


def test_sign_out_is_on_every_page_of_a_signed_in_person(client, rider):
    sign_in(client, rider)
    for url in ("/", "/help/", "/verify/", "/no-such-page"):
        assert 'action="/sign-out/"' in client.get(url).content.decode()
    client.post("/sign-out/")
    assert 'action="/sign-out/"' not in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "seen"),
    [
        (0, "203.0.113.5", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.5", "10.0.0.1", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "10.0.0.1", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.2", "10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "nonsense", "10.0.0.1", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_caller_is_found_behind_our_proxies_only(settings, proxies, forwarded, remote, seen):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == seen


def test_limit_counts_by_caller_behind_the_proxy(client, rider, settings):
    from unionbenefits.accounts.models import SmsCode

    settings.TRUSTED_PROXIES = 1
    for n in (5, 6):
        ask(client, rider, headers={"X-Forwarded-For": f"203.0.113.{n}"})
    assert SmsCode.objects.values("address_digest").distinct().count() == 2
