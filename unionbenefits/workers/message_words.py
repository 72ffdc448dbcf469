"""The words of every kind of message, in both languages through the catalogues.

A text message says that there is something to read and where, never what: it is seen on lock screens and on
the phones of others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.workers.enums import MessageKind

# What cannot wait for tomorrow when something else was texted today.
URGENT = frozenset({MessageKind.CLAIM_ASKED, MessageKind.PAYMENT_RETURNED, MessageKind.PHONE_CHANGED})
# What tells a worker of a cover: of these, "told" in the figures of a campaign is made.
OF_COVER = frozenset({MessageKind.COVER_ISSUED, MessageKind.NEVER_OPENED})


@dataclass(frozen=True, slots=True)
class Words:
    """A message of a kind: heading and text for the portal, the text message, and when it comes about.
    `%(name)s` take params; `when` takes none.
    """

    heading: str | Promise
    text: str | Promise
    sms: str | Promise
    when: str | Promise


# Instead of several text messages on one day: one that leads to the page where all of them stand.
MERGED_SMS = _("There is news for you on your union benefits page. Read it at %(url)s")


# What a preview shows in place of the values.
SAMPLES: dict[str, str] = {
    "first": "2026-03-01",
    "last": "2027-02-28",
    "from": "2026-06-01",
    "days": "30",
    "number": "C2026-0000001",
    "promised": "2026-03-21",
    "until": "2026-03-15",
    "missing": "…",
    "reason": "…",
}


def filled(text: str | Promise, params: Mapping[str, Any]) -> str:
    """The words with their values, and the address of the site."""
    return str(text) % {"url": settings.PUBLIC_URL, **params}


WORDS: dict[MessageKind, Words] = {
    MessageKind.COVER_ISSUED: Words(
        _("Cover was given to you"),
        _("It holds from %(first)s to %(last)s. Keep this page: it shows what it pays and how to claim."),
        _("Your union gave you medical mutual-aid cover. See it at %(url)s"),
        _("When a gift batch is issued, to each worker it covers"),
    ),
    MessageKind.COVER_ENDED: Words(
        _("Your cover was withdrawn"),
        _("It no longer holds from %(from)s on. Ask your union if you think this is a mistake."),
        _("Your medical mutual-aid cover has changed. Read more at %(url)s"),
        _("When the undo of a gift is confirmed"),
    ),
    MessageKind.COVER_LAPSING: Words(
        _("Your cover ends soon"),
        _("It ends on %(last)s, in %(days)s days. Ask your union whether it will be continued."),
        _("Your medical mutual-aid cover ends soon. Read more at %(url)s"),
        _("30 and 7 days before the last day, where no cover follows"),
    ),
    MessageKind.NEVER_OPENED: Words(
        _("You have cover that you may not know of"),
        _("If you have to go to hospital, part of what you pay yourself can be paid back."),
        _("You have medical mutual-aid cover from your union. See what it pays at %(url)s"),
        _("When an officer sends a reminder wave"),
    ),
    MessageKind.CLAIM_FILED: Words(
        _("We have your claim %(number)s"),
        _("You will hear from us by %(promised)s."),
        _("We have your claim. You can follow it at %(url)s"),
        _("When a claim is filed"),
    ),
    MessageKind.CLAIM_ASKED: Words(
        _("Your claim %(number)s needs something from you"),
        _("Please add what is missing by %(until)s: %(missing)s"),
        _("Your claim needs something from you. Please look at %(url)s"),
        _("When the claims desk asks for something"),
    ),
    MessageKind.CLAIM_UNANSWERED: Words(
        _("The day to answer about your claim %(number)s has passed"),
        _(
            "We asked for it by %(until)s and now decide with what we have. "
            "Tell your union if you still have papers."
        ),
        _("The day to answer about your claim has passed. Read more at %(url)s"),
        _("When the day to answer has passed without an answer"),
    ),
    MessageKind.CLAIM_DECIDED: Words(
        _("Your claim %(number)s is decided"),
        _("Open the claim to see the amount and how it was worked out."),
        _("Your claim is decided. See it at %(url)s"),
        _("When a decision is approved"),
    ),
    MessageKind.CLAIM_REOPENED: Words(
        _("Your claim %(number)s is looked at again"),
        _("You will hear from us once it is decided anew. What was paid to you stays with you until then."),
        _("Your claim is looked at again. Follow it at %(url)s"),
        _("When a decided claim is opened again"),
    ),
    MessageKind.CLAIM_APPEALED: Words(
        _("We have your appeal on claim %(number)s"),
        _("Somebody who had no part in the first decision will look at it."),
        _("We have your appeal. You can follow it at %(url)s"),
        _("When the worker appeals"),
    ),
    MessageKind.APPEAL_DECIDED: Words(
        _("Your appeal on claim %(number)s is decided"),
        _("Open the claim to read the answer."),
        _("Your appeal is decided. Read the answer at %(url)s"),
        _("When an appeal is decided"),
    ),
    MessageKind.PAYMENT_SENT: Words(
        _("The payment for claim %(number)s is on its way"),
        _("The bank usually needs one or two working days."),
        _("A payment to you is on its way. See it at %(url)s"),
        _("When a batch with the payment goes to the bank"),
    ),
    MessageKind.PAYMENT_PAID: Words(
        _("The payment for claim %(number)s has arrived"),
        _("The bank has confirmed it."),
        _("A payment to you has arrived. See it at %(url)s"),
        _("When the bank confirms the payment"),
    ),
    MessageKind.PAYMENT_RETURNED: Words(
        _("The payment for claim %(number)s came back"),
        _("The bank could not pay it: %(reason)s. Please check your name and account number."),
        _("A payment to you came back. Please check your bank account at %(url)s"),
        _("When the bank sends the payment back"),
    ),
    MessageKind.PHONE_CHANGED: Words(
        _("Your phone number was changed"),
        _("From now on you sign in with the new number. Tell your union at once if this was not you."),
        _("The phone number of your union benefits page was changed. Not you? Tell your union at once."),
        _("When an officer changes the phone number"),
    ),
    MessageKind.REQUEST_DECIDED: Words(
        _("Your request about your data is decided"),
        _("Open “My data” to read the answer."),
        _("Your request is decided. Read the answer at %(url)s"),
        _("When an officer decides a request about a worker's data"),
    ),
}


def text_of(kind: MessageKind) -> str:
    """The text message of a kind, in the active language. It takes no value of the message at all, so that
    nothing about a person can get into it.
    """
    return filled(WORDS[kind].sms, {})
