"""A whole 组 at once: planned before a number is taken, recorded before the file has its name."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from app.domain.problem import Unavailable
from app.services.applications import FileApplication
from app.services.batches import WHOLE_VILLAGE, Batches
from app.services.paper_packages import Purpose
from app.store.atomic import disk_full
from tests.casework import visit
from tests.records import NOBODYS
from tests.storefile import household_of


def at_once(job):
    """The store thread is this one."""
    return job()


def go_on(_done, _total, _who):
    return True


@pytest.fixture
def homes(work):
    """Two households of 一组 that have been visited and one that has not; one of 二组."""
    made = [
        replace(household_of(name, id_number=None), group_name=group, door=door)
        for name, group, door in (
            ("覃兰英", "一组", "1号"),
            ("韦阿英", "一组", "2号"),
            ("陆阿贵", "一组", "3号"),
            ("黄小英", "二组", "1号"),
        )
    ]
    work.households.add_all(made)
    for one in made[:2]:
        work.visits.record(visit(one))
    return made


@pytest.fixture
def batches(work) -> Batches:
    return Batches(work.printing)


@pytest.fixture
def folder(tmp_path):
    """Where the files go."""
    found = tmp_path / "out"
    found.mkdir()
    return found


def plan_of(batches, group="一组", purpose=Purpose.VISITING):
    return batches.plan(group, purpose, in_store=at_once, watch=go_on)


def prints(work, household) -> list:
    with work.begin() as unit:
        return unit.casework.household_prints(household.id)


def next_serial(work) -> int:
    with work.begin() as unit:
        return unit.connection.exec_driver_sql("SELECT next_serial FROM device").scalar_one()


def test_the_groups_of_the_village_are_known_in_their_order(batches, homes):
    assert batches.groups() == ["一组", "二组"]
    assert len(plan_of(batches, WHOLE_VILLAGE).homes) == 4


def test_a_plan_says_who_gets_what_and_how_much_paper_and_takes_no_number(work, batches, homes):
    before = next_serial(work)

    plan = plan_of(batches)

    assert [(one.line.head_name, [paper.form for paper in one.papers]) for one in plan.homes] == [
        ("覃兰英", ["F15"]),
        ("韦阿英", ["F15"]),
        ("陆阿贵", []),
    ]
    assert plan.homes[2].missing == ("还没有走访记录",)
    assert [(one.pages, one.sheets) for one in plan.homes] == [(1, 1), (1, 1), (0, 0)]
    assert next_serial(work) == before


def test_a_plan_names_the_characters_no_font_has(work, batches):
    odd = replace(household_of(f"王{NOBODYS}英", id_number=None), group_name="三组")
    work.households.add_all([odd])
    work.visits.record(visit(odd))

    (home,) = plan_of(batches, "三组").homes

    assert any(NOBODYS in what for what in home.missing)


def test_the_pages_planned_are_the_pages_of_the_file_on_one_side_and_on_both(
    work, batches, homes, folder
):
    work.applications.file(FileApplication(household=homes[0].id, assessment=None))
    plan = plan_of(batches, purpose=Purpose.APPLYING)

    batches.file(plan, folder / "a.pdf", in_store=at_once, watch=go_on)
    batches.file(plan, folder / "b.pdf", in_store=at_once, watch=go_on, duplex=True)

    assert plan.homes[0].pages > 2
    assert len(pypdfium2.PdfDocument(folder / "a.pdf")) == sum(one.pages for one in plan.homes)
    both = len(pypdfium2.PdfDocument(folder / "b.pdf"))
    assert both == 2 * sum(one.sheets for one in plan.homes)


def test_every_paper_of_a_batch_is_an_operation_with_its_number_and_hash(
    work, batches, homes, folder
):
    plan = plan_of(batches)

    batches.file(plan, folder / "一组.pdf", in_store=at_once, watch=go_on)

    records = [one for home in homes for one in prints(work, home)]
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(folder / "一组.pdf")
    )
    assert len(records) == 2
    for one in records:
        assert one.document_no in text
        assert one.code.replace("-", "") in text.replace("-", "")
        assert len(one.content_sha256) == 64


def test_a_batch_printed_again_counts_and_keeps_its_numbers(work, batches, homes, folder):
    plan = plan_of(batches)
    for name in ("a.pdf", "b.pdf"):
        batches.file(plan, folder / name, in_store=at_once, watch=go_on)

    records = prints(work, homes[0])
    assert sorted(one.reprint_no for one in records) == [0, 1]
    assert len({one.document_no for one in records}) == 1


def test_a_batch_that_was_stopped_leaves_no_file_and_no_record(work, batches, homes, folder):
    plan = plan_of(batches)

    left = batches.file(
        plan, folder / "a.pdf", in_store=at_once, watch=lambda done, _total, _who: done < 1
    )

    assert not left
    assert list(folder.iterdir()) == []
    assert prints(work, homes[0]) == []


def test_a_batch_that_cannot_be_recorded_leaves_no_file(work, batches, homes, folder, monkeypatch):
    plan = plan_of(batches)

    def full(*_all):
        raise disk_full()

    monkeypatch.setattr(type(work.printing), "record_traces", full)
    with pytest.raises(Unavailable) as unavailable:
        batches.file(plan, folder / "a.pdf", in_store=at_once, watch=go_on)

    assert unavailable.value.code == "D-01"
    assert list(folder.iterdir()) == []


def test_planning_can_be_stopped(batches, homes):
    assert batches.plan("一组", Purpose.VISITING, in_store=at_once, watch=lambda *_: False) is None
