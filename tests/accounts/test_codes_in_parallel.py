"""Limits and single use hold between processes: many real connections at once (case C140)."""

import re
import threading

import pytest
from django.db import connection

from unionbenefits.accounts import actions
from unionbenefits.accounts.models import SmsCode, SmsMessage
from unionbenefits.audit.actors import System
from unionbenefits.core.errors import Refusal

BY = System("test")
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(count, work):
    """What `count` threads, let go together, answered."""
    gate, answers = threading.Barrier(count), []

    def run(n):
        try:
            gate.wait()
            answers.append(work(n))
        except Refusal as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_limits_hold_when_many_ask_at_once():
    def ask(n):
        actions.request_code(
            subject="7", document="440699199003070019", phone="13800138000", address=f"198.51.100.{n}", by=BY
        )
        return "sent"

    answers = at_once(16, ask)
    assert sorted(answers) == ["sent"] * 3 + ["too_many_tries"] * 13
    assert SmsCode.objects.count() == 3


def test_code_opens_once_when_used_many_times_at_once():
    token = actions.request_code(
        subject="7", document="440699199003070019", phone="13800138000", address="198.51.100.1", by=BY
    )
    code = re.search(r"\d{6}", SmsMessage.objects.get().text)[0]
    answers = at_once(12, lambda _n: actions.verify_code(token=token, code=code, by=BY).subject)
    assert sorted(answers) == ["7"] + ["code_over"] * 11


def test_wrong_codes_at_once_are_each_counted():
    token = actions.request_code(
        subject="7", document="440699199003070019", phone="13800138000", address="198.51.100.1", by=BY
    )
    code = re.search(r"\d{6}", SmsMessage.objects.get().text)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    answers = at_once(12, lambda _n: actions.verify_code(token=token, code=wrong, by=BY).subject)
    assert sorted(answers) == ["code_burnt"] * 8 + ["code_wrong"] * 4
    assert SmsCode.objects.get().tries == 5
