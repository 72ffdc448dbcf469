"""Authenticator app and recovery codes: right codes once, wrong ones counted, nothing readable in a dump."""

import base64
import contextlib
import datetime as dt
import json

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.management import call_command
from django.db import connection

from tests.factories import PostFactory, UnionFactory, UserFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.accounts import notices, second_factor
from unionbenefits.accounts.models import AuthenticatorApp, RecoveryCode, User
from unionbenefits.accounts.second_factor import check_code, confirm_app, new_secret
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 25, 4, 0, 0, tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock so many seconds after noon."""

    def move(seconds: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=seconds))

    move(0)
    return move


def code_at(sealed: str, seconds: float, *, now: bool = False) -> str:
    """What the app shows so long after noon (or from now on), from the secret that the page shows."""
    secret = base64.b32decode(second_factor.secret_shown(sealed).replace(" ", ""))
    start = clock.now() if now else NOON
    return TOTP(secret, 6, SHA1(), 30).generate(int(start.timestamp() + seconds)).decode()


def refusal(**asked) -> str:
    with pytest.raises(Refusal) as refused:
        check_code(**asked)
    return refused.value.code


def test_app_is_stored_only_with_a_right_code_and_each_code_opens_once(at):
    user, sealed = UserFactory(), new_secret()
    with pytest.raises(Refusal) as wrong:
        confirm_app(by=user, sealed=sealed, code="000000")
    assert (wrong.value.code, AuthenticatorApp.objects.count()) == ("code_wrong", 0)
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    assert refusal(user=user, code=code_at(sealed, 0)) == "code_wrong"
    # A clock half a minute late or early is taken; more is not; and nothing older than what was used.
    at(60)
    assert check_code(user=user, code=code_at(sealed, 90)) == second_factor.APP
    assert refusal(user=user, code=code_at(sealed, 60)) == "code_wrong"
    at(300)
    assert refusal(user=user, code=code_at(sealed, 240)) == "code_wrong"
    assert check_code(user=user, code=f" {code_at(sealed, 270)[:3]} {code_at(sealed, 270)[3:]}") == "app"


def test_dump_of_the_database_holds_no_secret_and_no_code(at):
    user, sealed = UserFactory(), new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    codes = second_factor.make_codes(by=user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_authenticatorapp")
        stored = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT digest FROM accounts_recoverycode")
        digests = [bytes(row[0]) for row in cursor.fetchall()]
    shown = second_factor.secret_shown(sealed).replace(" ", "")
    assert base64.b32decode(shown) not in stored
    assert base64.b64encode(base64.b32decode(shown)) not in stored
    assert base64.b32decode(shown) not in base64.b64decode(sealed)
    assert len(set(digests)) == 10
    assert not any(code.replace("-", "").encode() in digest for code in codes for digest in digests)
    assert not any(shown in str(entry.data) for entry in Entry.objects.all())


def test_recovery_code_opens_once_however_it_is_typed_and_new_ones_void_the_old(at):
    user, sealed = UserFactory(), new_secret()
    with pytest.raises(Refusal) as early:
        second_factor.make_codes(by=user)
    assert early.value.code == "no_factor"
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    first = second_factor.make_codes(by=user)
    assert check_code(user=user, code=first[0].upper().replace("-", " ")) == second_factor.RECOVERY
    assert refusal(user=user, code=first[0]) == "code_wrong"
    assert refusal(user=user, code=first[1], recovery=False) == "code_wrong"
    assert refusal(user=UserFactory(), code=first[1]) == "code_wrong"
    assert second_factor.factors_of(user).codes_left == 9
    second = second_factor.make_codes(by=user)
    assert refusal(user=user, code=first[1]) == "code_wrong"
    assert check_code(user=user, code=second[1]) == second_factor.RECOVERY
    used = Entry.objects.filter(action="user.code_use").order_by("id").values_list("data", flat=True)
    assert list(used) == [{"left": 9}, {"left": 9}]


def test_five_wrong_codes_lock_the_second_step_for_a_quarter_of_an_hour(at):
    user, sealed = UserFactory(), new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    at(60)
    assert [refusal(user=user, code="000000") for _try in range(5)] == ["code_wrong"] * 5
    assert refusal(user=user, code=code_at(sealed, 60)) == "too_many_tries"
    at(60 + 15 * 60)
    assert check_code(user=user, code=code_at(sealed, 60 + 15 * 60)) == second_factor.APP


def test_reset_of_a_lost_device_needs_a_reason_ends_sessions_is_logged_and_told(at):
    administrator, user, sealed = UserFactory(name="陈管理"), UserFactory(), new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    second_factor.make_codes(by=user)
    bound = User.objects.get(pk=user.pk).get_session_auth_hash()
    for by, reason, code in ((administrator, " ", "reason_missing"), (user, "x", "own_account")):
        with pytest.raises(Refusal) as refused:
            second_factor.reset_factors(by=by, user=user, reason=reason)
        assert refused.value.code == code
    second_factor.reset_factors(by=administrator, user=user, reason="手机丢失,当面核对工作证")
    assert second_factor.factors_of(user) == second_factor.Factors(app=None, passkeys=0, codes_left=0)
    assert RecoveryCode.objects.count() == 0
    assert User.objects.get(pk=user.pk).get_session_auth_hash() != bound
    entry = Entry.objects.get(action="user.factors_reset")
    assert (entry.actor, entry.object_id) == (administrator.audit_name, str(user.pk))
    assert entry.data == {"reason": "手机丢失,当面核对工作证", "apps": 1, "passkeys": 0, "codes": 10}
    [told] = notices.tell_now(user)
    assert "陈管理" in told
    assert "手机丢失" in told


def test_last_factor_stays_where_one_is_required(at, settings):
    user, sealed = UserFactory(), new_secret()
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))
    second_factor.make_codes(by=user)
    settings.SECOND_FACTOR_REQUIRED = True
    with pytest.raises(Refusal) as refused:
        second_factor.remove_app(by=user)
    assert refused.value.code == "last_factor"
    settings.SECOND_FACTOR_REQUIRED = False
    second_factor.remove_app(by=user)
    assert second_factor.factors_of(user) == second_factor.Factors(app=None, passkeys=0, codes_left=0)


def test_command_resets_who_is_locked_out_within_the_posts_of_the_officer(at, capsys):
    sync_roles(by=SYSTEM)
    union, user, sealed = UnionFactory(), UserFactory(), new_secret()
    PostFactory(user=user, union=union)
    PostFactory(user=UserFactory(username="below"), union=union, role=Role.ADMINISTRATOR)
    PostFactory(user=UserFactory(username="beside"), union=UnionFactory(), role=Role.ADMINISTRATOR)
    confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0))

    def run(*arguments):
        with contextlib.suppress(SystemExit):
            call_command("reset_sign_in", user.username, "--json", *arguments)
        return json.loads(capsys.readouterr().out)

    beside = run("--reason", "当面核对", "--officer", "beside")
    assert (beside["refused"]["code"], second_factor.factors_of(user).has_any) == ("user_unknown", True)
    assert run("--reason", "当面核对", "--officer", "below") == {
        "refused": None,
        "user": user.username,
        "link": None,
    }
    assert second_factor.factors_of(user).has_any is False
    assert "/admin/set-password/" in run("--reason", "当面核对", "--link")["link"]
    by = Entry.objects.filter(action="user.factors_reset").order_by("id").values_list("actor", flat=True)
    assert list(by) == ["staff:below", "system:reset_sign_in"]
