"""Books that leave: what each recipient is never shown, what is locked, and who is asked first."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import BadZipFile

import openpyxl
import pytest

from app.documents.visit_log import LogOptions
from app.domain.caring import WatchCause
from app.domain.casework import Health
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.notice_body import UNNAMED
from app.services.fund import ReserveFunds
from app.services.watchlist import NewWatch, Watchlist
from tests import pdfs
from tests.casework import TODAY, payment, refusal, visit
from tests.exporting import BOARD, NUMBER, NUMBERED_NOTE, cells, last_deed, order, village_of
from tests.locked_workbooks import opened
from tests.storefile import household_of


@pytest.fixture
def village(work):
    return village_of(work)


def test_whole_numbers_leave_only_in_a_workbook_that_its_password_opens(village, tmp_path):
    path = tmp_path / "x.xlsx"

    report = village.exports.write(order(path, options=LogOptions(mask=Mask.FULL)))

    data = path.read_bytes()
    assert NUMBER.encode() not in data
    with pytest.raises(BadZipFile):
        openpyxl.load_workbook(BytesIO(data))
    assert any(NUMBER in row for row in cells(opened(data, report.password)))
    assert last_deed(village)[1]["locked"] is True
    assert report.password not in str(last_deed(village))


@pytest.mark.parametrize("ending", [".csv", ".pdf"])
def test_whole_numbers_never_leave_in_a_file_that_anybody_opens(village, tmp_path, ending):
    path = tmp_path / f"x{ending}"

    problem = refusal(village.exports.write, order(path, options=LogOptions(mask=Mask.FULL)))

    assert problem.code == "E-04"
    assert not path.exists()


def test_what_is_kept_for_oneself_is_locked_however_much_is_hidden(village, tmp_path):
    asked = order(tmp_path / "x.xlsx", recipient=Recipient.OWN_COPY, reason="自己备份")

    report = village.exports.write(asked)

    data = asked.path.read_bytes()
    with pytest.raises(BadZipFile):
        openpyxl.load_workbook(BytesIO(data))
    assert any("覃兰英" in row for row in cells(opened(data, report.password)))
    assert (last_deed(village)[1]["locked"], last_deed(village)[1]["mask"]) == (True, "middle_8")
    for ending in (".csv", ".pdf"):
        elsewhere = replace(asked, path=tmp_path / f"y{ending}")
        assert refusal(village.exports.write, elsewhere).code == "E-04"


def test_the_six_masks_and_whom_files_go_to_are_those_coordinators_know():
    assert [mask.label for mask in Mask] == [
        "全号", "藏中间8位", "藏中间6位", "藏后8位", "只留后4位", "不要"
    ]  # fmt: skip
    assert {one.label for one in Recipient} == {
        "镇民政办", "县民政局", "村公示栏", "残联", "自己备份", "别的"
    }  # fmt: skip


def test_whole_numbers_need_a_reason_however_few_they_are(village, tmp_path):
    asked = order(tmp_path / "x.xlsx", options=LogOptions(mask=Mask.FULL), reason=" ")

    assert refusal(village.exports.write, asked).code == "E-03"


@pytest.mark.parametrize("book", [ExportBook.WATCHED, ExportBook.FUND, ExportBook.ROSTER])
def test_more_than_twenty_people_need_a_reason_whatever_the_book(work, tmp_path, book):
    watchlist = Watchlist(work.begin, work.clock)
    ReserveFunds(work.begin, work.clock).put_in(Money.yuan(2100), TODAY)
    for n in range(21):
        home = household_of("覃兰英", door=f"{n}号", id_number=None)
        work.households.add_all([home])
        work.relief.pay(replace(payment(home), payee_name=f"覃{n}", amount=Money.yuan(10)))
        watchlist.notice(
            NewWatch(
                household=home.id, cause=WatchCause.AT_RISK_MARGINAL, note="欠账", noticed_on=TODAY
            )
        )
    asked = order(tmp_path / "x.xlsx", book, reason="")

    assert refusal(work.exports.write, asked).code == "E-03"
    assert work.exports.write(replace(asked, reason="报镇里")).persons == 21


def test_more_than_twenty_people_leave_only_for_who_knows_the_passphrase(work, tmp_path):
    def watched(doors: range) -> None:
        for n in doors:
            home = household_of("覃兰英", door=f"{n}号", id_number=None)
            work.households.add_all([home])
            watchlist.notice(
                NewWatch(
                    household=home.id,
                    cause=WatchCause.AT_RISK_MARGINAL,
                    note="欠",
                    noticed_on=TODAY,
                )
            )

    watchlist = Watchlist(work.begin, work.clock)
    exports = replace(work.exports, knows=lambda said: said == "右边的口令")
    asked = order(tmp_path / "x.xlsx", ExportBook.WATCHED)
    watched(range(20))
    assert exports.write(asked).persons == 20
    watched(range(20, 21))
    (tmp_path / "x.xlsx").unlink()

    for said in ("", "别人的口令"):
        assert refusal(exports.write, replace(asked, passphrase=said)).code == "E-14"
    assert not (tmp_path / "x.xlsx").exists()
    assert exports.write(replace(asked, passphrase="右边的口令")).persons == 21


def test_a_board_shows_that_somebody_was_there_and_nothing_of_anybody(village, tmp_path):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, options=BOARD, recipient=Recipient.NOTICE_BOARD))

    text = path.read_text("utf-8-sig")
    for told in ("乙肝", "看病", "0027", "4599", "19900006621", "李小雨", Health.ILL.label):
        assert told not in text, told
    assert UNNAMED in text
    assert "覃兰英" in text


@pytest.mark.parametrize(
    "options",
    [
        replace(BOARD, mask=Mask.ONLY_LAST_4),
        replace(BOARD, phone=True),
        replace(BOARD, health=True),
        replace(BOARD, note=True),
        replace(BOARD, answers=True),
        replace(BOARD, minors=True),
    ],
)
def test_nothing_more_may_be_asked_for_a_board(village, tmp_path, options):
    asked = order(tmp_path / "x.csv", options=options, recipient=Recipient.NOTICE_BOARD)

    assert refusal(village.exports.write, asked).code == "E-20"
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize("book", [ExportBook.FUND, ExportBook.WATCHED])
def test_books_that_say_what_is_the_matter_never_hang_on_a_board(village, tmp_path, book):
    asked = order(tmp_path / "x.pdf", book, options=BOARD, recipient=Recipient.NOTICE_BOARD)

    assert refusal(village.exports.write, asked).code == "E-21"


@pytest.mark.parametrize("mask", [Mask.NONE, Mask.LAST_8])
def test_last_figures_that_were_not_wanted_are_in_no_ledger(village, tmp_path, mask):
    options = LogOptions(mask=mask)
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.FUND, options=options))
    refused = order(tmp_path / "x.pdf", ExportBook.FUND, options=options)

    assert "证件尾号" not in path.read_text("utf-8-sig")
    assert refusal(village.exports.write, refused).code == "E-07"


def test_the_fund_s_own_button_does_not_go_round_the_reason(work, tmp_path):
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(2100), TODAY)
    for n in range(21):
        home = household_of("覃兰英", door=f"{n}号", id_number=None)
        work.households.add_all([home])
        work.relief.pay(replace(payment(home), payee_name=f"覃{n}", amount=Money.yuan(10)))

    problem = refusal(funds.export, f"{TODAY:%Y-%m}", tmp_path / "x.xlsx")

    assert problem.code == "E-03"
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_a_number_in_what_was_written_is_hidden_like_its_column(village, tmp_path, ending):
    (home,) = (one for one in village.households.lines() if one.head_name == "覃兰英")
    village.visits.record(visit(home, note=NUMBERED_NOTE))
    path = tmp_path / f"x{ending}"

    village.exports.write(order(path))

    data = path.read_bytes()
    said = {".xlsx": lambda: str(cells(data)), ".csv": lambda: data.decode("utf-8-sig")}
    text = said.get(ending, lambda: pdfs.written(data))()
    assert NUMBER not in text
    assert "19900006621" not in text.replace("\xa0", "")
    assert "459901********0027" in "".join(text.split())


@pytest.mark.parametrize("mask", [Mask.MIDDLE_8, Mask.FULL])
@pytest.mark.parametrize("ending", [".csv", ".pdf"])
def test_no_ledger_says_a_number_that_somebody_wrote_into_it(work, tmp_path, ending, mask):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), TODAY, NUMBERED_NOTE)
    work.relief.pay(payment(home, event_note=NUMBERED_NOTE))
    Watchlist(work.begin, work.clock).notice(
        NewWatch(
            household=home.id, cause=WatchCause.AT_RISK_MARGINAL, note=NUMBERED_NOTE,
            noticed_on=TODAY,
        )
    )  # fmt: skip
    for book in (ExportBook.WATCHED, ExportBook.FUND):
        path = tmp_path / f"{book.value}{ending}"
        work.exports.write(order(path, book, options=LogOptions(mask=mask)))
        data = path.read_bytes()
        text = pdfs.written(data) if ending == ".pdf" else data.decode("utf-8-sig")

        assert NUMBER not in text
        assert "19900006621" not in text.replace("\xa0", "")
        assert "459901********0027" in text


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        (Mask.LAST_8, "4599011958********"),
        (Mask.ONLY_LAST_4, "**************0027"),
        (Mask.NONE, "******************"),
    ],
)
def test_a_stricter_mask_is_held_to_in_what_somebody_wrote(work, tmp_path, mask, shown):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])
    ReserveFunds(work.begin, work.clock).put_in(Money.yuan(1000), TODAY)
    work.relief.pay(payment(home, event_note=NUMBERED_NOTE))
    Watchlist(work.begin, work.clock).notice(
        NewWatch(
            household=home.id, cause=WatchCause.AT_RISK_MARGINAL, note=NUMBERED_NOTE,
            noticed_on=TODAY,
        )
    )  # fmt: skip
    for book in (ExportBook.WATCHED, ExportBook.FUND):
        path = tmp_path / f"{book.value}.csv"
        work.exports.write(order(path, book, options=LogOptions(mask=mask)))

        assert f"身份证 {shown}，" in path.read_text("utf-8-sig")
