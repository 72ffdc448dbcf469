"""Writes docs/permissions.md, the permission matrix, from the roles in the code; `check` fails where it is old."""

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "permissions.md"


def matrix() -> str:
    """The document as it should be."""
    from unionbenefits.access.roles import BUNDLES, INCOMPATIBLE
    from unionbenefits.access.words import in_words

    roles = list(BUNDLES)
    named = sorted(set().union(*(bundle.permissions for bundle in BUNDLES.values())))
    lines = [
        "# Who may do what",
        "",
        "Written by `tools/permissions.py` from `unionbenefits/access/roles.py`; do not edit. A post gives a role at a",
        "place in the union tree: the permissions below hold for what lies under that place, and nothing else is seen.",
        "",
        "## Roles",
        "",
        *(f"- **{role.label}** (`{role.value}`): {bundle.sentence}" for role, bundle in BUNDLES.items()),
        "",
        "## Never one person, in overlapping places and times",
        "",
        *(f"- {_listed(row.roles)} with {_listed(row.others)}: {row.why}" for row in INCOMPATIBLE),
        "",
        "## Matrix",
        "",
        "| Permission | Means | " + " | ".join(str(role.label) for role in roles) + " |",
        "|---|---|" + ":-:|" * len(roles),
    ]
    for name in named:
        marks = ["●" if name in BUNDLES[role].permissions else "" for role in roles]
        lines.append(f"| `{name}` | {in_words(name)} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def _listed(held: frozenset[Any]) -> str:
    return ", ".join(sorted(str(role.label) for role in held))


def main(arguments: list[str]) -> int:
    """Without arguments writes the file; `check` compares."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
    django.setup()
    with translation.override("en"):
        wanted = matrix()
    if arguments == ["check"]:
        return 0 if TARGET.read_text(encoding="utf-8") == wanted else 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
