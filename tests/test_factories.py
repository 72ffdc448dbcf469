import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    AllotmentFactory,
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    UnionFactory,
)

pytestmark = pytest.mark.django_db


def test_factories_make_valid_rows():
    CoverageFactory()
    AllotmentFactory(enterprise=EnterpriseFactory())
    document = IdentityDocumentFactory()
    document.refresh_from_db()
    assert len(document.number) == 18


def test_live_document_belongs_to_one_worker():
    first = IdentityDocumentFactory()
    with pytest.raises(IntegrityError, match="document_belongs_to_one_worker"), transaction.atomic():
        IdentityDocumentFactory(number=first.number)


def test_union_tree_reaches_children():
    root = UnionFactory()
    child = UnionFactory(parent=root)
    assert child.path.startswith(root.path)
