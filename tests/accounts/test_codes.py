"""One-time codes: cases C140 and C142."""

import datetime as dt
import re
import uuid

import pytest
from django.utils import timezone, translation

from unionbenefits.accounts import actions
from unionbenefits.accounts.enums import SmsState
from unionbenefits.accounts.models import SmsCode, SmsMessage, Throttle
from unionbenefits.accounts.throttling import TooMany
from unionbenefits.audit.actors import System
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

pytestmark = pytest.mark.django_db
BY = System("test")
PERSON = {"document": "440699199003070019", "phone": "13800138000", "address": "198.51.100.7"}


def ask(subject="7", **given):
    return actions.request_code(subject=subject, by=BY, **(PERSON | given))


def newest_code():
    return re.search(r"\d{6}", SmsMessage.objects.latest("id").text)[0]


def refusal_of(token, code):
    with pytest.raises(Refusal) as caught:
        actions.verify_code(token=token, code=code, by=BY)
    return caught.value.code


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def later(monkeypatch):
    """Stops the clock, and sets it to so much after its start."""
    start = timezone.now()

    def move(**by):
        monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(**by))

    move()
    return move


def test_code_opens_its_subject_once():
    token = ask()
    code = newest_code()
    proof = actions.verify_code(token=token, code=code, by=BY)
    assert proof.subject == "7"
    assert refusal_of(token, code) == "code_over"


def test_code_with_leading_zero_is_text(monkeypatch):
    monkeypatch.setattr(actions.secrets, "randbelow", lambda _: 12345)
    token = ask()
    assert newest_code() == "012345"
    assert refusal_of(token, "12345") == "code_wrong"
    assert actions.verify_code(token=token, code="012345", by=BY).subject == "7"


def test_fifth_wrong_code_burns_it_for_the_right_one_too():
    token = ask()
    code = newest_code()
    answers = [refusal_of(token, other_than(code)) for _ in range(5)]
    assert answers == ["code_wrong"] * 4 + ["code_burnt"]
    assert refusal_of(token, code) == "code_burnt"
    assert Entry.objects.filter(action="accounts.code_burnt", data={"attempt": str(token)}).count() == 1


def test_new_code_after_a_burnt_one_works_and_the_old_one_does_not():
    old_token = ask()
    old_code = newest_code()
    for _ in range(5):
        refusal_of(old_token, other_than(old_code))
    token = ask()
    code = newest_code()
    assert refusal_of(old_token, old_code) == "code_burnt"
    if old_code != code:
        assert refusal_of(token, old_code) == "code_wrong"
    assert actions.verify_code(token=token, code=code, by=BY).subject == "7"


def test_code_of_another_attempt_is_refused(monkeypatch):
    numbers = iter([111111, 222222])
    monkeypatch.setattr(actions.secrets, "randbelow", lambda _: next(numbers))
    token_a = ask(subject="7")
    token_b = ask(subject="8", phone="13900139000", document="440699199003070035")
    assert refusal_of(token_b, "111111") == "code_wrong"
    assert refusal_of(token_a, "222222") == "code_wrong"


def test_expired_code_is_over(later):
    token = ask()
    code = newest_code()
    later(minutes=10)
    assert refusal_of(token, code) == "code_over"


def test_code_works_until_the_last_second(later):
    token = ask()
    code = newest_code()
    later(minutes=9, seconds=59)
    assert actions.verify_code(token=token, code=code, by=BY).subject == "7"


def test_unknown_attempt_is_over():
    assert refusal_of(uuid.uuid4(), "000000") == "code_over"


def test_nobody_gets_the_same_rows_and_no_message(django_assert_num_queries):
    with django_assert_num_queries(12):
        ask(subject="7")
    with django_assert_num_queries(12):
        ask(subject="", phone="13900139000", document="440699199003070035")
    known, nobody = SmsMessage.objects.order_by("id")
    assert (known.state, known.phone) == (SmsState.QUEUED, PERSON["phone"])
    assert (nobody.state, nobody.phone, nobody.text) == (SmsState.WITHHELD, "", "")
    assert SmsCode.objects.count() == 2


def test_right_digits_for_nobody_are_wrong(monkeypatch):
    monkeypatch.setattr(actions.secrets, "randbelow", lambda _: 424242)
    token = ask(subject="")
    assert refusal_of(token, "424242") == "code_wrong"
    assert refusal_of(token, "424242") == "code_wrong"


def test_message_says_nothing_but_the_code():
    for language, words in [("zh-hans", "验证码"), ("en", "sign-in code")]:
        with translation.override(language):
            ask(phone=f"1380013800{len(language) % 10}")
        text = SmsMessage.objects.latest("id").text
        assert words in text
        assert re.findall(r"\d{3,}", text) == [newest_code()]


def test_fourth_request_for_a_pair_waits_half_an_hour(later):
    for _ in range(3):
        ask()
    with pytest.raises(TooMany) as caught:
        ask()
    assert caught.value.code == "too_many_tries"
    assert SmsCode.objects.count() == 3
    later(minutes=31)
    assert ask()


def test_signing_in_opens_the_pair_again():
    for _ in range(3):
        token = ask()
    actions.verify_code(token=token, code=newest_code(), by=BY)
    assert ask()


@pytest.mark.parametrize("kept", ["phone", "document"])
def test_sixth_request_in_an_hour_is_refused_from_whatever_address(kept):
    def attempt(n):
        given = {"phone": f"138001380{n:02}", "document": f"X{n:07}", "address": f"198.51.100.{n}"}
        ask(**(given | {kept: PERSON[kept]}))

    for n in range(5):
        attempt(n)
    with pytest.raises(TooMany):
        attempt(99)


def test_eleventh_request_of_a_day_is_refused(later):
    for n in range(10):
        later(hours=2 * n)
        ask(document=f"X{n:07}")
    later(hours=20)
    with pytest.raises(TooMany):
        ask(document="X7654321")
    later(hours=25)
    assert ask(document="X7654321")


def test_address_is_limited_over_all_persons():
    for n in range(120):
        ask(phone=f"138{n:08}", document=f"X{n:07}")
    with pytest.raises(TooMany):
        ask(phone="13799999999", document="X7654321")
    assert ask(phone="13799999999", document="X7654321", address="198.51.100.8")


def test_refused_request_counts_nowhere():
    for _ in range(3):
        ask()
    with pytest.raises(TooMany):
        ask()
    counts = set(Throttle.objects.values_list("limit", "count"))
    assert counts == {
        (name, 3)
        for name in (
            "code.pair",
            "code.phone.hour",
            "code.phone.day",
            "code.document.hour",
            "code.document.day",
            "code.address.hour",
            "code.address.day",
        )
    }


def test_thousand_wrong_codes_from_many_addresses_are_never_more_than_25_looks():
    """C140: a guesser who asks again and again gets five looks at each of five codes an hour."""
    looked = 0
    for n in range(200):
        try:
            token = ask(document=f"X{n:07}", address=f"198.51.{n // 250}.{n % 250}")
        except TooMany:
            continue
        code = newest_code()
        for _ in range(5):
            looked += refusal_of(token, other_than(code)) in ("code_wrong", "code_burnt")
    assert looked == 25


def test_dump_holds_neither_code_nor_phone():
    ask()
    code = newest_code()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM accounts_smscode t UNION ALL SELECT t::text FROM accounts_smsmessage t"
        )
        text = " ".join(row[0] for row in cursor.fetchall())
    plain = [code.encode().hex(), PERSON["phone"], PERSON["phone"].encode().hex(), PERSON["document"]]
    assert [piece for piece in plain if piece in text] == []


def test_traces_go_after_their_time(later):
    ask()
    later(days=189)
    assert actions.purge_traces(by=BY) == 7
    later(days=191)
    assert actions.purge_traces(by=BY) == 2
    assert (SmsCode.objects.count(), SmsMessage.objects.count(), Throttle.objects.count()) == (0, 0, 0)
    assert actions.purge_traces(by=BY) == 0


def test_a_limit_that_ends_on_another_day_says_the_day(monkeypatch):
    now = dt.datetime(2026, 3, 2, 20, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert "23:30" in str(TooMany(now + dt.timedelta(hours=3, minutes=30)))
    assert "2026-03-03 02:00" in str(TooMany(now + dt.timedelta(hours=6)))
