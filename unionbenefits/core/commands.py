"""The contract of every management command of ours: `--json`, exit codes, sentences instead of stack
traces.
"""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from unionbenefits.core.errors import Refusal
from unionbenefits.core.origin import COMMAND, asked_from


@dataclass
class Answer:
    """What a command has to say: `document` for `--json`, `lines` for people, `refused` for exit code 1."""

    document: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    refused: bool = False


class ContractCommand(BaseCommand):
    """Exit 0 done, 1 refused with a reason, 2 usage. With `--json` stdout holds one JSON document and
    nothing else.
    """

    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json` for all; subclasses add theirs after calling this."""
        parser.add_argument("--json", action="store_true", help="Print one JSON document and nothing else.")
        parser.add_argument(
            "--language", default="zh-hans", choices=["zh-hans", "en"], help="Language of the sentences."
        )

    def answer(self, **options: Any) -> Answer:
        """The command's work. Raise Refusal for exit code 1."""
        raise NotImplementedError

    def handle(self, *_args: Any, **options: Any) -> None:
        """Runs `answer` and keeps the contract."""
        name = type(self).__module__.rpartition(".")[2]
        with translation.override(options["language"]), asked_from(COMMAND, name):
            try:
                result = self.answer(**options)
            except Refusal as refusal:
                document = {"refused": {"code": refusal.code, "message": str(refusal)}}
                result = Answer(document, [str(refusal)], refused=True)
            self._print(result, as_json=options["json"])
        if result.refused:
            sys.exit(1)

    def _print(self, result: Answer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result.document, ensure_ascii=False, default=str))
            return
        stream = self.stderr if result.refused else self.stdout
        for line in result.lines:
            stream.write(line)
