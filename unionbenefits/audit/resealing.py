"""Key rotation: what is sealed under an older key is sealed anew under the active one, some rows at a time.

Nothing that anybody wrote changes, so neither history nor guards take part. Killed and begun again it goes on
with what is left: the ciphertext itself says which key it is under. Then the old key can leave the ring.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import BinaryField, Model
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.crypto.fields import SealedTextField
from unionbenefits.core.crypto.keyring import CannotOpen, keyring
from unionbenefits.core.errors import Refusal

AT_ONCE: Final = 2_000
_FILES_AT_ONCE: Final = 4
"""A file is up to 64 MB."""
_FILE_COLUMN: Final = "sealed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ciphertext; `label` is what its values are bound to, `at_once` how many go together."""

    model: type[Model]
    name: str
    label: str
    at_once: int

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.name}"


def sealed_columns() -> list[Column]:
    """Every sealed column, history tables and sealed files included, in a fixed order."""
    found = []
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                found.append(Column(model, str(field.column), field.label, AT_ONCE))
            elif type(field) is BinaryField and field.name == _FILE_COLUMN:
                label = f"{model._meta.label_lower}.{_FILE_COLUMN}"
                found.append(Column(model, str(field.column), label, _FILES_AT_ONCE))
    return sorted(found, key=str)


def stale(column: Column) -> int:
    """How many values are under another key than the active one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_table(column)} WHERE {_is_stale(column)}", _head())  # noqa: S608
        return int(cursor.fetchone()[0])


def reencrypt(*, by: Actor, at_once: int = AT_ONCE) -> dict[str, int]:
    """Seals anew what is under an older key; returns how many values by column. Again = nothing more.

    Each batch commits by itself. Raises Refusal `key_missing` where a value's key is not in the ring.
    """
    done = {}
    for column in sealed_columns():
        count = sum(_batches(column, min(at_once, column.at_once)))
        if count:
            done[str(column)] = count
    with act("keys.reencrypt", by=by) as doing:
        doing.data = {"key": keyring().active, "columns": done}
    return done


def _batches(column: Column, at_once: int) -> Iterator[int]:
    """Walks the table once, by key."""
    last = 0
    while True:
        with transaction.atomic():
            rows = _take(column, last, at_once)
            _write(column, [(key, _anew(column, sealed)) for key, sealed in rows])
        if not rows:
            return
        last = rows[-1][0]
        yield len(rows)


def _take(column: Column, last: int, at_once: int) -> list[tuple[int, bytes]]:
    key = _key(column)
    name = connection.ops.quote_name(column.name)
    with connection.cursor() as cursor:
        cursor.execute(
            # Names of tables and columns are the models' own.
            f"SELECT {key}, {name} FROM {_table(column)} WHERE {_is_stale(column)} AND {key} > %s "  # noqa: S608
            f"ORDER BY {key} LIMIT %s FOR NO KEY UPDATE",
            [*_head(), last, at_once],
        )
        return [(row[0], bytes(row[1])) for row in cursor.fetchall()]


def _write(column: Column, rows: list[tuple[int, bytes]]) -> None:
    if not rows:
        return
    key = _key(column)
    name = connection.ops.quote_name(column.name)
    triggers: list[Any] = getattr(column.model._meta, "triggers", [])
    guards = [f"{column.model._meta.label}:{trigger.name}" for trigger in triggers]
    sentence = (
        f"UPDATE {_table(column)} t SET {name} = v.sealed "  # noqa: S608
        f"FROM unnest(%s::bigint[], %s::bytea[]) AS v(key, sealed) WHERE t.{key} = v.key"
    )
    values: list[Any] = [[row[0] for row in rows], [row[1] for row in rows]]
    # Ignoring none by name would mean ignoring all.
    with pgtrigger.ignore(*guards or ["audit.Entry:audit_entry_is_kept"]), connection.cursor() as cursor:
        cursor.execute(sentence, values)


def _anew(column: Column, sealed: bytes) -> bytes:
    try:
        return keyring().seal_bytes(keyring().open_bytes(sealed, column.label), column.label)
    except CannotOpen as problem:
        raise Refusal(
            "key_missing",
            _("A value of %(column)s cannot be opened: its key is not in ENCRYPTION_KEYS.")
            % {"column": column},
        ) from problem


def _is_stale(column: Column) -> str:
    name = connection.ops.quote_name(column.name)
    return f"{name} IS NOT NULL AND substring({name} FROM 1 FOR %s) <> %s"


def _head() -> list[Any]:
    head = keyring().head
    return [len(head), head]


def _key(column: Column) -> str:
    key = column.model._meta.pk
    assert key is not None
    return connection.ops.quote_name(str(key.column))


def _table(column: Column) -> str:
    return connection.ops.quote_name(column.model._meta.db_table)
