"""The closed list of everything that can be said about a roster, its sheets and its rows.

Values are contracts: users, tests and stored verdicts rely on them, so a code is never renamed. Messages are
sentences for the clerk; `%(…)s` placeholders are filled from `Finding.params` and hold no personal numbers.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.errors import Refusal


class Severity(StrEnum):
    """What a code does: refuse the file, warn about it, or reject, hold or merely annotate one row."""

    REFUSE = "refuse"
    WARNING = "warning"
    REJECT = "reject"
    HOLD = "hold"
    NOTICE = "notice"


_REFUSE, _WARN = Severity.REFUSE, Severity.WARNING
_REJECT, _HOLD, _NOTICE = Severity.REJECT, Severity.HOLD, Severity.NOTICE


class Code(StrEnum):
    """One closed enum; each member carries its severity and its message."""

    severity: Severity
    message: Promise | str

    def __new__(cls, value: str, severity: Severity = Severity.NOTICE, message: Promise | str = "") -> Self:
        """Lets a member be written as (value, severity, message); `Code("no_rows")` finds one as ever."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.severity = severity
        member.message = message
        return member

    # fmt: off
    # -- nothing of the file can be used
    FILE_EMPTY = "file_empty", _REFUSE, _("The file is empty. Choose the roster again.")
    FILE_TOO_LARGE = ("file_too_large", _REFUSE,
        _("The file is larger than %(limit)s MB. Split it or remove pictures, then upload it again."))
    SHEET_TOO_LARGE = ("sheet_too_large", _REFUSE,
        _("A sheet has more than %(limit)s rows. Split the roster into several files."))
    ZIP_BOMB = ("zip_bomb", _REFUSE,
        _("The file unpacks to far more than a roster can hold. Save it again as a new .xlsx file."))
    FILE_ENCRYPTED = ("file_encrypted", _REFUSE,
        _("The file has an opening password. Remove the password, then upload it again."))
    FILE_DTD = ("file_dtd", _REFUSE,
        _("The file contains document type definitions, which no spreadsheet needs. Save it again as .xlsx."))
    FILE_UNREADABLE = ("file_unreadable", _REFUSE,
        _("The file is damaged or is not a spreadsheet. Open it, save it again as .xlsx, then upload it."))
    FILE_FORMAT_UNSUPPORTED = ("file_format_unsupported", _REFUSE,
        _("%(format)s files cannot be read. Save the roster as .xlsx, then upload it again."))
    ENCODING_UNKNOWN = ("encoding_unknown", _REFUSE,
        _("The text encoding of the file is not known. Save it as “CSV UTF-8” or .xlsx, then upload it."))
    MOJIBAKE = ("mojibake", _REFUSE,
        _("The Chinese text in the file is garbled. Export it again from the original file."))
    NO_HEADER = ("no_header", _REFUSE,
        _("No heading line was found. Name the columns, at least “姓名” and “证件号码”."))
    COLUMN_MISSING = ("column_missing", _REFUSE,
        _("There is no column for %(fields)s. Add it or choose it in the column mapping."))
    NO_ROWS = "no_rows", _REFUSE, _("There is a heading line but nobody under it.")
    ALREADY_UPLOADED = ("already_uploaded", _REFUSE,
        _("The same file was uploaded by %(by)s on %(on)s. Nothing is done again unless you confirm."))
    ROSTER_STALE = ("roster_stale", _REFUSE,
        _("People or enterprises changed since this preview. It has to be judged again before confirming."))
    ROSTER_EXPIRED = ("roster_expired", _REFUSE,
        _("This preview has expired and its file was removed. Upload the roster again."))

    # -- about a sheet or the file
    HIDDEN_SHEETS = "hidden_sheets", _WARN, _("%(count)s hidden sheet(s) were left out: %(names)s.")
    HIDDEN_ROWS = ("hidden_rows", _WARN,
        _("%(count)s hidden or filtered row(s) hold people. They wait for your decision."))
    HIDDEN_COLUMNS = "hidden_columns", _WARN, _("Hidden columns were read too: %(names)s.")
    SHEET_SKIPPED = ("sheet_skipped", _WARN,
        _("Nothing was taken from this sheet: it has no heading line with “姓名” and “证件号码”."))
    ROWS_SKIPPED = ("rows_skipped", _WARN,
        _("%(count)s line(s) that are no person were left out: hints, totals, signatures."))
    PICTURES_NOT_TAKEN = "pictures_not_taken", _WARN, _("Pictures in the file are not taken over.")
    TWO_COLUMNS_ONE_FIELD = ("two_columns_one_field", _WARN,
        _("Several columns say the same thing: %(names)s. Choose one, or rows where they differ are held."))
    COLUMNS_NOT_TAKEN = "columns_not_taken", _WARN, _("These columns are not taken over: %(names)s.")
    DATES_1904 = "dates_1904", _WARN, _("The workbook counts days from 1904; its dates were read so.")
    CONSECUTIVE_NUMBERS_FOUND = ("consecutive_numbers_found", _WARN,
        _("Document numbers go up one by one (%(count)s rows). Was the column filled by dragging?"))
    DIGITS_LOST_FOUND = ("digits_lost_found", _WARN,
        _("%(count)s document numbers end in 000 and are wrong. They lost digits in a spreadsheet."))
    COLUMN_SHIFTED_FOUND = ("column_shifted_found", _WARN,
        _("In %(count)s neighbouring rows the number does not fit the person. Has a column slid?"))
    COLUMNS_SWAPPED_FOUND = ("columns_swapped_found", _WARN,
        _("In %(count)s rows two columns look swapped. Check the headings."))
    NAMES_NUMBERED = ("names_numbered", _WARN,
        _("Names in this sheet end in running numbers. Are they the names on the cards?"))
    PHONE_SHARED_WIDELY = ("phone_shared_widely", _WARN,
        _("One mobile number stands for %(count)s people. Each worker needs their own to sign in."))
    LEAVERS = ("leavers", _WARN,
        _("%(count)s member(s) of the enterprise are not in this full roster. Confirm who has left."))
    LEAVERS_MANY = ("leavers_many", _WARN,
        _("%(percent)s %% of the members are not in this file. Is it really a full roster?"))

    # -- rejected: the row cannot be stored as it is
    DOCUMENT_MISSING = "document_missing", _REJECT, _("The document number is missing.")
    DOCUMENT_SHAPE = ("document_shape", _REJECT,
        _("This is not a valid number for a document of the kind “%(kind)s”."))
    DOCUMENT_CHECK_DIGIT = ("document_check_digit", _REJECT,
        _("The check character of the document number is wrong. Compare every digit with the card."))
    DOCUMENT_DATE = ("document_date", _REJECT,
        _("The date of birth inside the document number does not exist or lies in the future."))
    DOCUMENT_OLD_FORM = ("document_old_form", _REJECT,
        _("This is an old 15-digit number. Use the 18-digit number of the present card."))
    DOCUMENT_CHARACTER = ("document_character", _REJECT,
        _("The document number contains a character that cannot stand in it: “%(character)s”."))
    DOCUMENT_SEVERAL = ("document_several", _REJECT,
        _("The cell holds the document numbers of several people. Give each of them a line of their own."))
    FAMILY_MEMBER = ("family_member", _REJECT,
        _("The row is about a member of a worker's family. Only workers themselves are enrolled."))
    PRECISION_LOST = ("precision_lost", _REJECT,
        _("The number lost its last digits in the spreadsheet. Format the column as text and type it again."))
    FORMULA_NOT_CALCULATED = ("formula_not_calculated", _REJECT,
        _("The cell holds a formula without a saved result. Paste the value instead."))
    CELL_ERROR = "cell_error", _REJECT, _("The cell shows an error (%(error)s) instead of a value.")
    NAME_MISSING = "name_missing", _REJECT, _("The name is missing.")
    PHONE_INVALID = "phone_invalid", _REJECT, _("The mobile number must have 11 digits and start with 1.")
    JOINED_ON_UNREADABLE = ("joined_on_unreadable", _REJECT,
        _("The date of joining cannot be read. Write it like 2025-03-01."))
    JOINED_ON_IMPOSSIBLE = ("joined_on_impossible", _REJECT,
        _("The date of joining does not exist or is far too early."))
    JOINED_ON_FUTURE = "joined_on_future", _REJECT, _("The date of joining lies in the future.")
    CREDIT_CODE_INVALID = ("credit_code_invalid", _REJECT,
        _("The unified social credit code is wrong: 18 characters with a check character are needed."))
    CREDIT_CODE_OLD_FORM = ("credit_code_old_form", _REJECT,
        _("This is an old 15-digit registration number. Use the 18-character credit code."))
    OUTSIDE_UNIT = "outside_unit", _REJECT, _("This row names a unit outside yours.")
    LEFT_OUT = "left_out", _REJECT, _("An officer has decided to leave this row out.")
    # -- held: a person must decide
    DOCUMENT_KIND_MISMATCH = ("document_kind_mismatch", _HOLD,
        _("The kind of document and the number do not agree."))
    DOCUMENT_KIND_UNCLEAR = ("document_kind_unclear", _HOLD,
        _("It is not clear what kind of document the number belongs to."))
    DOCUMENT_KIND_UNSUPPORTED = ("document_kind_unsupported", _HOLD,
        _("Documents of the kind “%(given)s” are not accepted for enrolment."))
    DOCUMENT_ZEROS_LOST = ("document_zeros_lost", _HOLD,
        _("The number seems to have lost its leading zeros in the spreadsheet."))
    DOCUMENT_ISSUER_UNKNOWN = ("document_issuer_unknown", _HOLD,
        _("Another passport has the same number. State the issuing country."))
    PRECISION_SUSPECTED = ("precision_suspected", _HOLD,
        _("The number ends in 000 like its neighbours that lost digits in the spreadsheet. Check the card."))
    DOCUMENT_SHARED = ("document_shared", _HOLD,
        _("Row %(row)s has the same document number with a quite different name."))
    NAME_ILLEGAL_CHARACTERS = ("name_illegal_characters", _HOLD,
        _("The name contains characters that cannot stand in a name."))
    NAME_NOT_AS_ON_CARD = ("name_not_as_on_card", _HOLD,
        _("This does not look like the name on the card: brackets, numbers or titles are added."))
    NAME_UNREADABLE = ("name_unreadable", _HOLD,
        _("Part of the name is missing or masked. Write it as on the card."))
    NAME_PRIVATE_CHARACTER = ("name_private_character", _HOLD,
        _("The name contains a character of a private font that nobody else can read."))
    NAME_MIXED = "name_mixed", _HOLD, _("The name mixes Chinese and Latin letters.")
    NAME_TOO_LONG = "name_too_long", _HOLD, _("The name is longer than %(limit)s characters.")
    NAME_DIFFERS = ("name_differs", _HOLD,
        _("The same document already stands under another name. Confirm which one is on the card."))
    PHONE_SEVERAL = "phone_several", _HOLD, _("There are several numbers in the mobile cell. Choose one.")
    PHONE_NOT_MOBILE = ("phone_not_mobile", _HOLD,
        _("This is a landline or a foreign number. The worker needs a mainland mobile to sign in."))
    SEX_DIFFERS = "sex_differs", _HOLD, _("The sex does not agree with the document number.")
    SEX_UNREADABLE = "sex_unreadable", _HOLD, _("The sex cannot be read. Write 男 or 女.")
    BIRTH_DIFFERS = "birth_differs", _HOLD, _("The date of birth does not agree with the document number.")
    BIRTH_UNREADABLE = ("birth_unreadable", _HOLD,
        _("The date of birth cannot be read or is ambiguous. Write it like 1990-03-07."))
    BIRTH_IMPLAUSIBLE = "birth_implausible", _HOLD, _("The age is implausible for a worker.")
    UNDER_WORKING_AGE = ("under_working_age", _HOLD,
        _("The person is younger than 16, the lowest working age."))
    JOINED_ON_AMBIGUOUS = ("joined_on_ambiguous", _HOLD,
        _("The date of joining can be read in more than one way. Write it like 2025-03-01."))
    JOINED_ON_INCOMPLETE = ("joined_on_incomplete", _HOLD,
        _("The date of joining has no day. Write it like 2025-03-01."))
    CONSECUTIVE_NUMBERS = ("consecutive_numbers", _HOLD,
        _("The number is one more than its neighbour's, as when a column is filled by dragging."))
    COLUMN_SHIFTED = ("column_shifted", _HOLD,
        _("Here the numbers seem to have slid by a row: this may be a neighbour's number."))
    COLUMNS_SWAPPED = "columns_swapped", _HOLD, _("The contents of two columns seem to be swapped.")
    TWO_COLUMNS_DIFFER = ("two_columns_differ", _HOLD,
        _("Two columns for the same thing hold different values: %(names)s."))
    ROW_TOO_WIDE = ("row_too_wide", _HOLD,
        _("The row has more cells than the heading: a separator inside a text has moved its values."))
    HIDDEN_ROW = "hidden_row", _HOLD, _("The row is hidden or filtered away in the spreadsheet.")
    CREDIT_CODE_SUGGESTION = ("credit_code_suggestion", _HOLD,
        _("The credit code is wrong. Did you mean %(suggestion)s?"))
    ENTERPRISE_NAME_ILLEGAL = ("enterprise_name_illegal", _HOLD,
        _("The enterprise name contains characters that cannot stand in a name."))
    ENTERPRISE_NAME_DIFFERS = ("enterprise_name_differs", _HOLD,
        _("The enterprise name and the credit code belong to different enterprises."))
    ENTERPRISE_UNKNOWN = ("enterprise_unknown", _HOLD,
        _("The enterprise is not registered. Register it first, or correct the code."))
    DUPLICATE_DIFFERS = ("duplicate_differs", _HOLD,
        _("Row %(row)s holds the same person with another value. Choose one."))
    POSSIBLE_SAME_PERSON = ("possible_same_person", _HOLD,
        _("Row %(row)s may be the same person under another document."))
    POSSIBLE_SAME_AS_KNOWN = ("possible_same_as_known", _HOLD,
        _("A known worker with another document may be the same person."))
    DOCUMENT_OF_ANOTHER_KIND = ("document_of_another_kind", _HOLD,
        _("The same number is known as a document of another kind."))
    DOCUMENT_RETIRED = ("document_retired", _HOLD,
        _("This is a former document number of a known worker. Confirm that it is the same person."))
    PHONE_USED_BY_ANOTHER = ("phone_used_by_another", _HOLD,
        _("The mobile number belongs to another worker. Confirm who uses it now."))

    # -- only told
    VALUE_CLEANED = "value_cleaned", _NOTICE, _("Stray characters were removed or replaced: %(what)s.")
    LOOKALIKE_REPLACED = "lookalike_replaced", _NOTICE, _("A character that only looks like X was read as X.")
    NAME_REPAIRED = ("name_repaired", _NOTICE,
        _("The name was written in its standard form; the original spelling is kept."))
    NAME_HAS_DIGITS = "name_has_digits", _NOTICE, _("The name ends in a running number.")
    NAME_VARIANT = ("name_variant", _NOTICE,
        _("The name is a variant spelling of the one already stored, which is kept."))
    DOCUMENT_KIND_INFERRED = ("document_kind_inferred", _NOTICE,
        _("The kind of document was taken from its number: %(kind)s."))
    BIRTH_MISSING = "birth_missing", _NOTICE, _("The date of birth is not known.")
    DUPLICATE_IN_FILE = "duplicate_in_file", _NOTICE, _("Row %(row)s already says this.")
    SECOND_ENTERPRISE_IN_FILE = ("second_enterprise_in_file", _NOTICE,
        _("Row %(row)s has the same person at another enterprise."))
    PHONE_SHARED = "phone_shared", _NOTICE, _("Row %(row)s has the same mobile number.")
    PHONE_MISSING = "phone_missing", _NOTICE, _("Without a mobile number the worker cannot sign in.")
    VALUES_JOINED = "values_joined", _NOTICE, _("The texts of several columns were joined.")
    FORMULA_TEXT_DROPPED = "formula_text_dropped", _NOTICE, _("The text of a formula was not stored.")
    WORK_RELATION_UNKNOWN = ("work_relation_unknown", _NOTICE,
        _("The work relation was not recognised and not stored."))
    TEXT_TOO_LONG = "text_too_long", _NOTICE, _("The text was cut to %(limit)s characters.")
    UNCHANGED = "unchanged", _NOTICE, _("Everything in this row is already known.")
    VALUE_CHANGED = "value_changed", _NOTICE, _("Changes %(field)s: %(old)s → %(new)s.")
    VALUE_CLEARED = "value_cleared", _NOTICE, _("Clears %(field)s, which was %(old)s.")
    JOINED_ENTERPRISE = ("joined_enterprise", _NOTICE,
        _("A known worker who now also works at this enterprise."))
    PHONE_KEPT = "phone_kept", _NOTICE, _("The worker already gave another mobile number, which is kept.")
    ALREADY_COVERED = "already_covered", _NOTICE, _("Already covered until %(until)s.")
    BELONGS_TO_ANOTHER_UNIT = "belongs_to_another_unit", _NOTICE, _("Already enrolled through another unit.")
    LEAVER = "leaver", _NOTICE, _("A member who is not in this full roster.")
    # fmt: on


class RosterRefused(Refusal):
    """Nothing of the file can be used. The code is of severity refuse; `details` fill its message."""

    def __init__(self, code: Code, **details: str) -> None:
        super().__init__(code.value, code.message, **details)

    def __str__(self) -> str:
        return str(self.message) % self.details
