"""What a browser is in the middle of, sealed in its session: numbers and phones of somebody unproven."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.http import HttpRequest

from unionbenefits.core.crypto.keyring import CannotOpen, keyring

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Drawer(Generic[T]):
    """The place of one kind of attempt in a session: `kind` is a dataclass of texts, `key` its name."""

    kind: type[T]
    key: str

    def keep(self, request: HttpRequest, attempt: T) -> None:
        """Puts the attempt there, in place of an earlier one."""
        request.session[self.key] = keyring().seal(json.dumps(asdict(attempt)), self._label).hex()

    def kept(self, request: HttpRequest) -> T | None:
        """What this browser asked a code for, if it did."""
        sealed = request.session.get(self.key)
        if sealed is None:
            return None
        try:
            return self.kind(**json.loads(keyring().open(bytes.fromhex(sealed), self._label)))
        except CannotOpen:
            return None

    @property
    def _label(self) -> str:
        return f"portal.{self.key}"
