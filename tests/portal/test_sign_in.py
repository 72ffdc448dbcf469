"""Signing in: happy path, refusals, and that nothing tells who is on file (cases C140, C142)."""

import re
import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import IdentityDocumentFactory, UserFactory, WorkerFactory, resident_number
from tests.portal.conftest import ask, newest_code, person, sign_in
from unionbenefits.accounts.models import SmsCode, SmsMessage
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.workers.querysets import phone_digest

pytestmark = pytest.mark.django_db


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def give_phone(worker, phone):
    """What a roster with a new phone does to the person's row."""
    type(worker)._default_manager.filter(pk=worker.pk).update(phone=phone, phone_digest=phone_digest(phone))


def is_signed_in(client):
    return "李风" in client.get("/").content.decode()


def test_document_phone_and_code_lead_to_the_own_page(client, rider):
    assert ask(client, rider).headers["Location"] == "/sign-in/code/"
    page = client.get("/sign-in/code/").content.decode()
    assert "138****8000" in page
    assert rider.phone not in page
    assert rider.number not in page
    answer = client.post("/sign-in/code/", {"code": newest_code()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert list(Entry.objects.values_list("action", "actor")) == [("portal.sign_in", f"worker:{rider.pk}")]


def test_people_may_type_blanks_full_width_and_a_country_code(client, rider):
    number = " ".join([rider.number[:6], rider.number[6:14], rider.number[14:].lower()])
    client.post("/sign-in/", {"document": number, "phone": "+86 138-0013-8000"})
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in newest_code())
    client.post("/sign-in/code/", {"code": f" {wide[:3]} {wide[3:]} "})
    assert is_signed_in(client)


def test_session_is_rotated_at_sign_in_and_gone_at_sign_out(client, rider):
    ask(client, rider)
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": newest_code()})
    after = client.session.session_key
    assert before != after
    assert not client.session.exists(before)
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not client.session.exists(after)
    assert not is_signed_in(client)


def test_signing_in_as_a_worker_ends_an_officers_session(client, rider):
    client.force_login(UserFactory())
    sign_in(client, rider)
    assert set(client.session.keys()) == {"worker"}


@pytest.mark.parametrize(
    ("number", "phone"),
    [
        ("the other's", "own"),  # C142: a phone with somebody else's document
        ("own", "the other's"),
        ("nobody's", "own"),
        ("own", "nobody's"),
        ("nobody's", "nobody's"),
    ],
)
def test_document_and_phone_must_belong_to_one_person(client, rider, stranger, number, phone):
    numbers = {"own": rider.number, "the other's": stranger.number, "nobody's": resident_number(999)}
    phones = {"own": rider.phone, "the other's": stranger.phone, "nobody's": "13700137000"}
    client.post("/sign-in/", {"document": numbers[number], "phone": phones[phone]})
    assert SmsCode.objects.get().subject == ""
    assert (SmsMessage.objects.get().state, SmsMessage.objects.get().phone) == ("withheld", "")


def test_unknown_person_gets_the_same_answers_and_the_same_work(client, rider, monkeypatch):
    monkeypatch.setattr(secrets, "randbelow", lambda _: 123456)

    def journey(number, phone):
        client.cookies.clear()
        pages, queries = [], []
        for url, data in [
            ("/sign-in/", {"document": number, "phone": phone}),
            ("/sign-in/code/", None),
            ("/sign-in/code/", {"code": "not a code"}),
            ("/sign-in/again/", {}),
            ("/sign-in/code/", None),
            *[("/sign-in/code/", {"code": "000000"})] * 5,
        ]:
            with CaptureQueriesContext(connection) as context:
                answer = client.get(url) if data is None else client.post(url, data)
            body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
            pages.append((answer.status_code, answer.headers.get("Location"), body))
            queries.append(
                [re.sub(r"'.*?'|\d+", "?", query["sql"])[:60] for query in context.captured_queries]
            )
        return pages, queries

    known = journey(rider.number, rider.phone)
    unknown = journey(resident_number(999), "13700138000")
    pages = [(status, to, body.replace("137****8000", "138****8000")) for status, to, body in unknown[0]]
    assert pages == known[0]
    assert unknown[1] == known[1]


@pytest.mark.parametrize("order", [0, 1])
def test_retired_document_opens_nothing(client, rider, order):
    IdentityDocumentFactory(worker=rider, number=resident_number(998), retired_at=clock.now())
    client.post("/sign-in/", {"document": resident_number(998), "phone": rider.phone})
    assert SmsCode.objects.get().subject == ""


def test_any_live_document_of_the_person_opens(client, rider):
    IdentityDocumentFactory(worker=rider, number="E12345678", kind="passport", issuer="CHN")
    client.post("/sign-in/", {"document": "e12345678", "phone": rider.phone})
    assert SmsCode.objects.get().subject == str(rider.pk)


def test_two_workers_under_one_number_and_phone_are_nobody(client, rider):
    other = WorkerFactory(phone=rider.phone)
    IdentityDocumentFactory(worker=other, number=rider.number, kind="passport", issuer="VNM")
    ask(client, rider)
    assert SmsCode.objects.get().subject == ""


def test_two_people_who_share_a_phone_each_open_their_own(client, rider):
    wife = person("何静", phone=rider.phone)
    sign_in(client, wife)
    assert "何静" in client.get("/").content.decode()
    sign_in(client, rider)
    page = client.get("/").content.decode()
    assert "李风" in page
    assert "何静" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document", ""),
        ("document", "440699199003070011"),
        ("document", "44069919900307001"),
        ("document", "名字"),
        ("document", "x" * 41),
        ("phone", ""),
        ("phone", "1380013800"),
        ("phone", "0757-86286628"),
        ("phone", "13800138000/13900139000"),
    ],
)
def test_typing_error_is_explained_and_keeps_what_was_typed(client, field, value):
    typed = {"document": resident_number(1), "phone": "13800138000"} | {field: value}
    answer = client.post("/sign-in/", typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert all(str(text)[:40] in answer.content.decode() for text in typed.values())
    assert SmsCode.objects.count() == 0


def test_wrong_code_five_times_blocks_it(client, rider):
    ask(client, rider)
    code = newest_code()
    for _ in range(4):
        answer = client.post("/sign-in/code/", {"code": wrong(code)})
        assert answer.context["over"] is False
    assert client.post("/sign-in/code/", {"code": wrong(code)}).context["over"] is True
    assert client.post("/sign-in/code/", {"code": code}).status_code == 200
    assert not is_signed_in(client)
    client.post("/sign-in/again/")
    client.post("/sign-in/code/", {"code": newest_code()})
    assert is_signed_in(client)


def test_code_is_not_used_twice(client, rider):
    ask(client, rider)
    code, held = newest_code(), dict(client.session.items())
    client.post("/sign-in/code/", {"code": code})
    client.post("/sign-out/")
    session = client.session
    session.update(held)
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.post("/sign-in/code/", {"code": code}).context["over"] is True
    assert not is_signed_in(client)


def test_code_works_only_in_the_browser_that_asked(client, rider, stranger):
    thief = Client()
    ask(client, rider)
    code = newest_code()
    assert thief.post("/sign-in/code/", {"code": code}).headers["Location"] == "/sign-in/"
    ask(thief, stranger)
    if newest_code() != code:
        assert thief.post("/sign-in/code/", {"code": code}).status_code == 200
    assert not is_signed_in(thief)


def test_limit_is_a_page_with_the_time_to_wait(client, rider):
    answers = [ask(client, rider) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert re.search(r"\d\d:\d\d", answers[3].context["form"].non_field_errors()[0])
    assert rider.number in answers[3].content.decode()
    again = client.post("/sign-in/again/", follow=True)
    assert again.redirect_chain == [("/sign-in/code/", 302)]
    assert "notice-error" in again.content.decode()


def test_code_page_without_an_attempt_leads_to_the_start(client, db):
    for url in ("/sign-in/code/", "/sign-in/again/"):
        assert client.post(url).headers["Location"] == "/sign-in/"


def test_session_holds_what_was_typed_only_sealed(client, rider):
    from django.contrib.sessions.models import Session

    ask(client, rider)
    decoded = str(Session._default_manager.get().get_decoded())
    assert rider.number not in decoded
    assert rider.phone not in decoded


def test_session_ends_when_idle(client, rider, clock_at):
    sign_in(client, rider)
    clock_at(minutes=29)
    assert is_signed_in(client)
    clock_at(minutes=58)
    assert is_signed_in(client)
    clock_at(minutes=88, seconds=1)
    answer = client.get("/")
    assert "李风" not in answer.content.decode()
    assert "notice-info" in answer.content.decode()
    clock_at(minutes=0)
    assert not is_signed_in(client)


def test_session_ends_after_a_shift_however_busy(client, rider, clock_at):
    sign_in(client, rider)
    for minutes in range(20, 480, 20):
        clock_at(minutes=minutes)
        assert is_signed_in(client)
    clock_at(minutes=480)
    assert not is_signed_in(client)


def test_old_phone_loses_access_at_once(client, rider):
    """C142: an enterprise uploads the person with a new phone."""
    sign_in(client, rider)
    give_phone(rider, "13600136000")
    assert not is_signed_in(client)


def test_code_asked_for_before_the_phone_changed_opens_nothing(client, rider):
    ask(client, rider)
    give_phone(rider, "13600136000")
    answer = client.post("/sign-in/code/", {"code": newest_code()})
    assert answer.context["over"] is True
    assert not is_signed_in(client)


def test_signed_in_person_skips_the_sign_in(client, rider):
    sign_in(client, rider)
    assert client.get("/sign-in/").headers["Location"] == "/"


@pytest.mark.parametrize("url", ["/sign-out/", "/sign-in/again/", "/language/"])
def test_addresses_of_forms_lead_home_when_opened_by_hand(client, db, url):
    assert client.get(url).headers["Location"] == "/"
