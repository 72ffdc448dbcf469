"""The taps of filing, for tests: begin, keep a step, add a photo, send."""

import datetime as dt
import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.claims.scene import photo
from unionbenefits.claims.consents import MEDICAL_VERSION
from unionbenefits.core import clock

FIGURES = {
    "total": "37,000.00",
    "pooled_fund": "28000",
    "self_paid": "￥7000",
    "own_expense": "2000",
    "invoice_no": "粤 0012345",
}
PAYEE = {"holder": "self", "account": "9999 9900 0000 0000 014", "bank_name": "测试银行"}


def days_ago(days: int) -> str:
    return (clock.today() - dt.timedelta(days=days)).isoformat()


def stay(**change):
    return {"hospital": "测试人民医院", "admitted": days_ago(10), "discharged": days_ago(3)} | change


def begun(phone, key=None):
    """The key of a draft that was begun with one tap."""
    answer = phone.post("/claims/new/", {"key": key or uuid.uuid4()})
    return int(re.fullmatch(r"/claims/(\d+)/step/1/", answer.headers["Location"])[1])


def keep(phone, pk, step, **values):
    return phone.post(f"/claims/{pk}/step/{step}/", values)


def add(phone, pk, kind, *contents):
    files = [named(content, f"{kind}{at}.jpg") for at, content in enumerate(contents)]
    return phone.post(f"/claims/{pk}/papers/", {"kind": kind, "files": files})


def named(content, name):
    return SimpleUploadedFile(name, content)


def ready(phone, **payee):
    """A draft with all that is needed."""
    pk = begun(phone)
    keep(phone, pk, 1, **stay())
    keep(phone, pk, 2, **FIGURES)
    for at, kind in enumerate(("statement", "invoice", "discharge")):
        add(phone, pk, kind, photo(pk * 10 + at))
    keep(phone, pk, 4, **PAYEE | payee)
    return pk


def send(phone, pk, consent=MEDICAL_VERSION):
    return phone.post(f"/claims/{pk}/send/", {"consent": consent})


def words(answer):
    body = re.sub(r"<head>.*?</head>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", body)
