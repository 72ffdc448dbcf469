"""Migrations say what they do and can be taken back."""

from pathlib import Path

import pytest
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

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


def test_a_squashed_migration_leads_where_the_replaced_ones_led():
    """A fresh database and one that grew step by step end at the same models, constraints and triggers."""
    squashed = MigrationLoader(None)
    step_by_step = MigrationLoader(None, replace_migrations=False)
    ours = {app for app, _name in squashed.disk_migrations if _is_ours(squashed, app)}
    short, long = squashed.project_state().models, _without(step_by_step, "squashed").models
    assert {key for key in short if key[0] in ours} == {key for key in long if key[0] in ours}
    assert [key for key in short if key[0] in ours and _described(short[key]) != _described(long[key])] == []


def _is_ours(loader, app):
    return any(
        migration.__module__.startswith("unionbenefits.")
        for (label, _name), migration in loader.disk_migrations.items()
        if label == app
    )


def _without(loader, word):
    leaves = [node for node in loader.graph.leaf_nodes() if word not in node[1]]
    return loader.project_state(nodes=leaves)


def _described(model):
    """Fields by name (M2M, which are no columns, may stand elsewhere), what guards them, and triggers by content."""
    fields = {name: MigrationWriter.serialize(field)[0] for name, field in sorted(model.fields.items())}
    columns = [name for name, field in model.fields.items() if not field.many_to_many]
    listed = {
        name: sorted(map(repr, model.options.get(name) or []))
        for name in ("indexes", "constraints", "permissions")
    }
    triggers = sorted((one.name, one.hash) for one in model.options.get("triggers", []))
    return fields, columns, listed, triggers, model.options.get("ordering")
