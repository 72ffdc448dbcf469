"""Model fields for personal data: sealed at rest, found again through a blind index."""

from typing import Any

from django.core import checks
from django.db import models

from unionbenefits.core.crypto.keyring import keyring


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that the database holds only as ciphertext; Python sees the text.

    It cannot be filtered or ordered by: put a BlindIndexField beside it for equality.
    A ciphertext opens only in its own column, and in a staging column that names it as `staged_for`
    (app.model.field), so that SQL can move it there unopened.
    """

    description = "Sealed text"

    def __init__(self, *args: Any, staged_for: str = "", **kwargs: Any) -> None:
        self.staged_for = staged_for
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The column it is staged for belongs to its meaning, so migrations carry it."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"staged_for": self.staged_for} if self.staged_for else {})

    @property
    def label(self) -> str:
        """The column's name inside the ciphertext; history tables share their model's."""
        if self.staged_for:
            return self.staged_for
        model = getattr(self.model, "pgh_tracked_model", self.model)
        return f"{model._meta.label_lower}.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seals text on its way into the database."""
        if isinstance(value, str):
            value = keyring().seal(value, self.label)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        """Opens the ciphertext; raises CannotOpen where its key is missing."""
        return None if value is None else keyring().open(value, self.label)

    def to_python(self, value: Any) -> Any:
        """Text stays text (BinaryField would take it for base64)."""
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull` makes sense on a ciphertext."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def check(self, **kwargs: Any) -> list[Any]:
        """A sealed column is never unique or indexed: equal texts have different ciphertexts."""
        problems = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            problems.append(
                checks.Error("A sealed field cannot be unique or indexed.", obj=self, id="core.E001")
            )
        return problems


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]
    """The keyed digest (32 bytes) of a normalised value; `digest()` makes one for a look-up."""

    description = "Blind index"

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs.setdefault("editable", False)
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The purpose belongs to the column's meaning, so migrations carry it."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def digest(self, text: str) -> bytes:
        """The value to filter by for `text`, already normalised."""
        return keyring().digest(text, self.purpose)
