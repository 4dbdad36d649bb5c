"""`print FORM…` on a vault in which a means test has become an application."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from sqlalchemy import update

from app.cli.main import EXIT_REFUSED, run
from app.models.base import table_of
from app.models.log import DeviceRow
from app.services.desk import begin_in, open_desk
from app.services.policies import Policies
from app.services.printing import Printing
from app.store.atomic import disk_full
from app.store.entering import open_vault
from tests.fakes import StoppedClock
from tests.storefile import household_of
from tests.vaults import PASSPHRASE


@pytest.fixture
def home(kept, clock):
    """A household that has been tested, with a draft application."""
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    with begin_in(vault, clock)() as work:
        work.connection.execute(
            update(table_of(DeviceRow)).values(device_no="7", county_id="459901")
        )
        work.commit()
    desk, made = open_desk(vault, clock, Policies()), household_of("覃兰英", "覃小雨")
    desk.households.add_all([made])
    facts = desk.assessments.start(made.id)
    told = replace(facts.household, incomes=(), expenses=(), assets=(), obligors=())
    kept_test = desk.assessments.save(made.id, replace(facts, household=told))
    desk.applications.from_assessment(kept_test)
    vault.close()
    return made


def printed(kept, home, tmp_path, *forms):
    word, paper = tmp_path / "word", tmp_path / "papers.pdf"
    word.write_text(PASSPHRASE, encoding="utf-8")
    options = ["--vault", kept.directory, "--household", home.id, "-o", paper]
    words = ["print", *forms, *options, "--passphrase-file", word]
    status = run([str(one) for one in words], clock=StoppedClock(), screenshots=lambda *_all: [])
    return status, paper


def test_the_papers_of_an_application_come_as_one_file(kept, home, tmp_path, capsys):
    status, paper = printed(kept, home, tmp_path, "F01", "F02", "F03", "F05")

    said = capsys.readouterr().out.splitlines()
    document = pypdfium2.PdfDocument(paper)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert status == 0
    assert [line.split(" ")[0] for line in said] == ["F01", "F02", "F03", "F05"]
    assert len({line.split(" ")[1] for line in said}) == 2  # the application's, and the test's own
    assert "家庭经济状况核对授权书" in text
    assert "家庭收入财产核算表" in text


@pytest.mark.parametrize("form", ["F18", "visits"])
def test_a_form_that_is_no_households_is_refused_and_not_offered(
    kept, home, tmp_path, capsys, form
):
    status, paper = printed(kept, home, tmp_path, form)
    said = capsys.readouterr().err
    printed(kept, home, tmp_path, "F99")
    offered = capsys.readouterr().err

    assert (status, said.count("。")) == (EXIT_REFUSED, 3)
    assert "P-22" in said
    assert "P-03" in offered
    assert form not in offered
    assert not paper.exists()


def test_a_paper_that_cannot_be_recorded_is_not_left_in_a_file(
    kept, home, tmp_path, capsys, monkeypatch
):
    def full(*_all):
        raise disk_full()

    monkeypatch.setattr(Printing, "record_all", full)

    status, paper = printed(kept, home, tmp_path, "F01")

    assert status == EXIT_REFUSED
    assert "D-01" in capsys.readouterr().err
    assert [one.name for one in paper.parent.iterdir() if "papers.pdf" in one.name] == []


def test_a_form_that_does_not_suit_the_household_is_refused(kept, home, tmp_path, capsys):
    status, paper = printed(kept, home, tmp_path, "F03", "F11")

    assert status == EXIT_REFUSED
    assert "没有申请特困" in capsys.readouterr().err
    assert not paper.exists()
