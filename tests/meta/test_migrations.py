"""Migrations say what they do and can be taken back."""

from pathlib import Path

import pytest
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

PACKAGE = Path(__file__).resolve().parents[2] / "unionbenefits"
FILES = sorted(path for path in PACKAGE.rglob("migrations/*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_migrations_are_named_and_import_no_app_code(path):
    assert "_auto_" not in path.stem
    assert path.stem[5:].replace("_", "").isalpha() or path.stem == "0001_initial"
    text = path.read_text(encoding="utf-8")
    for module in ("actions", "queries", "models import"):
        assert f"{module}" not in "\n".join(
            line for line in text.splitlines() if line.startswith("from unionbenefits.")
        )


def operations():
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if migration.__module__.startswith("unionbenefits."):
            for operation in migration.operations:
                yield f"{app}.{name}", operation


def test_every_sql_and_python_step_is_reversible():
    steps = [(name, step) for name, step in operations() if isinstance(step, RunSQL | RunPython)]
    assert [name for name, step in steps if not step.reversible] == []
