"""Key rotation: everything is sealed anew, also after an interruption; then the old key can go."""

import json

import pytest
from django.core.management import call_command

from tests.claims.scene import build
from tests.factories import IdentityDocumentFactory, WorkerFactory, resident_number
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.resealing import reencrypt, sealed_columns, stale
from unionbenefits.claims.integrity import examine
from unionbenefits.claims.models import Claim, PaperFile
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.workers.models import IdentityDocument, Worker

pytestmark = pytest.mark.django_db
NUMBER = resident_number(617)
NEW = "next:" + "N" * 43 + "="


@pytest.fixture
def old(settings):
    """A person with a filed claim and its papers, sealed under the key before; then a newer key comes first."""
    claim = build().filed()
    IdentityDocumentFactory(worker=claim.worker, number=NUMBER)
    WorkerFactory(phone="13800138117")
    settings.ENCRYPTION_KEYS = f"{NEW},{settings.ENCRYPTION_KEYS}"
    return claim


def left():
    return sum(stale(column) for column in sealed_columns())


def run(capsys, *arguments):
    try:
        call_command("reencrypt", *arguments, "--json")
        code = 0
    except SystemExit as end:
        code = end.code
    return code, json.loads(capsys.readouterr().out)


def test_everything_is_sealed_anew_and_the_old_key_can_go(old, settings, capsys):
    before = left()
    events = Worker.pgh_event_model.objects.count()
    assert run(capsys, "--dry-run")[1]["total"] == before > 0
    code, answer = run(capsys, "--batch", "2")
    assert (code, answer["total"], answer["key"], left()) == (0, before, "next", 0)
    assert run(capsys)[1]["total"] == 0
    assert Worker.pgh_event_model.objects.count() == events
    settings.ENCRYPTION_KEYS = NEW
    assert IdentityDocument.objects.get(worker=old.worker).number == NUMBER
    assert Claim.objects.get(pk=old.pk).account == old.account
    assert [version.sealed for version in old.versions.all()] != []
    file = PaperFile.objects.first()
    assert keyring().open_bytes(bytes(file.sealed), "claims.paperfile.sealed")
    assert examine().faults == ()


def test_an_interrupted_run_goes_on_with_the_rest(old, monkeypatch):
    before = left()
    with monkeypatch.context() as patch:
        patch.setattr("unionbenefits.audit.resealing.sealed_columns", lambda: sealed_columns()[:4])
        first = sum(reencrypt(by=SYSTEM).values())
    assert left() == before - first
    assert sum(reencrypt(by=SYSTEM).values()) == before - first


def test_a_missing_key_is_named_and_nothing_is_lost(old, settings, capsys):
    settings.ENCRYPTION_KEYS = NEW
    before = left()
    code, answer = run(capsys)
    assert (code, answer["refused"]["code"], left()) == (1, "key_missing", before)
