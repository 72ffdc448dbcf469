"""A certificate kept on the phone: what is in the copy, and when the browser is told to drop it."""

import datetime as dt
import json

import pytest
from django.test import Client

from tests.portal.conftest import sign_in
from unionbenefits.core import clock
from unionbenefits.workers.models import Worker

CLEAR = '"storage"'


def keep(client, worker):
    return client.post(f"/cover/{worker.cover.certificate_no}/keep/")


@pytest.fixture
def kept(client, rider):
    """The answer that the browser keeps; the browser has the cookie from then on."""
    sign_in(client, rider)
    return keep(client, rider)


def test_copy_shows_the_certificate_and_carries_no_form_and_no_token(kept, rider):
    words = kept.content.decode()
    assert rider.name in words
    assert "data:image/png;base64," in words
    assert [part for part in ("<form", "csrf", "sessionid", rider.number, rider.phone) if part in words] == []
    day = clock.today() + dt.timedelta(days=364)
    assert kept.headers["X-Kept-Until"] == f"{day.isoformat()}T00:00:00+08:00"
    assert "unsafe" not in kept.headers["Content-Security-Policy"]


def test_cookie_says_nothing_and_is_kept_from_scripts(kept, rider):
    cookie = kept.cookies["kept"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert json.dumps([rider.pk]) not in cookie.value


def test_copy_stays_while_its_holder_may_come_back(client, kept, clock_at):
    assert "Clear-Site-Data" not in client.get("/").headers
    clock_at(hours=9)
    answer = client.get("/")
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert "Clear-Site-Data" not in answer.headers


def test_signing_out_drops_it(client, kept):
    answer = client.post("/sign-out/")
    assert (answer.headers["Clear-Site-Data"], answer.cookies["kept"].value) == (CLEAR, "")
    assert "Clear-Site-Data" not in client.get("/").headers


def test_signing_out_drops_whatever_is_there_even_without_the_cookie(client, rider):
    sign_in(client, rider)
    assert client.post("/sign-out/").headers["Clear-Site-Data"] == CLEAR


def test_signing_out_everywhere_from_another_phone_drops_it(client, kept, rider, clock_at):
    """Also where the session here was left to end by itself long before."""
    clock_at(hours=2)
    client.get("/")
    other = Client()
    sign_in(other, rider)
    other.post("/sign-ins/end/", {"which": "others"})
    assert client.get("/").headers["Clear-Site-Data"] == CLEAR


def test_another_person_on_the_same_phone_drops_it(client, kept, stranger):
    assert sign_in(client, stranger).headers["Clear-Site-Data"] == CLEAR


def test_a_phone_that_left_the_file_drops_it(kept, client, rider):
    Worker.objects.filter(pk=rider.pk).update(phone_digest=b"another")
    assert client.get("/help/").headers["Clear-Site-Data"] == CLEAR


def test_a_made_up_cookie_drops_it(db):
    client = Client()
    for made_up in ("00", "nonsense", "zz" * 40):
        client.cookies["kept"] = made_up
        assert client.get("/help/").headers["Clear-Site-Data"] == CLEAR
