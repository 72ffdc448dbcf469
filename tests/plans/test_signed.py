"""The signed QR code: checked on the server and without it; every field counts; keys rotate (B6, E9)."""

import base64
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg.types.range import DateRange

from tests.factories import CoverageFactory, WorkerFactory
from unionbenefits.core import clock
from unionbenefits.core.configuration import new_key
from unionbenefits.plans import signed
from unionbenefits.plans.certificates import certificate_no
from unionbenefits.plans.papers import verify_address
from unionbenefits.plans.revoked import forget_list

pytestmark = pytest.mark.django_db
TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_offline.py"
FIRST, SECOND = new_key(), new_key()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SIGNING_KEYS = f"k1:{FIRST}"
    settings.PUBLIC_URL = "https://benefits.example.org"
    forget_list()
    yield
    forget_list()


def cover(name="陈𬭎䶮", starts=-10, days=365, **given):
    first = clock.today() + dt.timedelta(days=starts)
    return CoverageFactory(
        worker=WorkerFactory(name=name), period=DateRange(first, first + dt.timedelta(days=days)), **given
    )


def withdraw(made, day):
    live = DateRange(made.period.lower, day) if day > made.period.lower else DateRange(empty=True)
    type(made).objects.filter(pk=made.pk).update(live_period=live, status="cancelled", cancelled_from=day)
    forget_list()


def page(client, address):
    return client.get(address.removeprefix("https://benefits.example.org"))


def verdict_of(client, address):
    return page(client, address).context["check"].verdict


@pytest.fixture
def offline(client, tmp_path):
    """Checks a QR text with the stand-alone tool and what the site publishes now; (exit code, words)."""

    def check(text, *, fetch=True, now=None):
        for name in ("keys", "revoked"):
            if fetch:
                (tmp_path / name).write_bytes(client.get(f"/verify/{name}.json").content)
        command = [sys.executable, "-I", TOOL, "--keys", tmp_path / "keys", "--revoked", tmp_path / "revoked"]
        more = ["--now", now] if now else []
        done = subprocess.run([*command, *more], input=text, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout.strip()

    check.folder = tmp_path
    return check


def changed(address, **fields):
    """The address with some fields of its query replaced."""
    path, _, query = address.partition("?")
    return path + "?" + urlencode(dict(parse_qsl(query)) | fields)


def test_a_genuine_code_holds_online_and_offline_and_names_the_person_masked(client, offline):
    address = verify_address(cover(), clock.today())
    answer = page(client, address)
    words = answer.content.decode()
    assert answer.context["check"].verdict == "in_force"
    assert "陈*䶮" in words
    assert "陈𬭎䶮" not in words
    code, said = offline(address)
    assert code == 0
    assert said.startswith("VALID, checked offline, withdrawals as of")
    assert "陈*䶮" in said


@pytest.mark.parametrize(
    ("starts", "verdict", "word"), [(1, "upcoming", "NOT YET"), (-400, "ended", "ENDED")]
)
def test_a_code_outside_its_period_does_not_hold(client, offline, starts, verdict, word):
    address = verify_address(cover(starts=starts), clock.today())
    assert verdict_of(client, address) == verdict
    code, said = offline(address)
    assert (code, said.startswith(word)) == (1, True)


TAMPERED = {
    "f": "20200101",
    "t": "20991231",
    "n": "李*",
    "d": "20200101",
    "h": "AAAAAAAAAAAAAAAA",
    "k": "k2",
    "s": base64.urlsafe_b64encode(bytes(64)).rstrip(b"=").decode(),
}


@pytest.mark.parametrize("field", TAMPERED)
def test_a_changed_field_is_found_out(client, offline, field):
    address = changed(verify_address(cover(), clock.today()), **{field: TAMPERED[field]})
    answer = page(client, address)
    assert (answer.status_code, answer.context["check"].verdict) == (200, "forged")
    assert "陈*" not in answer.content.decode()
    code, said = offline(address)
    assert (code, said.startswith("NOT GENUINE")) == (1, True)


def test_a_signature_carried_over_to_another_number_is_found_out(client, offline):
    own, other = cover(), cover(name="李风")
    query = verify_address(own, clock.today()).partition("?")[2]
    address = f"https://benefits.example.org/verify/{other.certificate_no}?{query}"
    assert verdict_of(client, address) == "forged"
    assert offline(address)[0] == 1


@pytest.mark.parametrize("field", signed._FIELDS)
def test_a_missing_field_is_not_genuine(client, offline, field):
    path, _, query = verify_address(cover(), clock.today()).partition("?")
    fields = dict(parse_qsl(query))
    del fields[field]
    address = f"{path}?{urlencode(fields)}"
    assert verdict_of(client, address) == "forged"
    assert offline(address)[0] == 2


@pytest.mark.parametrize("field", ["f", "t", "d", "s", "n"])
@pytest.mark.parametrize("text", ["", "x" * 5000, "\x00", "２０２６０１０１", "99999999", "%", "李\n"])
def test_rubbish_in_a_field_is_not_genuine_and_no_fault(client, field, text):
    address = changed(verify_address(cover(), clock.today()), **{field: text})
    assert verdict_of(client, address) == "forged"


def test_one_signature_has_one_spelling(client):
    address = verify_address(cover(), clock.today())
    assert verdict_of(client, address + "=") == "forged"
    last = address[-1]
    twin = {"A": "B", "Q": "R", "g": "h", "w": "x"}[last]
    assert verdict_of(client, address[:-1] + twin) == "forged"


def test_a_key_of_somebody_else_signs_nothing_of_ours(client, offline, settings):
    made = cover()
    settings.SIGNING_KEYS = f"k1:{SECOND}"
    forged = verify_address(made, clock.today())
    settings.SIGNING_KEYS = f"k1:{FIRST}"
    assert verdict_of(client, forged) == "forged"
    assert offline(forged)[0] == 1


def test_old_codes_hold_after_the_keys_were_rotated(client, offline, settings):
    made = cover()
    old = verify_address(made, clock.today())
    settings.SIGNING_KEYS = f"k2:{SECOND},k1:{FIRST}"
    forget_list()
    new = verify_address(made, clock.today())
    assert dict(parse_qsl(new))["k"] == "k2"
    assert [verdict_of(client, one) for one in (old, new)] == ["in_force"] * 2
    assert [offline(one)[0] for one in (old, new)] == [0, 0]
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(FIRST)).public_key().public_bytes_raw()
    settings.SIGNING_KEYS = f"k2:{SECOND},k1:public:{base64.b64encode(public).decode()}"
    assert [offline(one)[0] for one in (old, new)] == [0, 0]
    settings.SIGNING_KEYS = f"k2:{SECOND}"
    assert verdict_of(client, old) == "forged"
    code, said = offline(old)
    assert (code, "not among the public keys" in said) == (1, True)


def test_published_keys_are_public_halves_only(client, settings):
    settings.SIGNING_KEYS = f"k2:{SECOND},k1:{FIRST}"
    answer = client.get("/verify/keys.json")
    assert list(answer.json()["keys"]) == ["k2", "k1"]
    assert FIRST not in answer.content.decode()
    assert SECOND not in answer.content.decode()


def test_a_withdrawn_certificate_is_on_the_list_from_its_day_on(client, offline):
    now, later, never = cover(), cover(starts=-3), cover(starts=5)
    addresses = [verify_address(one, clock.today()) for one in (now, later, never)]
    withdraw(now, clock.today())
    withdraw(later, clock.today() + dt.timedelta(days=2))
    withdraw(never, clock.today())
    assert [verdict_of(client, one) for one in addresses] == ["cancelled", "in_force", "cancelled"]
    assert [offline(one)[0] for one in addresses] == [1, 0, 1]
    assert offline(addresses[0])[1].startswith("WITHDRAWN from")
    in_two_days = (clock.now() + dt.timedelta(days=2)).isoformat()
    assert offline(addresses[1], now=in_two_days)[1].startswith("WITHDRAWN from")


def test_the_list_names_no_number_and_only_those_that_would_still_run(client):
    running, over = cover(), cover(starts=-400)
    for one in (running, over):
        withdraw(one, one.period.lower + dt.timedelta(days=1))
    payload = json.loads(client.get("/verify/revoked.json").json()["payload"])
    assert list(payload["revoked"]) == [signed.handle_of(running.certificate_no)]
    assert running.certificate_no not in json.dumps(payload)
    assert payload["as_of"] < payload["valid_until"]


def test_an_altered_list_is_refused(client, offline):
    made = cover()
    address = verify_address(made, clock.today())
    withdraw(made, clock.today())
    assert offline(address)[0] == 1
    document = json.loads((offline.folder / "revoked").read_text())
    document["payload"] = document["payload"].replace(signed.handle_of(made.certificate_no), "A" * 16)
    (offline.folder / "revoked").write_text(json.dumps(document))
    code, said = offline(address, fetch=False)
    assert (code, "not genuine" in said) == (2, True)


def test_an_old_list_does_not_vouch_for_anything(client, offline):
    address = verify_address(cover(), clock.today())
    later = (clock.now() + dt.timedelta(days=4)).isoformat()
    code, said = offline(address, now=later)
    assert (code, said.startswith("GENUINE, but the list")) == (2, True)


@pytest.mark.parametrize(
    "text", ["", "hello", "https://benefits.example.org/verify/", "https://x/verify/12?f=1"]
)
def test_what_is_no_certificate_cannot_be_told(offline, text):
    assert offline(text)[0] == 2


def test_a_number_alone_shows_state_and_period_and_no_name(client):
    made = cover(name="李风")
    answer = client.get(f"/verify/{made.certificate_no}")
    words = answer.content.decode()
    assert answer.context["check"].verdict == "in_force"
    assert [piece for piece in ("李*", "李风", made.given_by.name) if piece in words] == []
    assert made.plan.name in words


def test_a_signed_number_that_was_never_given_is_unknown(client):
    number = certificate_no(2026, 999_999_999)
    today = clock.today()
    stated = signed.Stated(number, today, today, "李*", today, signed.handle_of(number))
    answer = client.get(f"/verify/{number}?{signed.query(stated)}")
    assert (answer.status_code, answer.context["check"].verdict) == (404, "unknown")


def test_a_name_mended_since_shows_what_the_paper_still_says(client):
    made = cover(name="李凤")
    address = verify_address(made, clock.today())
    type(made.worker).objects.filter(pk=made.worker_id).update(name="王风")
    answer = page(client, address)
    assert answer.context["check"].stated.masked_name == "李*"
    assert "王*" in answer.content.decode()


def test_the_code_fits_a_printed_certificate(client):
    address = verify_address(cover(name="阿卜杜热西提·麦麦提尼亚孜·买买提依明"), clock.today())
    assert len(address) < 400
    assert quote("阿") in address
