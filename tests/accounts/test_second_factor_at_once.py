"""One code opens once, however many hands type it at the same moment."""

import pytest

from tests.accounts.test_second_factor import code_at
from tests.at_once import at_once
from tests.factories import UserFactory
from unionbenefits.accounts import passwords, second_factor
from unionbenefits.accounts.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_codes_and_links_open_once_under_simultaneous_use():
    user, sealed = UserFactory(), second_factor.new_secret()
    second_factor.confirm_app(by=user, sealed=sealed, code=code_at(sealed, 0, now=True))
    code, recovery = code_at(sealed, 30, now=True), second_factor.make_codes(by=user)[0]
    tries = [lambda: second_factor.check_code(user=user, code=code)] * 3
    assert sorted(at_once(tries)) == ["app", "code_wrong", "code_wrong"]
    tries = [lambda: second_factor.check_code(user=user, code=recovery)] * 3
    assert sorted(at_once(tries)) == ["code_wrong", "code_wrong", "recovery"]
    who, token = passwords.make_password_link(by=UserFactory(), user=user).rstrip("/").split("/")[-2:]
    words = ["lantern-river-orange-47", "quiet-harbour-lamp-8"]
    done = at_once(
        [
            lambda word=word: passwords.set_password_by_link(who=who, token=token, password=word)
            for word in words
        ]
    )
    assert sorted(str(one) for one in done) == sorted(["link_over", str(user)])
    assert sum(User.objects.get(pk=user.pk).check_password(word) for word in words) == 1
