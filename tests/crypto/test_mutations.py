"""Every kind of container and document, altered at random: none is taken."""

from __future__ import annotations

from app.crypto import envelope
from app.crypto.envelope import Kind, Purpose
from tests.mutations import KINDS, VECTORS, accepted_of


def test_the_vectors_hold_one_of_every_kind_and_it_is_taken():
    assert set(VECTORS["containers"]) == {kind.name for kind in Kind}
    assert set(VECTORS["documents"]) == {purpose.name for purpose in Purpose}
    for good, take in KINDS.values():
        assert take(good)


def test_no_mutant_of_any_kind_is_accepted():
    assert accepted_of(10_000, seed=20260302) == []


def test_a_reader_that_checks_no_signature_is_found(monkeypatch):
    """The proof can fail."""
    monkeypatch.setattr(envelope, "_verify", lambda *_: None)

    assert accepted_of(2_000, seed=20260302) != []
