"""Invariant 11: what screens show."""

import pytest

from unionbenefits.core.masking import mask_document, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三丰", "张*丰"),
        ("张三", "张*"),
        ("张", "张"),
        ("古丽·艾测", "古***测"),
        ("MARIA LOPEZ", "M*** L***"),
        ("", ""),
    ],
)
def test_mask_name(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("440699199003070010", "440***********0010"), ("H12345678", "H******78"), ("AB", "**"), ("", "")],
)
def test_mask_document(number, masked):
    assert mask_document(number) == masked


@pytest.mark.parametrize(("phone", "masked"), [("19900001234", "199****1234"), ("12345", "*****")])
def test_mask_phone(phone, masked):
    assert mask_phone(phone) == masked
