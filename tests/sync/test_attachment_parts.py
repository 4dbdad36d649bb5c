"""Parts of attachments at the county: after their text, whole, and only from whom they say."""

from __future__ import annotations

import pytest

from app.domain.problem import Problem
from app.store.enrolment import read_enrolled
from app.store.uploads import waiting_uploads
from app.sync import sealing
from app.sync.problems import link_cut
from county_server.blobs import Blobs
from tests.attached import at_county, photo, visit_with
from tests.counties import DirectRoad


def part_of(laptop, content: bytes, number: int = 0, **changed: object) -> bytes:
    """A part as the laptop would seal it, or lying."""
    with laptop.begin() as work:
        enrolled = read_enrolled(work.connection)
        upload = waiting_uploads(work.connection, answered_only=False)[0]
    for name, value in changed.items():
        object.__setattr__(upload, name, value)
    return sealing.seal_part(enrolled, upload, number, content, laptop.clock.now())


def refusal_of(office, data: bytes) -> str:
    with pytest.raises(Problem) as caught:
        Blobs(office.county, office.database, office.clock).receive(data)
    return caught.value.code


def test_the_county_takes_no_part_before_the_text_that_names_it(laptop, office):
    picture = photo(1000)
    visit_with(laptop, picture)

    assert refusal_of(office, part_of(laptop, picture)) == "B-28"
    assert at_county(office, picture) is None


def test_a_part_of_another_length_is_refused(laptop, office):
    picture = photo(1000)
    visit_with(laptop, picture)

    assert refusal_of(office, part_of(laptop, picture[:-1])) == "B-04"
    assert refusal_of(office, part_of(laptop, picture, number=1)) == "B-04"


def test_parts_that_spell_something_else_are_let_go(laptop, office):
    picture, other = photo(1000), photo(1000)
    visit_with(laptop, picture)

    class OnlyText(DirectRoad):
        def send_part(self, data: bytes) -> bytes:
            raise link_cut()

    with pytest.raises(Problem):
        laptop.sync(OnlyText(office))
    lie = part_of(laptop, other)

    Blobs(office.county, office.database, office.clock).receive(lie)
    after_the_lie = at_county(office, picture)
    laptop.sync(DirectRoad(office))

    assert after_the_lie is None
    assert at_county(office, picture) == picture


def test_a_changed_bit_of_a_part_changes_nothing(laptop, office):
    picture = photo(600)
    visit_with(laptop, picture)
    data = part_of(laptop, picture)
    places = range(0, len(data), max(len(data) // 200, 1))

    codes = {
        refusal_of(office, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) for at in places
    }

    assert codes <= {"B-01", "B-02", "B-03", "B-04", "B-05", "B-06", "B-24"}
    assert at_county(office, picture) is None


def test_a_revoked_laptops_parts_are_set_aside(laptop, office):
    picture = photo(1000)
    visit_with(laptop, picture)
    data = part_of(laptop, picture)
    office.assignments.revoke(laptop.vault.device_id)

    assert refusal_of(office, data) == "B-23"
    assert office.status()["quarantine"] == 1
