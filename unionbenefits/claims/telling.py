"""Telling the worker about each step of a claim.

The message is a row of the same transaction as the step: it is there exactly when the step is, and nothing is
told that was rolled back. The text message goes out later through the job queue (`workers.messages`), and
says only that there is something to read.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, override

from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, Question
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell


def tell_worker(claim: Claim, kind: MessageKind, about: str = "", **params: Any) -> None:
    """Tells the worker of the claim; once per kind and `about`. `params` hold no personal data."""
    told = Told(
        claim.worker_id,
        about or f"claim:{claim.pk}:{claim.version}",
        {"number": claim.number, "claim": claim.pk} | params,
    )
    tell(kind=kind, to=[told])


def tell_asked(claim: Claim, question: Question) -> None:
    """What is missing, by name and in both languages, and until when. An officer's own words stay on the page
    of the claim, since they may be about the person.
    """
    tell_worker(
        claim,
        MessageKind.CLAIM_ASKED,
        f"question:{question.pk}",
        until=question.until.isoformat(),
        missing=in_all_languages(question.missing, bool(question.text)),
    )


def in_all_languages(missing: Iterable[str], answer: bool) -> dict[str, str]:
    """The missing papers and, if so, an answer, as a list in words per language."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words = [str(PaperKind(kind).label) for kind in missing]
            words += [_("the answer to a question")] if answer else []
            said[code] = _(", ").join(words)
    return said
