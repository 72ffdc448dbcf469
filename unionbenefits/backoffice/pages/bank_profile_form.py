"""The form of a bank profile: columns in their order, headings and words with commas between."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.claims.actions import ProfileTerms
from unionbenefits.claims.banking.checking import ANSWER_LABELS, IN_LABELS, LINES_AT_MOST, OUT_LABELS
from unionbenefits.claims.banking.layouts import (
    IN_HEADINGS,
    OUT_COLUMNS,
    STATUS_WORDS,
    Answer,
    FileFormat,
    In,
    Layout,
    Out,
)
from unionbenefits.claims.models import BankProfile

# Columns that a batch file can have: one for each meaning.
COLUMNS = len(Out)
_BETWEEN = re.compile(r"[,，、;；\n]")


class ProfileForm(forms.Form):
    """A bank's forms as an officer reads them off the bank's manual."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Letters, digits and dashes; commands and files use it. It stays."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the bank"), max_length=80)
    format = forms.ChoiceField(
        label=gettext_lazy("The bank takes"),
        choices=[(FileFormat.XLSX.value, "Excel (.xlsx)"), (FileFormat.CSV.value, "CSV")],
        widget=forms.RadioSelect,
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of CSV files"),
        choices=[("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")],
        widget=forms.RadioSelect,
    )
    line_limit = forms.IntegerField(
        label=gettext_lazy("Lines per file at most"), min_value=1, max_value=LINES_AT_MOST
    )
    purpose = forms.CharField(label=gettext_lazy("Purpose on the worker's statement"), max_length=40)
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)

    def __init__(self, profile: BankProfile | None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(profile))
        if profile is not None:
            del self.fields["code"]
        columns = [(code.value, label) for code, label in OUT_LABELS.items()]
        for at in range(COLUMNS):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=_("Column %(number)s") % {"number": at + 1},
                choices=[("", "–"), *columns],
                required=False,
            )
            self.fields[f"heading_{at}"] = forms.CharField(label=_("Heading"), max_length=40, required=False)
        for meaning, label in IN_LABELS.items():
            self.fields[f"in_{meaning}"] = forms.CharField(label=str(label), max_length=300, required=False)
        for answer, label in ANSWER_LABELS.items():
            self.fields[f"word_{answer}"] = forms.CharField(label=str(label), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A word means one outcome."""
        values: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for answer in Answer:
            for word in _parts(values.get(f"word_{answer}", "")):
                if word in seen:
                    self.add_error(
                        f"word_{answer}", _("“%(word)s” stands for another outcome already.") % {"word": word}
                    )
                seen.add(word)
        return values

    def terms(self) -> ProfileTerms:
        """What was typed, as the verb takes it."""
        values = self.cleaned_data
        columns = [(values[f"column_{at}"], values[f"heading_{at}"]) for at in range(COLUMNS)]
        return ProfileTerms(
            **{
                name: values[name]
                for name in ("name", "format", "encoding", "line_limit", "purpose", "is_active")
            },
            out_columns=[(meaning, heading) for meaning, heading in columns if meaning],
            in_headings={one.value: _parts(values[f"in_{one}"]) for one in In if values[f"in_{one}"]},
            status_words={
                word: answer.value for answer in Answer for word in _parts(values[f"word_{answer}"])
            },
        )

    def add_refusal(self, field: str | None, sentence: str) -> None:
        """Beside the fields that it is about; `field` is of a BankProfile."""
        first = {"out_columns": "column_0", "in_headings": "in_order", "status_words": "word_paid"}
        name = first.get(field or "", field)
        self.add_error(name if name in self.fields else None, sentence)

    def base(self) -> list[Any]:
        """Bank, format and limits."""
        names = ("code", "name", "format", "encoding", "line_limit", "purpose", "is_active")
        return [self[name] for name in names if name in self.fields]

    def columns(self) -> list[tuple[Any, Any]]:
        """Meaning and heading of each column of the batch file."""
        return [(self[f"column_{at}"], self[f"heading_{at}"]) for at in range(COLUMNS)]

    def headings(self) -> list[Any]:
        """Headings of the result file."""
        return [self[f"in_{meaning}"] for meaning in In]

    def words(self) -> list[Any]:
        """Words for an outcome."""
        return [self[f"word_{answer}"] for answer in Answer]


def _initial(profile: BankProfile | None) -> dict[str, Any]:
    if profile is None:
        columns = [(meaning.value, heading) for meaning, heading in OUT_COLUMNS]
        headings = {meaning.value: list(names) for meaning, names in IN_HEADINGS.items()}
        words = {word: answer.value for word, answer in STATUS_WORDS.items()}
        usual = Layout()
        found: dict[str, Any] = {
            "format": usual.format.value,
            "encoding": usual.encoding,
            "line_limit": usual.line_limit,
            "purpose": usual.purpose,
            "is_active": True,
        }
    else:
        columns, headings, words = profile.out_columns, profile.in_headings, profile.status_words
        names = ("name", "format", "encoding", "line_limit", "purpose", "is_active")
        found = {name: getattr(profile, name) for name in names}
    for at, (meaning, heading) in enumerate(columns[:COLUMNS]):
        found |= {f"column_{at}": meaning, f"heading_{at}": heading}
    found |= {f"in_{meaning}": _joined(headings.get(meaning, [])) for meaning in In}
    found |= {
        f"word_{answer}": _joined(word for word, means in words.items() if means == answer)
        for answer in Answer
    }
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)
