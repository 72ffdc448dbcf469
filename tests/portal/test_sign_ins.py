"""Where one is signed in: sessions that the server knows and ends from anywhere (issue 7)."""

import pytest
from django.test import Client
from django.utils.translation import override

from tests.portal.conftest import sign_in
from tests.portal.test_sign_in import give_phone, is_signed_in
from unionbenefits.audit.actors import System
from unionbenefits.audit.models import Entry
from unionbenefits.core.masking import mask_address
from unionbenefits.portal.devices import device_of
from unionbenefits.workers import sign_ins
from unionbenefits.workers.enums import Device, SignInEnd
from unionbenefits.workers.models import SignIn

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 13; M2012K11AC) AppleWebKit/537.36 Chrome/118.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


@pytest.fixture
def phone(rider):
    client = Client(headers={"user-agent": ANDROID, "accept-language": "en"})
    client.cookies["django_language"] = "en"
    sign_in(client, rider)
    return client


@pytest.fixture
def computer(rider, phone):
    client = Client(headers={"user-agent": WINDOWS}, REMOTE_ADDR="203.0.113.9")
    sign_in(client, rider)
    return client


def ends():
    return list(SignIn.objects.order_by("pk").values_list("end", flat=True))


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (ANDROID, Device.ANDROID),
        (IPHONE, Device.IPHONE),
        (WINDOWS, Device.WINDOWS),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)", Device.TABLET),
        ("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Safari/537.36", Device.TABLET),
        ("Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00) Mobile Safari/537.36", Device.HARMONY),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1 Mobile", Device.HARMONY),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", Device.MAC),
        ("", Device.OTHER),
    ],
)
def test_device_is_told_in_words_its_owner_knows(said, device):
    assert device_of(said) == device


@pytest.mark.parametrize(
    ("address", "masked"),
    [("198.51.100.7", "198.51.*.*"), ("2001:db8:7:9::/64", "2001:db8:…"), ("unknown", "*")],
)
def test_address_is_shown_in_part(address, masked):
    assert mask_address(address) == masked


def test_page_lists_this_device_the_others_and_those_that_are_over(rider, phone, computer):
    third = Client(headers={"user-agent": IPHONE})
    sign_in(third, rider)
    third.post("/sign-out/")
    page = phone.get("/sign-ins/")
    assert page.context["here"].device == Device.ANDROID
    assert [(one.device, one.address) for one in page.context["others"]] == [(Device.WINDOWS, "203.0.*.*")]
    assert [place.sign_in.device for place in page.context["over"]] == [Device.IPHONE]
    words = page.content.decode()
    assert "203.0.113.9" not in words
    assert "Signed out" in words
    assert "This device" in words


def test_page_shows_nothing_of_others(stranger, phone):
    sign_in(Client(headers={"user-agent": WINDOWS}), stranger)
    page = phone.get("/sign-ins/")
    assert page.context["others"] == []
    assert page.context["over"] == []


def test_sign_out_of_the_others_leaves_this_one(rider, phone, computer):
    answer = phone.post("/sign-ins/end/", {"which": "others"}, follow=True)
    assert "Signed out on 1 other device. You stay signed in here." in answer.content.decode()
    assert (is_signed_in(phone), is_signed_in(computer)) == (True, False)
    assert ends() == ["", "elsewhere"]
    entry = Entry.objects.get(action="worker.end_sign_ins")
    assert (entry.actor, entry.data) == (f"worker:{rider.pk}", {"ended": 1, "why": "elsewhere"})


def test_sign_out_everywhere_ends_this_one_too(phone, computer):
    answer = phone.post("/sign-ins/end/", {"which": "all"}, follow=True)
    assert "You are signed out everywhere, here too." in answer.content.decode()
    assert (is_signed_in(phone), is_signed_in(computer)) == (False, False)


def test_a_session_that_was_copied_ends_with_the_sign_out(phone, rider):
    """Signing out ends what the cookie opened, also where the session's row was kept or copied."""
    held = dict(phone.session.items())
    phone.post("/sign-out/")
    thief = Client()
    session = thief.session
    session.update(held)
    session.save()
    thief.cookies["sessionid"] = session.session_key
    assert not is_signed_in(thief)


def test_every_end_is_known_by_its_reason(rider, phone, clock_at):
    sign_in(phone, rider)
    clock_at(minutes=31)
    assert not is_signed_in(phone)
    sign_in(phone, rider)
    for minutes in range(60, 31 + 480, 29):
        clock_at(minutes=minutes)
        assert is_signed_in(phone)
    clock_at(minutes=31 + 480)
    assert not is_signed_in(phone)
    sign_in(phone, rider)
    give_phone(rider, "13600136000")
    assert not is_signed_in(phone)
    assert ends() == ["replaced", "idle", "old", "phone"]


def test_a_session_that_was_left_is_shown_as_over(phone, rider, computer, clock_at):
    clock_at(minutes=20)
    phone.get("/")
    clock_at(minutes=40)
    page = phone.get("/sign-ins/")
    assert page.context["others"] == []
    with override("en"):  # the language of this phone
        assert [place.end for place in page.context["over"]] == [str(SignInEnd.IDLE.label)]


def test_closing_a_person_ends_every_session(rider, phone, computer):
    """What merging and erasing a person call."""
    assert sign_ins.end_all(by=System("test"), worker=rider, why=SignInEnd.CLOSED) == 2
    assert (is_signed_in(phone), is_signed_in(computer)) == (False, False)


def test_changes_of_the_number_by_a_list_are_told_too(rider, phone):
    sign_in(phone, rider)
    assert phone.get("/sign-ins/").context["changes"] == []
    give_phone(rider, "13600136000")
    give_phone(rider, rider.phone)
    sign_in(phone, rider)
    assert len(phone.get("/sign-ins/").context["changes"]) == 2


def test_sign_ins_go_after_half_a_year(rider, phone, clock_at):
    clock_at(days=189)
    assert sign_ins.purge(by=System("test")) == 0
    clock_at(days=191)
    assert sign_ins.purge(by=System("test")) == 1


def test_every_page_of_ones_own_has_the_sign_out(phone):
    for address in [
        "/",
        "/claims/",
        "/messages/",
        "/sign-ins/",
        "/help/",
        "/how-much/",
        "/verify/",
        "/no-such/",
    ]:
        page = phone.get(address)
        assert 'action="/sign-out/"' in page.content.decode(), address
