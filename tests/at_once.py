"""Many real connections at once: threads let go together, each with its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from unionbenefits.core.errors import Refusal


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act answered, in order: its result, a refusal's code, or the exception that should never be."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(30)
            answers[at] = acts[at]()
        except Refusal as refusal:
            answers[at] = refusal.code
        except Exception as error:
            answers[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
