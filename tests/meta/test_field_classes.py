"""Every stored field is classified, and personal ones are kept as their class says."""

import pytest
from django.apps import apps
from django.db.models import BinaryField

from tests.meta.field_classes import INDEXED, NOT_PERSONAL, PERSONAL, SEALED
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField

# Sealed as bytes by its verb, since it is a file and not a text.
SEALED_FILES = {
    "workers.rosterfile.sealed",
    "access.exportfile.sealed",
    "claims.paperfile.sealed",
    "claims.resultfile.sealed",
}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("unionbenefits.")]


def fields_of_models():
    """(label, field) of every concrete field; an event table's fields go by the name of the tracked model."""
    for model in our_models():
        tracked = getattr(model, "pgh_tracked_model", model)
        for field in model._meta.concrete_fields:
            if not field.name.startswith("pgh_"):
                yield f"{tracked._meta.label_lower}.{field.name}", field


def test_every_field_is_classified_once():
    stored = {label for label, _field in fields_of_models()}
    harmless = {f"{model}.{name}" for model, names in NOT_PERSONAL.items() for name in names.split()}
    assert stored - harmless - PERSONAL.keys() == set(), "new fields: say what they are in field_classes.py"
    assert (harmless | PERSONAL.keys()) - stored == set(), "fields that are gone"
    assert harmless & PERSONAL.keys() == set()


@pytest.mark.parametrize("label", sorted(PERSONAL))
def test_personal_fields_are_kept_as_classified(label):
    for stored, field in fields_of_models():
        if stored != label:
            continue
        if PERSONAL[label] == SEALED:
            assert isinstance(field, SealedTextField) or (
                label in SEALED_FILES and isinstance(field, BinaryField)
            )
        elif PERSONAL[label] == INDEXED:
            assert isinstance(field, BlindIndexField)
        else:
            assert not isinstance(field, SealedTextField | BlindIndexField)


def test_sealed_and_indexed_fields_are_known_as_personal():
    kinds = {
        label for label, field in fields_of_models() if isinstance(field, SealedTextField | BlindIndexField)
    }
    assert {label for label in kinds if PERSONAL.get(label) not in (SEALED, INDEXED)} == set()
