"""The door of the panel: password, second step, locked names, sessions that end, the factor that is due."""

import datetime as dt
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.urls import reverse

from tests.accounts.test_second_factor import NOON, code_at
from tests.factories import UserFactory
from unionbenefits.accounts import second_factor, staff_sessions
from unionbenefits.accounts.models import User
from unionbenefits.accounts.second_factor import confirm_app, new_secret
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-river-orange-47"
DOOR, HOME = "/admin/login/", "/admin/"


@pytest.fixture
def user():
    made = UserFactory(username="wang.fang")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def at(monkeypatch):
    """Sets the clock so many minutes after noon."""

    def move(minutes: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=minutes))

    move(0)
    return move


def enter(client, name="wang.fang", password=PASSWORD, **more):
    return client.post(DOOR, {"username": name, "password": password, **more})


def opens(client) -> bool:
    return client.get(reverse("admin:my_sign_in")).status_code == 200


def test_wrong_password_and_unknown_name_answer_alike_and_lock_alike(client, user, at):
    known = [enter(client, password="wrong").content for _try in range(5)]
    unknown = [enter(client, name="nobody.here", password="wrong").content for _try in range(5)]
    locked = [enter(client, name=name).content for name in ("WANG.FANG", "wang.fang", "nobody.here")]
    hidden = re.compile(
        rb'name="csrfmiddlewaretoken" value="[^"]+"|value="[^"]*(?:wang.fang|WANG.FANG|nobody.here)"'
    )
    assert len({hidden.sub(b"", page) for page in known + unknown}) == 1
    assert len({hidden.sub(b"", page) for page in locked}) == 1
    assert b"12:15" in locked[0]
    logged = Entry.objects.order_by("id").values_list("action", "actor", "object_id", "data")
    failed = ("user.sign_in_failed", "system:sign-in")
    lock = ("user.locked", "system:sign-in")
    mine = [(*failed, str(user.pk), {})] * 5 + [(*lock, str(user.pk), {})]
    assert list(logged) == mine + [(*failed, "", {})] * 5 + [(*lock, "", {})]
    at(15)
    assert enter(client).headers["Location"] == HOME


def test_password_is_hashed_once_whether_the_name_exists_or_not(client, user, monkeypatch):
    hashed = []
    real = User.set_password
    monkeypatch.setattr(User, "set_password", lambda self, raw: (hashed.append("made"), real(self, raw))[1])
    check = User.check_password
    monkeypatch.setattr(
        User, "check_password", lambda self, raw: (hashed.append("checked"), check(self, raw))[1]
    )
    enter(client, password="wrong")
    enter(client, name="nobody.here", password="wrong")
    User.objects.filter(pk=user.pk).update(is_active=False)
    enter(client)
    assert hashed == ["checked", "made", "checked"]


def test_one_address_may_not_try_many_names(client, user, at, monkeypatch):
    monkeypatch.setattr(
        "unionbenefits.accounts.staff_sign_in.ADDRESS_LIMIT",
        second_factor.Limit("a", 3, dt.timedelta(hours=1)),
    )
    pages = [enter(client, name=f"name{number}", password="x").content.decode() for number in range(4)]
    assert ["13:00" in page for page in pages] == [False, False, False, True]
    assert "13:00" in enter(client).content.decode()
    begun = client.post(reverse("admin:passkey_begin"))
    assert (begun.status_code, "13:00" in begun.json()["refusal"]) == (429, True)
    assert "13:00" in client.post(reverse("admin:passkey_enter")).content.decode()


def test_administrator_sees_locked_names_below_and_opens_them(office, client, at):
    officer, administrator = office.preparer, office.officers["administrator"]
    for _try in range(5):
        enter(client, name=officer.username, password="wrong")
    client.force_login(administrator)
    listed = client.get(reverse("admin:locked_list")).context["locked"]
    assert [(one.user, one.second) for one in listed] == [(officer, False)]
    of_officer = reverse("admin:staff_sign_in", args=[officer.pk])
    assert client.post(of_officer, {"act": "unlock"}).status_code == 302
    assert client.get(reverse("admin:locked_list")).context["locked"] == []
    assert Entry.objects.filter(action="user.unlock", object_id=str(officer.pk)).count() == 1
    outside = reverse("admin:staff_sign_in", args=[office.officers["sibling_officer"].pk])
    assert client.get(outside).status_code == 404
    own = client.post(reverse("admin:staff_sign_in", args=[administrator.pk]), {"act": "unlock"})
    assert own.status_code == 404
    link = client.post(of_officer, {"act": "link"}).context["link"]
    assert client.get("/" + link.split("/", 3)[3]).status_code == 200


def test_second_step_follows_the_password_and_nothing_opens_before_it(client, user, at):
    sealed = new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    codes = second_factor.make_codes(by=user)
    wanted = reverse("admin:my_sign_in")
    asked = enter(client, next=wanted)
    assert asked.headers["Location"] == reverse("admin:second_step")
    assert not opens(client)
    wrong = client.post(asked.headers["Location"], {"proof_code": "000000"})
    assert (wrong.status_code, opens(client)) == (200, False)
    at(1)
    done = client.post(asked.headers["Location"], {"proof_code": code_at(sealed, 60)})
    assert done.headers["Location"] == wanted
    assert opens(client)
    assert wanted in client.get(HOME).content.decode()
    client.post(reverse("admin:logout"))
    enter(client)
    recovered = client.post(reverse("admin:second_step"), {"recovery_code": codes[0]})
    assert recovered.headers["Location"] == reverse("admin:my_sign_in")
    with_ = Entry.objects.filter(action="user.sign_in").order_by("id").values_list("data", flat=True)
    assert list(with_) == [{"with": "app"}, {"with": "recovery"}]


def test_second_step_is_void_after_ten_minutes_and_after_a_new_password(client, user, at):
    sealed = new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    enter(client)
    at(11)
    late = client.post(reverse("admin:second_step"), {"proof_code": code_at(sealed, 660)})
    assert late.headers["Location"] == reverse("admin:login")
    enter(client)
    user.set_password(PASSWORD + "x")
    user.save()
    changed = client.post(reverse("admin:second_step"), {"proof_code": code_at(sealed, 660)})
    assert changed.headers["Location"] == reverse("admin:login")


def test_sign_in_goes_only_to_pages_of_this_site_and_under_a_new_session_key(client, user):
    client.session["planted"] = "x"
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    answer = enter(client, next="https://elsewhere.example/admin/")
    assert answer.headers["Location"] == HOME
    assert client.session.session_key != before
    assert "planted" not in client.session


def test_session_ends_when_idle_and_when_old(client, user, at, settings):
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 30, 10
    enter(client)
    at(29)
    assert opens(client)
    at(58)
    # Parts that a page fetches by itself are not a person who is there.
    assert client.get(reverse("admin:my_sign_in"), headers={"HX-Request": "true"}).status_code == 200
    at(59.5)
    over = client.get(reverse("admin:my_sign_in"), headers={"HX-Request": "true"})
    assert (over.status_code, over.headers["HX-Redirect"]) == (204, DOOR)
    enter(client)
    for minutes in range(80, 600 + 50, 20):
        at(minutes)
        assert opens(client)
    at(59.5 + 600)
    assert client.get(reverse("admin:my_sign_in")).headers["Location"].startswith(DOOR)


def test_sessions_end_with_the_account_the_password_and_by_hand(client, user, settings):
    other = type(client)()
    enter(client)
    enter(other)
    assert client.post(reverse("admin:sessions_end")).status_code == 302
    assert (opens(client), opens(other)) == (True, False)
    enter(other)
    form = {
        "proof_password": PASSWORD,
        "password1": "quiet-harbour-lamp-8",
        "password2": "quiet-harbour-lamp-8",
    }
    assert client.post(reverse("admin:password_change"), {**form, "proof_password": "no"}).status_code == 422
    assert client.post(reverse("admin:password_change"), form).status_code == 302
    assert (opens(client), opens(other)) == (True, False)
    enter(other, password="quiet-harbour-lamp-8")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert (opens(client), opens(other)) == (False, False)


def test_password_is_set_with_the_second_factor_where_there_is_no_old_one(client, user, at):
    sealed = new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    at(1)
    address = reverse("admin:password_change")
    assert client.get(address).context["without_old"] is True
    new = {"password1": "quiet-harbour-lamp-8", "password2": "quiet-harbour-lamp-8"}
    assert client.post(address, {**new, "proof_code": "000000"}).status_code == 422
    assert client.post(address, {**new, "proof_code": code_at(sealed, 60)}).status_code == 302
    assert opens(client)
    assert User.objects.get(pk=user.pk).check_password("quiet-harbour-lamp-8")


def test_changed_rights_renew_the_session_key_and_ask_for_a_proof(client, user, at, settings):
    settings.PROOF_MINUTES = 15
    enter(client)
    key = client.session.session_key
    at(1)
    staff_sessions.note_rights([user.pk])
    at(2)
    assert opens(client)
    assert client.session.session_key != key
    assert client.post(reverse("admin:sessions_end")).status_code == 403


def test_person_without_second_factor_is_led_to_set_one_up_first(client, user, at, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    enter(client)
    first = reverse("admin:factor_first")
    for name in ("index", "my_sign_in", "password_change", "roster_list", "recovery_codes"):
        assert client.get(reverse(f"admin:{name}")).headers["Location"] == first, name
    assert client.get(first).status_code == 200
    app = reverse("admin:factor_app")
    client.post(app, {"act": "begin"})
    page = client.get(app).context
    assert page["picture"].startswith("data:image/svg+xml;base64,")
    sealed = client.session["app_secret"]
    assert client.post(app, {"act": "confirm", "code": "000000"}).status_code == 422
    done = client.post(app, {"act": "confirm", "code": code_at(sealed, 0)})
    assert done.headers["Location"] == reverse("admin:recovery_codes")
    made = client.post(reverse("admin:recovery_codes"))
    assert len(made.context["made"]) == 10
    assert opens(client)
    assert client.get(reverse("admin:recovery_codes")).context["made"] == []


def test_session_that_showed_no_factor_is_over_once_the_person_has_one(client, user, at, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(user)
    sealed = new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    assert client.get(reverse("admin:factor_app")).headers["Location"].startswith(DOOR)


def test_production_asks_for_a_second_factor_and_for_proofs_unless_told_otherwise(tmp_path):
    told = {
        "UNIONBENEFITS_MODE": "production",
        "UNIONBENEFITS_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/none",
        "SECRET_KEY": "x" * 50,
        "ENCRYPTION_KEYS": configured.ENCRYPTION_KEYS,
        "BLIND_INDEX_KEY": configured.BLIND_INDEX_KEY,
        "SIGNING_KEYS": configured.SIGNING_KEYS,
        "ALLOWED_HOSTS": "benefits.example.org",
        "PUBLIC_URL": "https://benefits.example.org",
        "SMS_BACKEND": "console",
    }
    ask = (
        "import json; from unionbenefits import settings as s; print(json.dumps([s.DEMO, s.SECOND_FACTOR_REQUIRED,"
        "s.PROOF_MINUTES, s.STAFF_IDLE_MINUTES, s.STAFF_SESSION_HOURS, s.PASSKEY_HOST]))"
    )
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH")}

    def read(**more):
        done = subprocess.run(
            [sys.executable, "-c", ask], env=kept | told | more, capture_output=True, text=True, check=True,
            cwd=configured.BASE_DIR,
        )  # fmt: skip
        return json.loads(done.stdout)

    assert read() == [False, True, 15, 30, 10, "benefits.example.org"]
    assert read(SECOND_FACTOR_REQUIRED="off", PROOF_MINUTES="0")[1:3] == [False, 0]
