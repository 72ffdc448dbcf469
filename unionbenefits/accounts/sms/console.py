"""Prints messages: for a trial on one's own machine."""

import sys


class ConsoleGateway:
    """Writes each message to standard error, where a developer sees it between the log lines."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Always accepted."""
        sys.stderr.write(f"SMS {key} to {phone}: {text}\n")
