"""The order of the apps holds for imports and for foreign keys (design §5)."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "unionbenefits"

# Imports inside functions: the file, and why it cannot stand at the top.
LATE_IMPORTS = {
    "core/embedded.py": "the embedded database is not installed in production",
    "backoffice/health.py": "the migration loader is needed on one address only",
    "backoffice/site.py": "the site exists before models are loaded",
}


def levels() -> dict[str, int]:
    """App name → level, 0 lowest, as import-linter's contract has them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return {
        name.strip().removeprefix("unionbenefits."): level
        for level, line in enumerate(reversed(contract["layers"]))
        for name in line.split("|")
    }


def test_every_app_has_a_level():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("unionbenefits.")}
    assert ours == set(levels())


def test_foreign_keys_point_down():
    order, upward = levels(), []
    for model in apps.get_models():
        if not model.__module__.startswith("unionbenefits."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model._meta.app_label in order:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                if here != there and order[here] <= order[there]:
                    upward.append(f"{model._meta.label}.{field.name} → {there}")
    assert upward == []


def test_import_linter_keeps_its_contracts():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def late_imports(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(
        isinstance(inner, ast.Import | ast.ImportFrom)
        for function in functions
        for inner in ast.walk(function)
    )


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_stand_at_the_top(path):
    name = path.relative_to(PACKAGE).as_posix()
    if "migrations/" not in name:
        assert not late_imports(path) or name in LATE_IMPORTS


# Rules take frozen data and return verdicts: no database, no settings, no clock of ours (design §5).
PURE = sorted(
    PACKAGE / "workers" / name
    for name in (
        "names.py", "documents.py", "phones.py", "text.py", "roster/judge.py", "roster/normalise.py",
        "roster/mapping.py", "roster/facts.py", "roster/codes.py", "roster/dates.py", "roster/rows.py",
    )
) + sorted((PACKAGE / "claims" / "rules").glob("*.py"))  # fmt: skip


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_rules_know_no_database_settings_or_clock(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported |= {node.module or ""} | {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
    forbidden = ("django.db", "django.conf", "unionbenefits.core.clock", "unionbenefits.workers.models")
    assert [name for name in imported if name.startswith(forbidden)] == []
