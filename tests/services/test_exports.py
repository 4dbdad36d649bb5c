"""Books that leave: what each recipient sees, what is locked, and what the log of deeds keeps."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
import pytest

from app.documents.visit_log import LogOptions
from app.domain.caring import WatchCause
from app.domain.casework import Health, Need
from app.domain.column_layout import LayoutUse
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.notice_body import UNNAMED
from app.domain.people import IdKind
from app.domain.problem import Unavailable
from app.practice.registry import AGES_ON
from app.practice.village import practice_village
from app.services.export_books import ExportOrder
from app.services.fund import ReserveFunds
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.rosters import read_roster
from app.services.watchlist import NewWatch, Watchlist
from app.store import journal
from tests import pdfs
from tests.casework import TODAY, payment, refusal, visit
from tests.locked_workbooks import opened
from tests.storefile import household_of

NUMBER = "459901195803090027"
BOARD = LogOptions.for_board()


@pytest.fixture
def village(work):
    """A grown-up, a minor who heads a household, their visits, a fund and a watch list."""
    grown = household_of("覃兰英", id_number=NUMBER, birth=date(1958, 3, 9))
    minor = household_of(
        "李小雨", id_number=None, id_kind=IdKind.HUKOU_BOOK, birth=date(2012, 5, 1), door="13号"
    )
    work.households.add_all([grown, minor])
    for home in (grown, minor):
        work.visits.record(
            visit(home, health=Health.ILL, need=Need.MEDICAL, note="乙肝，常年吃药 19900006621")
        )
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), TODAY)
    work.relief.pay(payment(grown))
    watchlist = Watchlist(work.begin, work.clock)
    watchlist.notice(
        NewWatch(
            household=grown.id,
            cause=WatchCause.AT_RISK_MARGINAL,
            note="欠账看病",
            noticed_on=TODAY,
        )
    )
    return work


def order(path: Path, book: ExportBook = ExportBook.VISITS, **changes) -> ExportOrder:
    """March for the township, masked as usual, until `changes` say otherwise."""
    usual = ExportOrder(
        book=book,
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
        recipient=Recipient.TOWNSHIP,
        options=LogOptions(),
        path=path,
        reason="月底报镇民政办",
    )
    return replace(usual, **changes)


def cells(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def last_deed(work) -> tuple[str, dict[str, object]]:
    """The newest operation in clear: its kind and what it set."""
    with work.begin() as unit:
        operation = list(journal.read_operations(unit.connection))[-1]
        patch = unit.patch_of(operation) or {}
    return operation.kind, {name: new for name, (_old, new) in patch.items()}


def test_every_export_says_in_the_log_what_left_for_whom_and_why(village, tmp_path):
    path = tmp_path / "x.xlsx"

    report = village.exports.write(order(path))

    kind, facts = last_deed(village)
    assert kind == "visits.exported"
    assert facts == {
        "book": "visits",
        "recipient": "township",
        "first": "2026-03-01",
        "last": "2026-03-31",
        "rows": 2,
        "persons": 2,
        "mask": "middle_8",
        "phone": False,
        "place": True,
        "health": False,
        "note": True,
        "kind": ".xlsx",
        "layout": "",
        "reason": "月底报镇民政办",
        "usual_reason": False,
        "locked": False,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    assert (report.rows, report.persons, report.password) == (2, 2, "")


def test_a_reason_that_nobody_typed_is_known_as_such(village, tmp_path):
    village.exports.write(order(tmp_path / "x.csv", reason="报镇民政办"))

    assert last_deed(village)[1]["usual_reason"] is True


@pytest.mark.parametrize(
    ("book", "ending"),
    [
        (book, ending)
        for book in ExportBook
        for ending in (".xlsx", ".csv", ".pdf")
        if (book, ending) != (ExportBook.ROSTER, ".pdf")
    ],
)
def test_every_book_leaves_in_every_kind_and_each_is_a_deed(village, tmp_path, book, ending):
    path = tmp_path / f"x{ending}"

    report = village.exports.write(order(path, book))

    data = path.read_bytes()
    if ending == ".xlsx":
        assert len(cells(data)) > report.rows
    elif ending == ".csv":
        assert len(list(csv.reader(data.decode("utf-8-sig").splitlines()))) == report.rows + 1
    else:
        assert pdfs.text_of(data)
    assert last_deed(village)[0] == f"{book.value}.exported"


def test_what_each_book_says(village, tmp_path):
    def said(book: ExportBook) -> str:
        path = tmp_path / f"{book.value}.csv"
        village.exports.write(order(path, book))
        return path.read_text("utf-8-sig")

    assert "拨入" in said(ExportBook.FUND)
    assert "覃兰英" in said(ExportBook.WATCHED)
    assert "走访（见到人的）" in said(ExportBook.REPORT)
    assert "2 户次" in said(ExportBook.REPORT)


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


def test_whole_numbers_need_a_reason_however_few_they_are(village, tmp_path):
    asked = order(tmp_path / "x.xlsx", options=LogOptions(mask=Mask.FULL), reason=" ")

    assert refusal(village.exports.write, asked).code == "E-03"


def test_more_than_twenty_people_need_a_reason_whatever_the_book(work, tmp_path):
    watchlist = Watchlist(work.begin, work.clock)
    for n in range(21):
        home = household_of("覃兰英", door=f"{n}号", id_number=None)
        work.households.add_all([home])
        watchlist.notice(
            NewWatch(
                household=home.id, cause=WatchCause.AT_RISK_MARGINAL, note="欠账", noticed_on=TODAY
            )
        )
    asked = order(tmp_path / "x.xlsx", ExportBook.WATCHED, reason="")

    assert refusal(work.exports.write, asked).code == "E-03"
    assert work.exports.write(replace(asked, reason="报镇里")).persons == 21


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


@pytest.mark.parametrize(
    ("book", "first", "last", "code"),
    [
        (ExportBook.FUND, date(2026, 3, 2), date(2026, 3, 31), "E-05"),
        (ExportBook.FUND, date(2026, 1, 1), date(2026, 3, 31), "E-05"),
        (ExportBook.FUND, date(2025, 1, 1), date(2025, 1, 31), "M-47"),
        (ExportBook.REPORT, date(2026, 1, 1), date(2026, 12, 31), "E-05"),
        (ExportBook.VISITS, date(2025, 1, 1), date(2025, 1, 31), "E-02"),
    ],
)
def test_a_time_a_book_does_not_have_is_said(village, tmp_path, book, first, last, code):
    asked = order(tmp_path / "x.xlsx", book, first=first, last=last)

    assert refusal(village.exports.write, asked).code == code


def test_a_quarter_is_a_time_of_a_report(village, tmp_path):
    path = tmp_path / "x.xlsx"

    village.exports.write(order(path, ExportBook.REPORT, first=date(2026, 1, 1)))

    assert "2026年第1季度" in str(cells(path.read_bytes())[0])


def test_an_empty_watch_list_is_not_exported(work, tmp_path):
    asked = order(tmp_path / "x.xlsx", ExportBook.WATCHED)

    assert refusal(work.exports.write, asked).code == "E-06"


def test_a_form_keeps_its_columns(village, tmp_path):
    asked = order(tmp_path / "x.pdf", layout="example-visits")

    assert refusal(village.exports.write, asked).code == "E-13"


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


def persons_of(homes) -> dict[str | None, tuple[object, ...]]:
    return {
        one.person.id_number or one.person.name: (
            one.person.name,
            one.relation,
            one.person.birth,
            one.person.labour,
            one.person.phone,
            home.category,
            home.group_name,
            home.bank_account,
        )
        for home in homes
        for one in home.members
    }


@pytest.mark.parametrize("layout", ["", "example-roster"])
def test_a_roster_handed_over_whole_is_read_back_without_a_word_typed(work, tmp_path, layout):
    village = practice_village(3, 12)
    homes = [each.household for each in village.members]
    work.households.add_all(homes)
    path, opened_path = tmp_path / "x.xlsx", tmp_path / "open.xlsx"
    whole = LogOptions(mask=Mask.FULL, phone=True, health=True)

    report = work.exports.write(
        order(path, ExportBook.ROSTER, options=whole, layout=layout, recipient=Recipient.COUNTY)
    )
    opened_path.write_bytes(opened(path.read_bytes(), report.password))
    read = read_roster(opened_path, on=AGES_ON, layouts=work.exports.layouts().of(LayoutUse.ROSTER))

    assert report.persons == village.people
    assert read.problems == ()
    told = persons_of(one.household for one in read.households)
    kept = persons_of(homes)
    if layout:  # the county of the example does not ask for a card, for work or for an account
        assert {name: one[:3] for name, one in told.items()} == {
            name: one[:3] for name, one in kept.items()
        }
    else:
        assert told == kept


def test_a_masked_roster_says_who_lives_in_which_group_and_little_more(village, tmp_path):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.ROSTER))

    text = path.read_text("utf-8-sig")
    heads = text.splitlines()[0]
    assert "覃兰英" in text
    assert NUMBER not in text
    for hidden in ("出生日期", "门牌", "银行账号", "联系电话", "健康状况", "家庭财产"):
        assert hidden not in heads, hidden
    assert last_deed(village)[0] == "roster.exported"


def test_a_roster_has_no_form_and_hangs_on_no_board(village, tmp_path):
    pdf = order(tmp_path / "x.pdf", ExportBook.ROSTER)
    board = order(tmp_path / "x.csv", ExportBook.ROSTER, recipient=Recipient.NOTICE_BOARD)

    assert refusal(village.exports.write, pdf).code == "E-09"
    assert refusal(village.exports.write, board).code == "E-21"


def test_an_empty_village_has_no_roster(work, tmp_path):
    assert refusal(work.exports.write, order(tmp_path / "x.csv", ExportBook.ROSTER)).code == "E-08"


NUMBERED_NOTE = f"身份证 {NUMBER}，女儿电话 19900006621"


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
    assert "19900006621" not in text
    assert "459901********0027" in "".join(text.split())


def test_what_was_added_to_a_visit_leaves_with_it(village, tmp_path):
    (home,) = (one for one in village.households.lines() if one.head_name == "覃兰英")
    made = village.visits.record(visit(home, note="家里没人"))
    village.clock.advance(days=3)
    village.visits.add(made, "是去住院了")
    path = tmp_path / "x.csv"

    report = village.exports.write(order(path))

    text = path.read_text("utf-8-sig")
    assert report.rows == 3
    assert "家里没人" in text
    assert "2026年3月5日测试协理员补记：是去住院了" in text


def prints(work) -> list[tuple[str, str, str]]:
    with work.begin() as unit:
        return [
            tuple(row)
            for row in unit.connection.exec_driver_sql(
                "SELECT form, document_no, code FROM print_record"
            )
        ]


@pytest.mark.parametrize("book", [one for one in ExportBook if one is not ExportBook.ROSTER])
def test_a_book_that_was_never_laid_down_was_never_printed(village, tmp_path, book):
    with pytest.raises(Unavailable):
        village.exports.write(order(tmp_path / "nowhere" / "x.pdf", book))

    assert prints(village) == []

    village.exports.write(order(tmp_path / "x.pdf", book))

    assert len(prints(village)) == 1


@pytest.mark.parametrize(
    ("book", "form"),
    [
        (ExportBook.VISITS, "F15L"),
        (ExportBook.FUND, "F18"),
        (ExportBook.WATCHED, "F23"),
        (ExportBook.REPORT, "F24"),
    ],
)
def test_the_code_on_an_exported_book_is_known(village, tmp_path, begin, rules, book, form):
    path = tmp_path / "x.pdf"
    village.exports.write(order(path, book))
    checks = PaperChecks(begin, rules)
    village.clock.advance(days=20)

    (check,) = checks.of_file(path.read_bytes())

    assert (check.answer, check.printed.form) == (PaperAnswer.AGREES, form)
    assert checks.of_code(check.printed.code).answer is PaperAnswer.AGREES


@pytest.mark.parametrize(
    "options",
    [LogOptions(), BOARD, LogOptions(mask=Mask.ONLY_LAST_4, phone=True, health=True, note=False)],
)
def test_the_log_is_known_again_as_it_was_shown(village, tmp_path, begin, rules, options):
    path = tmp_path / "x.pdf"
    recipient = Recipient.NOTICE_BOARD if options is BOARD else Recipient.COUNTY
    village.exports.write(order(path, options=options, recipient=recipient))

    (check,) = PaperChecks(begin, rules).of_file(path.read_bytes())

    assert check.answer is PaperAnswer.AGREES
    assert check.title == "走访台账"


@pytest.mark.parametrize("mask", [Mask.MIDDLE_8, Mask.FULL])
def test_no_ledger_says_a_number_that_somebody_wrote_into_it(work, tmp_path, mask):
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
        path = tmp_path / f"{book.value}.csv"
        work.exports.write(order(path, book, options=LogOptions(mask=mask)))
        text = path.read_text("utf-8-sig")

        assert NUMBER not in text
        assert "19900006621" not in text
    assert "459901********0027" in (tmp_path / "watched.csv").read_text("utf-8-sig")
