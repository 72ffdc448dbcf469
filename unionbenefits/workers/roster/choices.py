"""Which decisions each finding that holds a row allows: data, complete for the closed list of codes."""

from collections.abc import Mapping
from typing import Final

from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.states import RowChoice

_PROPOSED, _WRITTEN, _CHOSEN = RowChoice.PROPOSED, RowChoice.WRITTEN, RowChoice.CHOSEN
_BLANK, _OUT = RowChoice.BLANK, RowChoice.LEFT_OUT
_SAME, _RENAMED, _APART = RowChoice.SAME, RowChoice.RENAMED, RowChoice.APART

ALLOWED: Final[Mapping[Code, tuple[RowChoice, ...]]] = {
    # The number decides which kind it is; a card that is not accepted for enrolment stays out.
    Code.DOCUMENT_KIND_MISMATCH: (_PROPOSED, _CHOSEN, _OUT),
    Code.DOCUMENT_KIND_UNCLEAR: (_PROPOSED, _CHOSEN, _OUT),
    Code.DOCUMENT_KIND_UNSUPPORTED: (_PROPOSED, _CHOSEN, _OUT),
    Code.DOCUMENT_ZEROS_LOST: (_PROPOSED, _CHOSEN, _OUT),
    Code.DOCUMENT_ISSUER_UNKNOWN: (_CHOSEN, _SAME, _APART, _OUT),
    # Nothing in the file can tell: somebody has compared the number with the card.
    Code.PRECISION_SUSPECTED: (_WRITTEN, _CHOSEN, _OUT),
    Code.CONSECUTIVE_NUMBERS: (_WRITTEN, _OUT),
    Code.COLUMN_SHIFTED: (_WRITTEN, _OUT),
    Code.DOCUMENT_SHARED: (_WRITTEN, _OUT),
    # A name with markup, with holes or in a private font is never stored as written (cases C016, C046).
    Code.NAME_ILLEGAL_CHARACTERS: (_CHOSEN, _OUT),
    Code.NAME_UNREADABLE: (_CHOSEN, _OUT),
    Code.NAME_PRIVATE_CHARACTER: (_CHOSEN, _OUT),
    Code.NAME_TOO_LONG: (_CHOSEN, _OUT),
    Code.NAME_NOT_AS_ON_CARD: (_WRITTEN, _CHOSEN, _OUT),
    Code.NAME_MIXED: (_WRITTEN, _CHOSEN, _OUT),
    Code.NAME_DIFFERS: (_PROPOSED, _SAME, _RENAMED, _OUT),
    Code.PHONE_SEVERAL: (_CHOSEN, _BLANK, _OUT),
    Code.PHONE_NOT_MOBILE: (_BLANK, _CHOSEN, _OUT),
    Code.PHONE_USED_BY_ANOTHER: (_APART, _BLANK, _OUT),
    Code.SEX_DIFFERS: (_PROPOSED, _BLANK, _OUT),
    Code.SEX_UNREADABLE: (_PROPOSED, _CHOSEN, _BLANK, _OUT),
    Code.BIRTH_DIFFERS: (_PROPOSED, _BLANK, _OUT),
    Code.BIRTH_UNREADABLE: (_PROPOSED, _CHOSEN, _BLANK, _OUT),
    Code.BIRTH_IMPLAUSIBLE: (_WRITTEN, _CHOSEN, _OUT),
    # Labour law, article 15: nobody under 16 is enrolled. A mistyped birth date can be mended.
    Code.UNDER_WORKING_AGE: (_CHOSEN, _OUT),
    Code.JOINED_ON_AMBIGUOUS: (_CHOSEN, _BLANK, _OUT),
    Code.JOINED_ON_INCOMPLETE: (_CHOSEN, _BLANK, _OUT),
    Code.COLUMNS_SWAPPED: (_PROPOSED, _OUT),
    Code.TWO_COLUMNS_DIFFER: (_CHOSEN, _OUT),
    Code.ROW_TOO_WIDE: (_WRITTEN, _OUT),
    Code.HIDDEN_ROW: (_WRITTEN, _OUT),
    Code.CREDIT_CODE_SUGGESTION: (_PROPOSED, _OUT),
    Code.ENTERPRISE_NAME_ILLEGAL: (_PROPOSED, _OUT),
    Code.ENTERPRISE_NAME_DIFFERS: (_PROPOSED, _OUT),
    # An unregistered enterprise is registered first, then the roster is judged again.
    Code.ENTERPRISE_UNKNOWN: (_OUT,),
    Code.DUPLICATE_DIFFERS: (_PROPOSED, _OUT),
    Code.POSSIBLE_SAME_PERSON: (_SAME, _APART, _OUT),
    Code.POSSIBLE_SAME_AS_KNOWN: (_SAME, _APART, _OUT),
    Code.DOCUMENT_OF_ANOTHER_KIND: (_SAME, _APART, _OUT),
    Code.DOCUMENT_RETIRED: (_SAME, _APART, _OUT),
}  # fmt: skip

READY: Final = frozenset(
    {
        Code.COLUMNS_SWAPPED,
        Code.CREDIT_CODE_SUGGESTION,
        Code.ENTERPRISE_NAME_ILLEGAL,
        Code.ENTERPRISE_NAME_DIFFERS,
        Code.DOCUMENT_ZEROS_LOST,
    }
)
"""What is proposed stands in the judged row already: columns swapped back, the enterprise of the code."""

PAIRS: Final = frozenset({_SAME, _RENAMED, _APART})
"""Decisions about a document and a person on file, remembered for every roster to come."""

IN_BULK: Final = frozenset(
    [(code, _PROPOSED) for code in ALLOWED if code is not Code.NAME_DIFFERS]
    + [(code, choice) for code in ALLOWED for choice in (_BLANK, _OUT)]
    + [(Code.HIDDEN_ROW, _WRITTEN), (Code.NAME_MIXED, _WRITTEN)]
)
"""What may be decided for all rows at once: never who somebody is, nor what only a card can tell."""


def allows(code: Code, choice: RowChoice) -> bool:
    """Whether the decision exists for this finding."""
    return choice in ALLOWED.get(code, ())


def in_bulk(code: Code) -> tuple[RowChoice, ...]:
    """The decisions that may be taken for all rows with the finding at once."""
    return tuple(choice for choice in ALLOWED.get(code, ()) if (code, choice) in IN_BULK)
