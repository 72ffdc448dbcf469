"""Like pictures are found again through the index of bands, however their bits differ within the distance."""

import random

import pytest
from django.db import connection

from tests.factories.claims import ClaimFactory, PaperFactory
from unionbenefits.claims.findings import PICTURE_DISTANCE, find
from unionbenefits.claims.models import Finding

pytestmark = pytest.mark.django_db

BANDS = 5


def signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def bands_of(bits: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_picture_bands(%s)", [signed(bits)])
        return cursor.fetchone()[0]


def turned(bits: int, at: list[int]) -> int:
    for bit in at:
        bits ^= 1 << bit
    return bits


def test_the_distance_is_less_than_the_bands():
    assert PICTURE_DISTANCE < BANDS == len(bands_of(0))


def test_hashes_within_the_distance_share_a_band():
    chance = random.Random(5)
    for _one in range(200):
        bits, at = chance.getrandbits(64), chance.sample(range(64), PICTURE_DISTANCE)
        assert set(bands_of(bits)) & set(bands_of(turned(bits, at)))


def test_every_bit_belongs_to_one_band():
    plain = bands_of(0)
    for bit in range(64):
        changed = [a != b for a, b in zip(plain, bands_of(1 << bit), strict=True)]
        assert changed == [band == bit % BANDS for band in range(BANDS)], bit


@pytest.mark.parametrize(
    ("at", "is_found"), [([], True), ([0, 1, 2, 3], True), ([5, 21, 40, 63], True), ([0, 1, 2, 3, 4], False)]
)
def test_a_photo_is_found_up_to_the_distance_and_no_further(at, is_found):
    bits = 0xF0F1_A5C3_0F3C_9966
    older, younger = ClaimFactory(), ClaimFactory()
    PaperFactory(claim=older, picture_hash=signed(bits))
    PaperFactory(claim=younger, picture_hash=signed(turned(bits, at)))
    find([younger.pk])
    pairs = Finding.objects.filter(kind="same_picture").values_list("claim", "other")
    assert list(pairs) == ([(younger.pk, older.pk)] if is_found else [])


def test_blank_pages_and_papers_taken_out_are_like_nothing():
    older, younger = ClaimFactory(), ClaimFactory()
    for claim in (older, younger):
        PaperFactory(claim=claim, picture_hash=1)
    PaperFactory(claim=younger, picture_hash=0x0F0F_0F0F_0F0F_0F0F)
    PaperFactory(claim=older, picture_hash=0x0F0F_0F0F_0F0F_0F0F, removed_at="2026-03-01T00:00Z")
    find([younger.pk])
    assert not Finding.objects.filter(kind="same_picture").exists()


def test_the_same_bytes_are_found_without_a_hash():
    older, younger = ClaimFactory(), ClaimFactory()
    for claim in (older, younger):
        PaperFactory(claim=claim, sha256="a" * 64)
    find([younger.pk])
    assert Finding.objects.get(kind="same_picture").other == older
