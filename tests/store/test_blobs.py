"""Attachments: nobody reads them without the key, and damage is named."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from app.store.blobs import BlobStore
from tests.fakes import NOON
from tests.vaults import flip, problem

PHOTO = b"JFIF" + secrets.token_bytes(200_000)


@pytest.fixture
def blobs(tmp_path):
    return BlobStore(tmp_path / "blobs", bytes(range(32)))


def file_of(blobs):
    return next(blobs.directory.glob("??/*"))


def test_a_photo_comes_back(blobs):
    stored = blobs.write([PHOTO[:70_000], PHOTO[70_000:]])

    assert b"".join(blobs.read(stored.blob_id, stored.wrapped_key)) == PHOTO
    assert stored.size == len(PHOTO)
    blobs.verify(stored)
    assert blobs.ids() == {stored.blob_id}


def test_nothing_of_it_lies_in_clear_and_the_file_is_private(blobs):
    blobs.write([PHOTO])
    path = file_of(blobs)

    assert PHOTO[1000:1016] not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_two_blobs_of_one_photo_share_nothing(blobs):
    one, two = blobs.write([PHOTO]), blobs.write([PHOTO])

    assert one.wrapped_key != two.wrapped_key
    with problem("V-15"):
        list(blobs.read(one.blob_id, two.wrapped_key))


def test_every_sampled_flip_is_named(blobs):
    stored = blobs.write([PHOTO])
    path = file_of(blobs)
    for place in range(0, path.stat().st_size, 9973):
        flip(path, place)
        with problem("V-15"):
            blobs.verify(stored)
        flip(path, place)
    blobs.verify(stored)


@pytest.mark.parametrize("length", [0, 1, 65_552, 65_553, 200_000])
def test_a_cut_blob_is_named(blobs, length):
    stored = blobs.write([PHOTO])
    os.truncate(file_of(blobs), length)

    with problem("V-15"):
        blobs.verify(stored)


def test_a_blob_that_is_gone_is_named(blobs):
    stored = blobs.write([PHOTO])
    file_of(blobs).unlink()

    assert not blobs.has(stored.blob_id)
    with problem("V-15"):
        blobs.verify(stored)


def test_a_row_that_lies_about_size_or_hash_is_named(blobs):
    stored = blobs.write([PHOTO])

    for lie in (replace(stored, size=1), replace(stored, sha256="0" * 64)):
        with problem("V-15"):
            blobs.verify(lie)


@pytest.mark.parametrize("name", ["../../etc/passwd", "AB" * 16, "a" * 31, "", "a" * 32 + "/.."])
def test_a_name_is_never_a_path(blobs, name):
    with pytest.raises(ValueError, match="blob id"):
        blobs.has(name)
    with problem("V-15"):
        list(blobs.read(name, "AAAA"))


def test_strays_are_swept_after_a_day_and_no_sooner(blobs):
    kept, stray = blobs.write([PHOTO]), blobs.write([PHOTO])
    for path in blobs.directory.glob("??/*"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    assert blobs.sweep({kept.blob_id}, NOON + timedelta(hours=23)) == 0
    assert blobs.sweep({kept.blob_id}, NOON + timedelta(hours=25)) == 1
    assert blobs.has(kept.blob_id)
    assert not blobs.has(stray.blob_id)
