"""Invariant 11: numbers and phones are unreadable in a dump without the keys, and masked on every screen."""

import io

import pytest
from django.contrib.admin import site
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import scene as scenes
from tests.factories import IdentityDocumentFactory, WorkerFactory
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.core.crypto.keyring import CannotOpen, keyring
from unionbenefits.workers.models import IdentityDocument, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    made = scenes.build()
    SmsMessage.objects.create(
        phone=made.own.phone, text=f"验证码 246802 {made.own.phone}", created_at=timezone.now()
    )
    return made


def dump() -> bytes:
    """Every row of every table as COPY writes them, which is what pg_dump does, history tables included."""
    whole = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public'")
        for schema, table in cursor.fetchall():
            raw = cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
            with raw.copy(f'COPY "{schema}"."{table}" TO STDOUT') as copy:
                for block in copy:
                    whole.write(bytes(block))
    return whole.getvalue()


def disguises(text: str) -> list[bytes]:
    """The text as it might stand in a dump: as itself, and as the hexadecimal digits of a bytea."""
    return [text.encode(), text.encode().hex().encode(), text.encode("utf-16-le").hex().encode()]


def test_a_dump_holds_no_number_no_phone_and_no_message(scene):
    text = dump()
    assert scene.own.enterprise.credit_code.encode() in text, "the dump is empty"
    for secret in (scene.own.number, scene.own.phone, scene.sibling.number, "246802"):
        for disguise in disguises(secret):
            assert disguise not in text, secret


def test_values_open_again_with_the_keys(scene):
    worker = Worker.objects.get(pk=scene.own.objects["workers.worker"].pk)
    assert worker.phone == scene.own.phone
    assert worker.documents.get().number == scene.own.number


def test_equal_numbers_are_sealed_differently_and_indexed_alike(scene):
    phone = "13800001111"
    first, second = WorkerFactory(phone=phone), WorkerFactory(phone=phone)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phone, phone_digest FROM workers_worker WHERE id IN (%s, %s)", [first.pk, second.pk]
        )
        (one, index_one), (two, index_two) = cursor.fetchall()
    assert bytes(one) != bytes(two)
    assert bytes(index_one) == bytes(index_two)


def test_a_value_moved_to_another_column_does_not_open(scene):
    sealed = keyring().seal(scene.own.number, "workers.identitydocument.number")
    with pytest.raises(CannotOpen):
        keyring().open(sealed, "workers.worker.phone")


def test_another_installation_opens_nothing(scene, settings):
    document = IdentityDocumentFactory()
    settings.ENCRYPTION_KEYS = "other:" + "A" * 43 + "="
    with pytest.raises(CannotOpen):
        IdentityDocument.objects.get(pk=document.pk)


def test_no_page_of_the_panel_shows_a_number_or_phone(client, scene):
    client.force_login(scene.officers["province_officer"])
    user = scene.officers["province_officer"]
    user.is_superuser = True
    user.save()
    secrets = (scene.own.number, scene.own.phone, scene.sibling.number, scene.sibling.phone)
    addresses = [reverse("admin:index")]
    for objects in scene.objects.values():
        for label, found in objects.items():
            if type(found) not in site._registry:
                continue
            app, model = label.split(".")
            addresses.append(reverse(f"admin:{app}_{model}_change", args=[found.pk]))
            addresses.append(reverse(f"admin:{app}_{model}_changelist"))
    addresses.append(reverse("admin:workers_worker_changelist") + "?q=甲某某")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert [secret for secret in secrets if secret in answer.content.decode()] == [], address
