"""What a user may be told when something is refused."""

from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """An act that the rules refuse. Shown to the user as its sentence; nothing has been changed.

    `code` is stable lower_snake_case, which commands print and tests rely on; `message` says what to do.
    """

    def __init__(self, code: str, message: str | Promise, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """The object does not exist or lies outside the actor's scope: the two are never told apart
    (invariant 9).
    """
