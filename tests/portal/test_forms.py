"""Whatever people type: never a fault, and what is taken has one form."""

import re

import pytest
from hypothesis import given, strategies as st

from tests.factories import resident_number
from unionbenefits.plans.certificates import certificate_no, grouped
from unionbenefits.portal.forms import CertificateForm, CodeForm, SignInForm

ANYTHING = st.text(st.characters(), max_size=60)
BLANKS = st.sampled_from(["", " ", "-", "　", "\u200b", " - "])


@given(document=ANYTHING, phone=ANYTHING)
def test_any_text_is_taken_in_normal_form_or_explained(document, phone):
    form = SignInForm({"document": document, "phone": phone})
    form.is_valid()
    for name, shape in [("document", r"[A-Z0-9]{5,18}"), ("phone", r"1[3-9]\d{9}")]:
        taken = form.cleaned_data.get(name)
        assert (taken is None) == (name in form.errors)
        assert taken is None or re.fullmatch(shape, taken, re.ASCII)


@given(order=st.integers(0, 999), blanks=st.lists(BLANKS, min_size=17, max_size=17), wide=st.booleans())
def test_one_document_typed_in_many_ways_is_one_number(order, blanks, wide):
    number = resident_number(order)
    typed = number[0] + "".join(blank + digit for blank, digit in zip(blanks, number[1:], strict=True))
    typed = typed[:40] if len(typed) <= 40 else number
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in typed)
    form = SignInForm({"document": typed.lower(), "phone": "13800138000"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["document"] == number


@given(ANYTHING)
def test_code_is_six_ascii_digits_or_explained(typed):
    form = CodeForm({"code": typed})
    assert not form.is_valid() or re.fullmatch(r"\d{6}", form.cleaned_data["code"], re.ASCII)


@given(st.integers(1, 10**9 - 1))
def test_certificate_number_is_read_back_as_it_is_shown(serial):
    number = certificate_no(2026, serial)
    form = CertificateForm({"certificate": grouped(number)})
    assert form.is_valid()
    assert form.cleaned_data["certificate"] == number


@given(ANYTHING)
def test_any_certificate_text_is_a_number_or_explained(typed):
    form = CertificateForm({"certificate": typed})
    assert not form.is_valid() or re.fullmatch(r"\d{15,}", form.cleaned_data["certificate"], re.ASCII)


@pytest.mark.parametrize("typed", ["123456", "１２３４５６", "123 456", "123-456", " 123456\u200b"])
def test_code_is_forgiven_its_blanks_and_widths(typed):
    form = CodeForm({"code": typed})
    assert form.is_valid()
    assert form.cleaned_data["code"] == "123456"
