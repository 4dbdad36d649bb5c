"""The verb `assess`: one case, many cases, and how each is refused."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os

import pytest

from app.cli import assess, case_lines
from app.domain.problem import Refused, Unavailable
from app.rules.bundle import bundle_of
from app.rules.casefile import LARGEST
from tests.cases import HEAD, WORKED_EXAMPLE, case_of, practice, wage


@pytest.fixture
def verb(tmp_path, clock):
    """Runs the verb on a file with this content; returns (status, stdout, stderr)."""

    def run(content: str | bytes, *options: str, name: str = "case.json"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return call(clock, str(file), *options)

    return run


def call(clock, *arguments: str):
    parser = argparse.ArgumentParser()
    assess.add_parser(parser.add_subparsers(dest="verb"))
    args = parser.parse_args(["assess", *arguments])
    out, err = io.StringIO(), io.StringIO()
    status = args.run(args, out, err, clock)
    return status, out.getvalue(), err.getvalue()


def test_one_case_is_answered_in_json(verb):
    status, out, err = verb(json.dumps(WORKED_EXAMPLE))

    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert answer["format"] == "xieli-assessment/1"
    assert answer["case"] == "case-1"
    assert answer["on"] == "2026-03-02"
    assert answer["pack"]["id"] == "national"


def test_the_command_line_stands_before_the_case(verb):
    status, out, _ = verb(
        json.dumps(WORKED_EXAMPLE | {"pack": "no-such"}), "--pack", "practice", "--on", "2025-12-31"
    )

    answer = json.loads(out)
    assert status == 0
    assert (answer["pack"]["id"], answer["on"]) == ("practice", "2025-12-31")


def test_without_any_day_it_is_today(verb):
    _, out, _ = verb(json.dumps(case_of()))

    assert json.loads(out)["on"] == "2026-03-02"


def test_a_published_bundle_can_be_tried(verb, tmp_path):
    bundle = tmp_path / "county.json"
    bundle.write_bytes(bundle_of(practice()))

    _, out, _ = verb(json.dumps(case_of(parameters={})), "--pack", str(bundle))

    assert json.loads(out)["standard_month"] == "760.00"


@pytest.mark.parametrize(
    ("content", "options", "field"),
    [
        ("{", (), "case"),
        (json.dumps(WORKED_EXAMPLE | {"extra": 1}), (), "extra"),
        (json.dumps(WORKED_EXAMPLE | {"pack": "no-such"}), (), "pack"),
        (json.dumps(WORKED_EXAMPLE), ("--pack", "no-such"), "--pack"),
        (json.dumps(WORKED_EXAMPLE), ("--pack", "no-such.json"), "FILE"),
        (json.dumps(WORKED_EXAMPLE), ("--on", "yesterday"), "--on"),
        (
            json.dumps(WORKED_EXAMPLE),
            ("--on", "1999-01-01"),
            "household.members[0].first_employed_on",
        ),
        (b" " * (LARGEST + 1), (), "case"),
    ],
)
def test_a_case_that_cannot_be_accepted_is_refused_naming_the_field(verb, content, options, field):
    with pytest.raises(Refused) as caught:
        verb(content, *options)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("case", "options", "field"),
    [({"pack": "no-such"}, (), "case.json: pack"), ({}, ("--pack", "no-such"), "--pack")],
)
def test_the_sentence_about_a_pack_nobody_has_begins_with_the_field(verb, case, options, field):
    with pytest.raises(Refused) as caught:
        verb(json.dumps(WORKED_EXAMPLE | case), *options)

    assert caught.value.code == "C-07"
    assert str(caught.value).startswith(f"{field}：没有叫“no-such”的政策包。")


def test_what_is_wrong_in_the_one_case_is_said_with_the_files_name_and_not_its_folder(verb):
    wrong = json.dumps(case_of(incomes=[wage("100") | {"amount": "-1.00"}]))

    with pytest.raises(Refused) as caught:
        verb(wrong, name="李家.json")

    assert caught.value.what.startswith("李家.json: household.incomes[0].amount：")
    assert caught.value.field == "household.incomes[0].amount"
    assert "/" not in caught.value.what


@pytest.mark.parametrize("name", ["case.json", "village.jsonl"])
def test_a_reader_that_has_read_enough_is_no_failure(tmp_path, clock, name):
    file, (reading, writing) = tmp_path / name, os.pipe()
    file.write_text("\n".join([json.dumps(case_of())] * (3 if name.endswith("l") else 1)))
    os.close(reading)
    parser = argparse.ArgumentParser()
    assess.add_parser(parser.add_subparsers(dest="verb"))
    args = parser.parse_args(["assess", str(file)])

    with os.fdopen(writing, "w", encoding="utf-8") as out:
        status = args.run(args, out, io.StringIO(), clock)

    assert status == 0


def test_a_file_that_is_not_there_is_refused(clock, tmp_path):
    with pytest.raises(Refused) as caught:
        call(clock, str(tmp_path / "nothing.json"))

    assert caught.value.code == "C-11"


def test_many_cases_are_answered_line_by_line_and_bad_ones_in_their_place(verb):
    lines = [
        json.dumps(case_of(id="a", incomes=[wage("500")])),
        "{not json",
        "",
        json.dumps(case_of(id="c") | {"extra": 1}),
        json.dumps({"id": 7}),
        json.dumps(case_of(id="e", incomes=[wage("600")])),
    ]

    status, out, err = verb("\n".join(lines), name="village.jsonl")

    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [answer["case"] for answer in answers] == ["a", None, "c", None, "e"]
    assert [answer.get("line") for answer in answers] == [None, 2, 4, 5, None]
    assert answers[2]["error"] == {
        "code": "C-02",
        "field": "extra",
        "text": "extra：没有这一项，可能是写错了名字。",
    }
    assert answers[4]["benefit_month"] == "400.00"
    assert err.splitlines() == [
        "第 2 行 case：文件不是完整的 JSON，可能没有传完。（C-01）",
        "第 4 行 extra：没有这一项，可能是写错了名字。（C-02）",
        "第 5 行 format：这一项必须填。（C-03）",
        "共 5 户，其中 3 行没有通过",
    ]


def test_when_every_line_is_good_the_status_is_zero(verb):
    status, out, _ = verb(json.dumps(case_of()) + "\r\n", name="village.JSONL")

    assert status == 0
    assert len(out.splitlines()) == 1


def test_an_endless_line_is_refused_and_the_rest_go_on(verb):
    good = json.dumps(case_of()).encode()
    longest = good + b" " * (LARGEST - len(good))

    status, out, _ = verb(
        b"\n".join([b" " * 10 + b"x" * (3 * LARGEST), longest, longest + b" ", good]),
        name="village.jsonl",
    )

    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [("error" in answer, answer.get("line")) for answer in answers] == [
        (True, 1),
        (False, None),
        (True, 3),
        (False, None),
    ]


def test_progress_goes_to_stderr(verb, monkeypatch):
    monkeypatch.setattr(case_lines, "PROGRESS_EVERY", 2)

    _, _, err = verb("\n".join([json.dumps(case_of())] * 5), name="village.jsonl")

    assert err.splitlines() == ["已测算 2 户", "已测算 4 户", "共 5 户，其中 0 行没有通过"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_goes_over_itself_and_a_refusal_wipes_it_away(monkeypatch):
    monkeypatch.setattr(case_lines, "PROGRESS_EVERY", 2)
    err = Terminal()
    narrator = case_lines.Narrator(err)

    for _ in range(4):
        narrator.answered()
    narrator.refuse(5, Refused("household：这一项必须填。", do="", code="C-03"))
    narrator.end()

    wiped = "\r" + " " * 2 * len("已测算 4 户") + "\r"
    assert err.getvalue() == (
        "\r已测算 2 户\r已测算 4 户" + wiped + "第 5 行 household：这一项必须填。（C-03）\n"
        "共 4 户，其中 1 行没有通过\n"
    )


def test_lines_come_as_other_programs_write_them(verb):
    def line(name: str) -> bytes:
        return json.dumps(case_of(id=name)).encode()

    bom = b"\xef\xbb\xbf"
    content = b"".join(
        [
            bom + line("marked") + b"\r\n",
            bom + b"\r\n",
            b"\r\n",
            b" \t\n",
            line("blank before") + b"\n",
            '{"id": "编码"}\n'.encode("gbk"),
            bom + line("marked again") + b"\n",
            line("no end"),
        ]
    )

    status, out, err = verb(content, name="village.jsonl")

    answers = [json.loads(text) for text in out.splitlines()]
    assert status == 2
    assert [answer["case"] for answer in answers] == [
        "marked", "blank before", None, "marked again", "no end",
    ]  # fmt: skip
    assert answers[2]["line"] == 6
    assert err.splitlines()[0] == "第 6 行 case：文件不是 UTF-8 编码。（C-01）"


def test_a_last_line_cut_short_is_refused_and_the_others_stand(verb):
    whole = json.dumps(case_of())

    status, out, err = verb(f"{whole}\n{whole[:-7]}", name="village.jsonl")

    assert (status, len(out.splitlines())) == (2, 2)
    assert err.startswith("第 2 行 case：文件不是完整的 JSON，可能没有传完。")


@pytest.mark.parametrize(
    "line",
    [
        '{"a": ' * 100_000,
        "[" * 100_000,
        '{"id": ' + "9" * 10_000 + "}",
        '{"id": "\\ud800"}',
        '{"a": 1, "a": 2}',
        "null",
        '{"a": NaN}',
        "\x00",
    ],
)
def test_no_line_whatever_stops_the_others(verb, line):
    good = json.dumps(case_of())

    status, out, _ = verb(f"{good}\n{line}\n{good}\n", name="village.jsonl")

    assert status == 2
    assert ["error" in json.loads(text) for text in out.splitlines()] == [False, True, False]


def test_what_is_said_of_a_refused_line_holds_nothing_about_anybody(verb):
    person = {"name": "覃兰英", "id_number": "459901195506150021", "birth": "1955-06-15"}
    stray = json.dumps(case_of(HEAD | person | {"phone": "13900000000"}))
    misplaced = json.dumps(case_of(HEAD | person | {"labour": person["id_number"]}))

    _, out, err = verb(f"{stray}\n{misplaced}", name="village.jsonl")

    assert "household.members[0].phone" in err
    assert "household.members[0].labour" in err
    assert not [value for value in (*person.values(), "13900") if value in out + err]


def test_the_answers_can_go_to_a_file_whole(verb, tmp_path):
    path = tmp_path / "answers.jsonl"
    lines = "\n".join([json.dumps(case_of(id="户")), "{"])

    status, out, _ = verb(lines, "--out", str(path), name="village.jsonl")

    assert (status, out) == (2, "")
    assert [json.loads(line)["case"] for line in path.read_bytes().splitlines()] == ["户", None]
    assert "户".encode() in path.read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {"village.jsonl", "answers.jsonl"}


def test_a_case_refused_leaves_the_answers_of_before(verb, tmp_path):
    path = tmp_path / "answer.json"
    path.write_text("before", encoding="utf-8")

    with pytest.raises(Refused):
        verb("{", "--out", str(path))

    assert path.read_text(encoding="utf-8") == "before"
    assert {each.name for each in tmp_path.iterdir()} == {"case.json", "answer.json"}


@pytest.mark.parametrize("place", ["nowhere/answers.jsonl", "."])
def test_answers_cannot_go_where_there_is_no_folder(verb, tmp_path, place):
    with pytest.raises(Refused) as caught:
        verb(json.dumps(case_of()), "--out", str(tmp_path / place))

    assert (caught.value.code, caught.value.field) == ("C-12", "--out")


def test_a_disk_that_fails_half_way_leaves_nothing(verb, tmp_path, monkeypatch):
    def fails(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fails)

    with pytest.raises(Unavailable) as caught:
        verb(json.dumps(case_of()), "--out", str(tmp_path / "answers.json"))

    assert caught.value.code == "D-01"
    assert {each.name for each in tmp_path.iterdir()} == {"case.json"}


def test_where_chinese_cannot_be_written_the_answer_is_plain_ascii():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    text = assess._encoder(out).encode({"text": "低保"})

    assert text == '{"text": "\\u4f4e\\u4fdd"}'


def test_a_case_of_the_largest_size_is_still_answered(verb):
    content = json.dumps(case_of())

    status, out, _ = verb(content + " " * (LARGEST - len(content)))

    assert (status, json.loads(out)["case"]) == (0, "case")


def test_lines_are_read_one_by_one():
    class Endless(io.BytesIO):
        reads = 0

        def readline(self, size: int | None = -1) -> bytes:
            self.reads += 1
            return b"{}\n"

    file = Endless()

    assert next(case_lines.case_lines(file)) == (1, b"{}")
    assert file.reads == 1
