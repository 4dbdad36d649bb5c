"""Pictures and signatures of a visit, and the papers that carry them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import Met
from app.domain.problem import Unavailable
from app.domain.visit_words import FilePurpose
from app.services.due_keeping import DueKeeping
from app.services.papers import KINDS, VISIT, content_of, subject_of
from app.services.referrals import Referrals
from app.services.visit_files import LARGEST_PHOTO, VisitFiles
from app.services.visits import MOST_FILES
from app.store.blobs import BlobStore
from tests.storefile import household_of
from tests.visiting import TODAY, ask, asked, new_referral, refusal

SIGNED = (((10, 20), (300, 120)), ((400, 50), (420, 90)))

JPEG = b"\xff\xd8\xff\xe0 only pixels \xff\xd9"


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def referrals(work):
    return Referrals(work.begin, work.clock)


@pytest.fixture
def files(work, tmp_path):
    return VisitFiles(work.begin, work.clock, BlobStore(tmp_path / "blobs", bytes(32)))


# photos and signatures


def test_a_photo_is_encrypted_first_and_then_named(work, home, files, tmp_path):
    kept = files.keep_photo(JPEG)
    visit = work.visits.record(asked(home, files=(kept,)))

    (file,) = files.files(visit)
    on_disk = b"".join(
        path.read_bytes() for path in (tmp_path / "blobs").rglob("*") if path.is_file()
    )
    assert (file.kept, files.read(file.kept)) == (kept, JPEG)
    assert b"only pixels" not in on_disk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "F-60"),
        (b"", "F-60"),
        (b"\xff\xd8" + bytes(LARGEST_PHOTO), "F-61"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM", "F-62"),
        (b"\xff\xd8\xff\xe1http://ns.adobe.com/xap/1.0/", "F-62"),
    ],
)
def test_what_is_no_clean_picture_is_refused_and_writes_nothing(files, tmp_path, content, code):
    assert refusal(files.keep_photo, content).code == code
    assert not (tmp_path / "blobs").exists()


def test_a_visit_has_at_most_so_many_pictures(work, home, files):
    kept = files.keep_photo(JPEG)

    too_many = asked(home, files=(kept,) * (MOST_FILES + 1))

    assert refusal(work.visits.record, too_many).code == "F-63"


def test_taking_a_picture_away_hides_it_and_it_can_come_back(work, home, files):
    visit = work.visits.record(asked(home, files=(files.keep_photo(JPEG),)))
    (file,) = files.files(visit)

    files.hide(file.id)
    files.hide(file.id)
    hidden = files.files(visit)
    kept = ask(work, lambda unit: unit.visiting.files(visit, hidden=True))
    files.bring_back(file.id)
    files.bring_back(file.id)
    files.hide("nobody")

    assert (hidden, len(kept), files.read(file.kept)) == ([], 1, JPEG)
    assert [one.id for one in files.files(visit)] == [file.id]


def test_a_damaged_picture_says_so(work, home, files, tmp_path):
    kept = files.keep_photo(JPEG)
    (path,) = [one for one in (tmp_path / "blobs").rglob("*") if one.is_file()]
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(Unavailable) as caught:
        files.read(kept)

    assert caught.value.code == "V-15"


def paper_of(work, visit, blobs=None):
    with work.begin() as unit:
        subject = subject_of(unit, KINDS[VISIT], visit)
        return content_of(unit, work.rules, KINDS[VISIT], subject, blobs)


def test_f15_carries_signature_addenda_and_the_count_of_photos(work, home, files):
    kept = (files.keep_photo(JPEG), files.keep_signature(SIGNED))
    visit = work.visits.record(asked(home, files=kept))
    work.visits.add(visit, "药费单子找到了")

    content = paper_of(work, visit, files.blobs)

    assert (content.signature, content.photos) == (SIGNED, 1)
    assert [(one.by, one.text) for one in content.addenda] == [("测试协理员", "药费单子找到了")]


def test_f15_names_the_day_that_was_planned(work, home, files):
    again = TODAY + timedelta(days=3)
    visit = work.visits.record(asked(home, met=Met.NOBODY, again_on=again))

    content = paper_of(work, visit, files.blobs)

    assert (content.next_visit_on, content.signature) == (again, ())


def test_a_hidden_signature_is_not_printed(work, home, files):
    visit = work.visits.record(asked(home, files=(files.keep_signature(SIGNED),)))
    (file,) = files.files(visit)

    files.hide(file.id)

    assert file.kept.purpose is FilePurpose.SIGNATURE
    assert paper_of(work, visit, files.blobs).signature == ()


def test_the_list_is_the_same_when_it_is_made_anew(work, home, referrals):
    referrals.refer(new_referral(home))
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))

    with work.begin() as unit:
        found = DueKeeping(work.clock, work.rules).differences(unit, [home.id])

    assert found == []
