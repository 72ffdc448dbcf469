"""What a form sends, field by field: what can be kept is kept, the rest is said beside its field."""

from typing import Any

from unionbenefits.claims.texts import tidied
from unionbenefits.core.errors import Refusal


def sorted_out(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that a claim can keep, and by field the sentence for each that it cannot.

    One mistyped amount must not lose the other nine. Raises TypeError for a field that no claim has.
    """
    kept: dict[str, Any] = {}
    refused: dict[str, str] = {}
    for name, value in values.items():
        try:
            tidied({name: value})
            kept[name] = value
        except Refusal as refusal:
            refused[name] = str(refusal)
    return kept, refused
