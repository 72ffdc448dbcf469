"""What a gateway may answer other than yes."""


class NotAccepted(Exception):
    """The gateway did not take the message.

    `final` when trying again is useless: a bad number, a wrong token.
    """

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
