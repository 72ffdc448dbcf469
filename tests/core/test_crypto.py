import pytest

from unionbenefits.core.crypto.keyring import CannotOpen, KeyRing

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32


def test_seal_opens_to_the_same_text():
    ring = KeyRing({"k1": OLD}, INDEX)
    assert ring.open(ring.seal("440699199003070010", "a.b.c"), "a.b.c") == "440699199003070010"


def test_seal_never_gives_the_same_bytes_twice():
    ring = KeyRing({"k1": OLD}, INDEX)
    assert ring.seal("x", "a") != ring.seal("x", "a")


def test_value_moved_to_another_column_does_not_open():
    ring = KeyRing({"k1": OLD}, INDEX)
    with pytest.raises(CannotOpen):
        ring.open(ring.seal("x", "workers.worker.phone"), "workers.identitydocument.number")


def test_altered_value_does_not_open():
    ring = KeyRing({"k1": OLD}, INDEX)
    sealed = bytearray(ring.seal("x", "a"))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen):
        ring.open(bytes(sealed), "a")


def test_old_key_still_opens_and_is_seen_as_old():
    before, after = KeyRing({"k1": OLD}, INDEX), KeyRing({"k2": NEW, "k1": OLD}, INDEX)
    sealed = before.seal("x", "a")
    assert after.open(sealed, "a") == "x"
    assert (after.is_current(sealed), after.is_current(after.seal("x", "a"))) == (False, True)


def test_missing_key_is_named():
    with pytest.raises(CannotOpen, match="k1"):
        KeyRing({"k2": NEW}, INDEX).open(KeyRing({"k1": OLD}, INDEX).seal("x", "a"), "a")


def test_seal_many_keeps_none_and_order():
    ring = KeyRing({"k1": OLD}, INDEX)
    sealed = ring.seal_many(["a", None, "b"], "l")
    assert [None if s is None else ring.open(s, "l") for s in sealed] == ["a", None, "b"]


def test_digest_differs_by_purpose_and_not_by_time():
    ring = KeyRing({"k1": OLD}, INDEX)
    assert ring.digest("x", "phone") == ring.digest("x", "phone") != ring.digest("x", "document.number")
