"""How a message leaves the house: the job, the file and the HTTP gateway against a server on loopback."""

import datetime as dt
import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from unionbenefits.accounts import actions, delivery
from unionbenefits.accounts.enums import SmsKind, SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.accounts.sms import gateway
from unionbenefits.accounts.sms.errors import NotAccepted
from unionbenefits.audit.actors import System
from unionbenefits.core import jobs

BY = System("test")
PHONE, TEXT = "13800138000", "您的登录验证码是 012345"


class FakeGateway:
    """A gateway that keeps what it was sent and answers what it was told to, in order, then 200."""

    def __init__(self):
        self.requests, self.answers = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((dict(self.headers), json.loads(body)))
                self.send_response(outer.answers.pop(0) if outer.answers else 200)
                self.send_header("Location", outer.url + "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def fake(settings, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    fake = FakeGateway()
    settings.SMS_BACKEND, settings.SMS_HTTP_URL, settings.SMS_HTTP_TOKEN = "http", fake.url + "/sms", "t0ken"
    yield fake
    fake.stop()


@pytest.fixture
def sms_file(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE = "file", tmp_path / "new" / "sms.log"
    return settings.SMS_FILE


def message(**given):
    return actions.queue_message(**({"kind": SmsKind.CODE, "phone": PHONE, "text": TEXT, "by": BY} | given))


@pytest.mark.django_db
def test_http_message_goes_out_once_with_token_and_key(fake):
    made = message()
    delivery.send_message(message_id=made.pk)
    delivery.send_message(message_id=made.pk)
    [(headers, body)] = fake.requests
    assert body == {"phone": PHONE, "text": TEXT, "key": str(made.key)}
    assert headers["Authorization"] == "Bearer t0ken"
    assert headers["Idempotency-Key"] == str(made.key)
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    made.refresh_from_db()
    assert (made.state, made.tries, made.error, made.text) == (SmsState.SENT, 1, "", "")
    assert made.sent_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_http_trouble_is_tried_again_under_the_same_key(fake, status):
    fake.answers = [status]
    made = message()
    with pytest.raises(NotAccepted):
        delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.tries, made.error, made.text) == (SmsState.QUEUED, 1, f"HTTP {status}", TEXT)
    delivery.send_message(message_id=made.pk)
    assert [headers["Idempotency-Key"] for headers, _ in fake.requests] == [str(made.key)] * 2
    made.refresh_from_db()
    assert (made.state, made.tries) == (SmsState.SENT, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 401, 403, 422, 302])
def test_http_refusal_is_final(fake, status):
    fake.answers = [status]
    made = message()
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.error, made.text) == (SmsState.FAILED, f"HTTP {status}", "")
    assert len(fake.requests) == 1


@pytest.mark.django_db
def test_http_conflict_means_already_accepted(fake):
    fake.answers = [409]
    made = message()
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert made.state == SmsState.SENT


@pytest.mark.django_db
def test_http_gateway_that_is_down_is_given_up_after_five_tries(fake):
    fake.stop()
    made = message()
    for _ in range(4):
        with pytest.raises(NotAccepted):
            delivery.send_message(message_id=made.pk)
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.tries, made.error, made.text) == (SmsState.FAILED, 5, "URLError", "")
    fake.thread, fake.server.shutdown = threading.Thread(), lambda: None
    fake.thread.join = lambda: None


@pytest.mark.django_db
def test_code_that_is_too_late_is_not_sent(fake):
    made = message(send_until=timezone.now() - dt.timedelta(seconds=1))
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.error, made.text, fake.requests) == (SmsState.FAILED, "too late", "", [])


@pytest.mark.django_db
def test_withheld_message_is_never_sent(fake):
    made = message(phone="", text="")
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert (made.state, fake.requests) == (SmsState.WITHHELD, [])


@pytest.mark.django_db
def test_message_that_was_purged_is_no_fault(fake):
    delivery.send_message(message_id=123456789)
    assert fake.requests == []


@pytest.mark.django_db
def test_file_gateway_writes_one_private_line_a_message(sms_file):
    first, second = message(), message(phone="13900139000")
    for made in (first, second):
        delivery.send_message(message_id=made.pk)
    lines = [json.loads(line) for line in sms_file.read_text(encoding="utf-8").splitlines()]
    assert [(line["phone"], line["text"], line["key"]) for line in lines] == [
        (PHONE, TEXT, str(first.key)),
        ("13900139000", TEXT, str(second.key)),
    ]
    assert stat.S_IMODE(sms_file.stat().st_mode) == 0o600


def test_console_gateway_prints(settings, capsys):
    settings.SMS_BACKEND = "console"
    gateway().send(phone=PHONE, text=TEXT, key="k1")
    assert capsys.readouterr().err == f"SMS k1 to {PHONE}: {TEXT}\n"


def test_unknown_backend_stops_with_a_sentence(settings):
    settings.SMS_BACKEND = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="console, file, http"):
        gateway()


@pytest.mark.django_db
def test_token_is_not_sent_to_an_address_that_is_not_http(settings):
    settings.SMS_BACKEND, settings.SMS_HTTP_URL = "http", "file:///etc/passwd"
    made = message()
    delivery.send_message(message_id=made.pk)
    made.refresh_from_db()
    assert made.state == SmsState.FAILED


@pytest.mark.django_db(transaction=True)
def test_job_sends_what_was_committed(sms_file):
    actions.request_code(
        subject="7", document="440699199003070019", phone=PHONE, address="198.51.100.7", by=BY
    )
    actions.request_code(
        subject="", document="440699199003070035", phone="13900139000", address="198.51.100.7", by=BY
    )
    jobs.run_waiting()
    [line] = [json.loads(line) for line in sms_file.read_text(encoding="utf-8").splitlines()]
    assert line["phone"] == PHONE
    assert sorted(SmsMessage.objects.values_list("state", flat=True)) == ["sent", "withheld"]
