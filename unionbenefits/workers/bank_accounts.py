"""The account to which a worker wants mutual-aid money: in the own name only, with a consent of its own."""

import re
import unicodedata

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.audit.scrubbing import remove
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.consents import give_consent, withdraw_consent
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import BankAccount, Worker
from unionbenefits.workers.names import name_key

_ACCOUNT = re.compile(r"[0-9]{8,30}")
LONGEST_BANK = 80


def account_digits(text: str) -> str:
    """The digits of an account as typed, blanks and hyphens taken off. Raises Refusal `account_invalid`."""
    digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    if digits and not _ACCOUNT.fullmatch(digits):
        raise Refusal("account_invalid", _("Write the bank account as digits only, 8 to 30 of them."))
    return digits


def set_account(
    *, by: Actor, worker: Worker, holder: str, account: str, bank_name: str, consent_text: str
) -> BankAccount:
    """Writes the account down for claims to come; claims that are filed keep theirs.

    `holder` is the name on the card, `consent_text` the version of the text agreed to. Raises Refusal
    `account_missing`, `account_invalid`, `holder_differs`, `text_too_long` or `consent_missing`.
    """
    digits, bank = account_digits(account), " ".join(bank_name.split())
    if not digits:
        raise Refusal("account_missing", _("Type the number of the account."))
    if len(bank) > LONGEST_BANK:
        raise Refusal("text_too_long", _("%(field)s is too long.") % {"field": _("Bank")})
    if name_key(holder) != name_key(worker.name):
        raise Refusal(
            "holder_differs",
            _(
                "The account has to be in your own name. For somebody else's account, say so in the claim "
                "itself and give the reason there."
            ),
        )
    with act("worker.set_account", by=by) as doing:
        give_consent(by=by, worker=worker, kind=ConsentKind.BANK, text_version=consent_text)
        kept, _made = BankAccount.objects.update_or_create(
            worker=worker,
            defaults={
                "account": digits,
                "bank_name": bank,
                "set_at": clock.now(),
                "set_through": by.audit_name,
            },
        )
        doing.about = worker
    return kept


def remove_account(*, by: Actor, worker: Worker) -> bool:
    """Withdraws the consent; the account goes, from the history too (PIPL art. 47). Claims keep theirs.

    Returns whether there was one.
    """
    with act("worker.remove_account", by=by) as doing:
        doing.about = worker
        keys = list(BankAccount.objects.filter(worker=worker).values_list("pk", flat=True))
        if keys:
            withdraw_consent(by=by, worker=worker, kind=ConsentKind.BANK, text_version="")
            remove(BankAccount, keys, account="", bank_name="")
        doing.data = {"removed": len(keys)}
    return bool(keys)
