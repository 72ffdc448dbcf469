"""What a worker agrees to, kind by kind: the text, its version, and what withdrawing it brings about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.consents import MEDICAL, MEDICAL_VERSION
from unionbenefits.workers.consents import BANK_VERSION, MESSAGES_VERSION
from unionbenefits.workers.enums import ConsentKind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """`text` is what is agreed to, paragraph by paragraph; `without` what follows from withdrawing."""

    kind: ConsentKind
    version: str
    text: Sequence[Text]
    without: Sequence[Text]


WORDS: dict[ConsentKind, ConsentWords] = {
    ConsentKind.MEDICAL: ConsentWords(
        ConsentKind.MEDICAL,
        MEDICAL_VERSION,
        MEDICAL,
        (
            _("A claim that is not decided yet stops: nobody may look at its papers any more."),
            _("You may agree again at any time. Then we go on."),
            _("What was decided and paid stays as it is. You keep the money."),
            _("Your cover stays as it is."),
        ),
    ),
    ConsentKind.BANK: ConsentWords(
        ConsentKind.BANK,
        BANK_VERSION,
        (
            _("We keep the number of your bank account, so that you need not type it for each claim."),
            _("Only the officers who pay see it, and the bank. Every look is written down."),
            _("You may take it away here at any time."),
        ),
        (
            _("We delete the account from “My data”, from its history too."),
            _("Claims that were sent keep the account that was written in them."),
            _("With the next claim you type the account again."),
        ),
    ),
    ConsentKind.MESSAGES: ConsentWords(
        ConsentKind.MESSAGES,
        MESSAGES_VERSION,
        (
            _("We text you when you get cover, when it ends soon, and at each step of a claim."),
            _("At most one message a day, none at night, and nothing personal in it."),
        ),
        (
            _("You get no text messages from us any more, except codes that you ask for yourself."),
            _("You may miss that a claim needs something from you. So look at “Messages” here often."),
        ),
    ),
}
