"""What holds a row, in a few words, and what each decision is called on its button."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.states import RowChoice

Text = str | Promise
TITLES: Final[Mapping[Code, Text]] = {
    Code.DOCUMENT_KIND_MISMATCH: _("Kind and number disagree"),
    Code.DOCUMENT_KIND_UNCLEAR: _("Kind of document unclear"),
    Code.DOCUMENT_KIND_UNSUPPORTED: _("Kind of document not accepted"),
    Code.DOCUMENT_ZEROS_LOST: _("Leading zeros lost"),
    Code.DOCUMENT_ISSUER_UNKNOWN: _("Issuing country unknown"),
    Code.PRECISION_SUSPECTED: _("Digits perhaps lost"),
    Code.DOCUMENT_SHARED: _("One document, two people"),
    Code.NAME_ILLEGAL_CHARACTERS: _("Illegal characters in the name"),
    Code.NAME_NOT_AS_ON_CARD: _("Name not as on the card"),
    Code.NAME_UNREADABLE: _("Name unreadable"),
    Code.NAME_PRIVATE_CHARACTER: _("Private character in the name"),
    Code.NAME_MIXED: _("Name in two scripts"),
    Code.NAME_TOO_LONG: _("Name too long"),
    Code.NAME_DIFFERS: _("Another name for the document"),
    Code.PHONE_SEVERAL: _("Several mobile numbers"),
    Code.PHONE_NOT_MOBILE: _("No mainland mobile number"),
    Code.SEX_DIFFERS: _("Sex disagrees with the number"),
    Code.SEX_UNREADABLE: _("Sex unreadable"),
    Code.BIRTH_DIFFERS: _("Date of birth disagrees"),
    Code.BIRTH_UNREADABLE: _("Date of birth unreadable"),
    Code.BIRTH_IMPLAUSIBLE: _("Implausible age"),
    Code.UNDER_WORKING_AGE: _("Under 16"),
    Code.JOINED_ON_AMBIGUOUS: _("Date of joining ambiguous"),
    Code.JOINED_ON_INCOMPLETE: _("Date of joining incomplete"),
    Code.CONSECUTIVE_NUMBERS: _("Numbers one after the other"),
    Code.COLUMN_SHIFTED: _("Numbers slid by a row"),
    Code.COLUMNS_SWAPPED: _("Two columns swapped"),
    Code.TWO_COLUMNS_DIFFER: _("Two columns, two values"),
    Code.ROW_TOO_WIDE: _("Too many cells"),
    Code.HIDDEN_ROW: _("Hidden row"),
    Code.CREDIT_CODE_SUGGESTION: _("Credit code mistyped"),
    Code.ENTERPRISE_NAME_ILLEGAL: _("Illegal characters in the enterprise"),
    Code.ENTERPRISE_NAME_DIFFERS: _("Enterprise and code disagree"),
    Code.ENTERPRISE_UNKNOWN: _("Enterprise not registered"),
    Code.DUPLICATE_DIFFERS: _("Same person, other value"),
    Code.POSSIBLE_SAME_PERSON: _("Perhaps the same person in the file"),
    Code.POSSIBLE_SAME_AS_KNOWN: _("Perhaps a known worker"),
    Code.DOCUMENT_OF_ANOTHER_KIND: _("Number known as another kind"),
    Code.DOCUMENT_RETIRED: _("Former number of a worker"),
    Code.PHONE_USED_BY_ANOTHER: _("Mobile number of another worker"),
}

BUTTONS: Final[Mapping[RowChoice, tuple[Text, str]]] = {
    RowChoice.PROPOSED: (_("Accept the proposal"), "a"),
    RowChoice.WRITTEN: (_("Accept as written"), "w"),
    RowChoice.CHOSEN: (_("Take this value"), "v"),
    RowChoice.BLANK: (_("Take the row without it"), "b"),
    RowChoice.SAME: (_("Same person"), "s"),
    RowChoice.RENAMED: (_("Same person, take the new name"), "n"),
    RowChoice.APART: (_("Another person"), "d"),
    RowChoice.LEFT_OUT: (_("Leave out"), "x"),
}
"""The button's words and the letter that presses it."""

IN_BULK: Final[Mapping[RowChoice, Text]] = {
    RowChoice.PROPOSED: _("Accept all proposals"),
    RowChoice.WRITTEN: _("Accept all as written"),
    RowChoice.BLANK: _("Take all without it"),
    RowChoice.LEFT_OUT: _("Leave all out"),
}
