"""One-time links to set a password, the rules of passwords, and what a new password ends."""

import datetime as dt

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import UserFactory
from unionbenefits.accounts import notices, passwords
from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.core.errors import Refusal

GOOD = "lantern-river-orange-47"


def parts(link: str) -> tuple[str, str]:
    who, token = link.rstrip("/").split("/")[-2:]
    return who, token


@pytest.mark.django_db
def test_link_sets_a_password_once_and_is_logged_without_it(settings):
    administrator, officer = UserFactory(name="陈管理"), UserFactory(name="李干事")
    link = passwords.make_password_link(by=administrator, user=officer)
    assert link.startswith(f"{settings.PUBLIC_URL}/admin/set-password/")
    assert not User.objects.get(pk=officer.pk).has_usable_password()
    who, token = parts(link)
    passwords.set_password_by_link(who=who, token=token, password=GOOD)
    assert User.objects.get(pk=officer.pk).check_password(GOOD)
    with pytest.raises(Refusal) as again:
        passwords.set_password_by_link(who=who, token=token, password=GOOD + "x")
    assert again.value.code == "link_over"
    entries = Entry.objects.filter(object_type="accounts.user", object_id=str(officer.pk)).order_by("id")
    assert [(entry.action, entry.actor, entry.data) for entry in entries] == [
        ("user.password_link", administrator.audit_name, {}),
        ("user.password_set", officer.audit_name, {}),
    ]
    assert [text[:3] for text in notices.tell_now(officer)] == ["陈管理"]
    assert notices.tell_now(officer) == []


@pytest.mark.django_db
def test_newer_link_time_and_closing_void_a_link(settings, monkeypatch):
    administrator, officer = UserFactory(), UserFactory()
    older = parts(passwords.make_password_link(by=administrator, user=officer))
    newer = parts(passwords.make_password_link(by=administrator, user=officer))
    assert passwords.user_of_link(*older) is None
    assert passwords.user_of_link(*newer) == officer
    assert passwords.user_of_link(newer[0], newer[1] + "x") is None
    assert passwords.user_of_link("x" * 40, newer[1]) is None
    start = dt.datetime.now()
    monkeypatch.setattr(passwords._TOKENS, "_now", lambda: start + dt.timedelta(hours=72, minutes=1))
    assert passwords.user_of_link(*newer) is None
    monkeypatch.undo()
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert passwords.user_of_link(*newer) is None
    officer.refresh_from_db()
    for user, code in ((officer, "account_closed"), (administrator, "own_account")):
        with pytest.raises(Refusal) as refused:
            passwords.make_password_link(by=administrator, user=user)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        (GOOD, set()),
        ("correcthorse", set()),
        ("三间小屋在河边看灯火", set()),
        ("short-9x", {"password_too_short"}),
        ("13812345678", {"password_entirely_numeric", "password_is_number"}),
        ("phone13812345678", {"password_is_number"}),
        ("44069919900307001X", {"password_is_number"}),
        ("iloveyou1234", {"password_is_guessed"}),
        ("woaini5201314", {"password_is_guessed"}),
        ("Foshan@2026", {"password_is_guessed"}),
        ("P@ssw0rd2026", {"password_is_guessed"}),
        ("zhang19900307", {"password_is_guessed"}),
        ("1qaz2wsx3edc", {"password_is_guessed"}),
        ("aaaaaaaaaab", {"password_is_guessed"}),
        ("liganshi-xiaoming", {"password_has_name"}),
        ("我是李干事在办公室上班", {"password_has_name"}),
        ("password123", {"password_too_common", "password_is_guessed"}),
    ],
)
def test_password_rules_refuse_what_is_tried_first(password, codes):
    user = User(username="liganshi", name="李干事")
    found = set()
    try:
        validate_password(password, user)
    except ValidationError as error:
        found = {one.code for one in error.error_list}
    assert found - {"password_too_similar", "password_too_common"} == codes - {"password_too_common"}


@pytest.mark.django_db
def test_weak_password_through_a_link_is_refused_and_leaves_the_link(client):
    link = passwords.make_password_link(by=UserFactory(), user=UserFactory(username="wang.fang"))
    address = "/" + link.split("/", 3)[3]
    page = client.get(address)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    weak = client.post(address, {"password1": "5201314woaini", "password2": "5201314woaini"})
    assert (weak.status_code, list(weak.context["form"].errors)) == (422, ["password1"])
    unlike = client.post(address, {"password1": GOOD, "password2": GOOD + "x"})
    assert (unlike.status_code, list(unlike.context["form"].errors)) == (422, ["password2"])
    done = client.post(address, {"password1": GOOD, "password2": GOOD})
    assert (done.status_code, done.headers["Location"]) == (302, "/admin/login/")
    assert client.get(address).status_code == 410
