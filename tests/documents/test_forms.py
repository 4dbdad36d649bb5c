"""Every form: what stands where on it, and that the same content is always the same paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents import registry
from app.documents.forms import f01, f17a, visit_log_sheet
from app.documents.stamp import Mark
from app.documents.visit_log import LogOptions, row_of
from app.domain.casework import Channel, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.verification import printed_code, verify
from tests import papers, pdfs, records
from tests.laid_out import on_watched

VECTORS = Path(__file__).parents[1] / "vectors" / "documents"


@pytest.mark.parametrize("code", papers.USUAL)
def test_every_word_stands_where_it_stood(code):
    expected = (VECTORS / f"{code}.txt").read_text(encoding="utf-8").splitlines()

    assert pdfs.lines_on(papers.pdf_of(code)) == expected


@pytest.mark.parametrize("code", [one for one in papers.USUAL if one != "F15L"])
def test_a_telephone_is_written_as_it_is_read_aloud(code):
    text = pdfs.text_of(papers.pdf_of(code))

    assert not re.findall(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", text)


def test_a_telephone_in_the_printed_log_is_written_as_it_is_read_aloud():
    row = row_of(records.visit(), records.household())
    log = visit_log_sheet.content_of(
        (row,), LogOptions(phone=True), unit="青石坳村", first=records.ON, last=records.ON
    )

    text = pdfs.text_of(visit_log_sheet.render(log, records.stamp()))

    assert "199 0000 6621" in text.replace("\xa0", " ")


@pytest.mark.parametrize("code", papers.USUAL)
def test_the_same_content_is_the_same_bytes(code):
    assert papers.pdf_of(code) == papers.pdf_of(code)


@pytest.mark.parametrize("code", papers.USUAL)
def test_the_registry_knows_the_form_as_it_knows_itself(code):
    module, content = papers.USUAL[code]()
    form = registry.form_of(code.lower())

    assert (form.code, form.title, form.version) == (
        module.FORM,
        module.TITLE.replace("　", ""),
        module.VERSION,
    )
    assert form.holders == module.HOLDERS
    assert form.render(content, records.stamp()) == papers.pdf_of(code)


@pytest.mark.parametrize("code", papers.USUAL)
def test_a_form_whose_first_copy_is_shorter_says_so(code):
    form = registry.form_of(code)
    module, content = papers.USUAL[code]()
    front = module.paper(content, records.NUMBER).front

    assert form.is_filed == (front is not None and len(form.holders) > 1)
    assert front is None or front[0] == form.holders[0]


@pytest.mark.parametrize("code", papers.USUAL)
def test_the_printed_code_belongs_to_the_content_and_number(code):
    form, content = registry.form_of(code), papers.USUAL[code]()[1]
    printed = form.code_of(content, records.NUMBER)

    text = pdfs.text_of(papers.pdf_of(code))

    assert printed_code(printed) in text
    assert records.NUMBER in text
    assert form.code_of(content, records.NUMBER.replace("123", "124")) != printed


def test_a_changed_figure_on_the_paper_no_longer_fits_its_code():
    from app.documents.content import canonical_content

    module, content = papers.USUAL["F17a"]()
    code = registry.form_of("F17a").code_of(content, records.NUMBER)
    changed = replace(content, amount=content.amount + Money(1))

    assert verify(
        printed_code(code), canonical_content("F17a", f17a.VERSION, records.NUMBER, content)
    )
    assert not verify(code, canonical_content("F17a", f17a.VERSION, records.NUMBER, changed))
    assert module is f17a


def test_an_unknown_form_is_refused_with_the_list_of_those_there_are():
    with pytest.raises(registry.Refused, match="没有这种表") as refusal:
        registry.form_of("F99")

    assert "F17a" in refusal.value.do


def test_each_holder_gets_a_whole_set_of_pages():
    text = pdfs.text_of(papers.pdf_of("F17a", holders=("乡镇存", "县存")))

    assert "第 1 份（乡镇存）" in text
    assert "第 2 份（县存）" in text
    assert text.count("救助对象") == 2


def test_several_papers_make_one_file_each_with_its_own_code():
    prints = [
        (registry.form_of(code), papers.USUAL[code]()[1], records.stamp())
        for code in ("F17a", "SJ", "F15L")
    ]

    bound = registry.bind(prints)

    text = pdfs.text_of(bound)
    for form, content, stamp in prints:
        assert printed_code(form.code_of(content, stamp.document_no)) in text
    with pdfs.opened(bound) as pdf:
        sizes = [[round(float(edge)) for edge in page.mediabox[2:]] for page in pdf.pages]
    assert sizes == [[595, 842], [595, 842], [842, 595]]


@pytest.mark.parametrize(("mark", "word"), [(Mark.DRAFT, "草稿"), (Mark.PRACTICE, "练习")])
def test_only_a_paper_that_does_not_count_has_a_watermark(mark, word):
    assert word in pdfs.text_of(papers.pdf_of("SJ", mark=mark))
    assert word not in pdfs.text_of(papers.pdf_of("SJ"))


@pytest.mark.parametrize("mark", [Mark.FINAL, Mark.BLANK])
def test_nothing_is_written_across_a_paper_that_counts_or_is_to_be_filled_in(mark):
    form, content = papers.USUAL["SJ"]()
    plain, marked = (on_watched(form, content, mark=one).words for one in (mark, Mark.DRAFT))

    assert [word[5] for word in marked if word[4] > 30] == ["草稿"]
    assert [word[5] for word in plain if word[4] > 30] == []


def test_a_preview_says_so_and_carries_no_code():
    _form, content = papers.USUAL["F15"]()
    code = printed_code(registry.FORMS["F15"].code_of(content, records.NUMBER))

    text = pdfs.text_of(papers.pdf_of("F15", mark=Mark.PREVIEW))

    assert code in pdfs.text_of(papers.pdf_of("F15"))
    assert code not in text
    assert "校验码 打印时生成" in text
    assert "不作凭证" in text.replace("\r\n", "")


def test_a_set_of_pages_is_numbered_and_marked_at_its_edge():
    several, single = (pdfs.text_of(papers.pdf_of(code)) for code in ("F01", "F17a"))

    for number in (1, 2, 3):
        assert f"第 {number} 页 共 3 页" in several
    assert "骑" in several
    assert "第 1 页 共 1 页" in single
    assert "骑" not in single


@pytest.mark.parametrize("code", papers.USUAL)
def test_the_footer_of_an_ordinary_paper_is_as_large_as_small_print_is(code):
    form, content = papers.USUAL[code]()
    words = on_watched(form, content).words

    for said in (f"第{form.VERSION}版 · ", "经办人 王秀英 · 打印时间"):
        assert {word[4] for word in words if said in word[5]} == {9.0}


def test_a_reprint_says_that_it_is_one():
    assert "第 2 次补打" in pdfs.text_of(papers.pdf_of("SJ", reprint_no=2))


def test_sums_stand_in_figures_and_in_capitals():
    text = pdfs.text_of(papers.pdf_of("SJ"))

    assert "人民币捌佰元零伍角整（¥800.50）" in text.replace("\r\n", "")


def test_what_stopped_is_told_with_its_sums_grouped():
    text = pdfs.text_of(papers.pdf_of("F20"))

    assert "1,045.00 元" in text
    assert "1045.00" not in text


def test_goods_are_received_by_name():
    content = papers.receipt.content_of(
        records.relief(way=ReliefWay.GOODS, goods="大米50斤、棉被两床"), payer="青石坳村"
    )

    text = pdfs.text_of(papers.receipt.render(content, records.stamp()))

    assert "大米50斤、棉被两床" in text.replace("\r\n", "")


def test_what_nobody_knows_stays_empty_and_what_was_denied_says_none():
    content = f01.content_of(records.application(), records.household(), unit="青石坳村")
    said = {asset.kind: asset.said for asset in content.assets}

    assert said["存款"] == "¥12,000.00"
    assert said["住房"] == "1 处"
    assert said["机动车"] == "无"
    assert said["基金理财"] == ""


def test_the_heads_of_the_means_test_sum_to_the_years_income():
    content = f01.content_of(
        records.application(),
        records.household(),
        unit="",
        assessment=records.assessment(),
    )
    sums = content.sums

    heads = (
        sums.wages, sums.business, sums.property, sums.transfers, sums.maintenance,
        sums.land_and_allowances, sums.assessed, sums.deducted,
    )  # fmt: skip
    assert sum(heads, Money(0)) == sums.income_year
    assert sums.gap_month == Money(7833)
    assert sums.disregarded == "居保基础养老金"
    assert [member.covered for member in content.members] == [True, True, True]


def test_the_applicant_comes_first_and_others_are_called_by_their_relation():
    content = f01.content_of(records.application(), records.household(), unit="")

    assert [(m.relation, m.income_year) for m in content.members] == [
        ("本人", Money.yuan(3864)),
        ("配偶", Money.yuan(4800)),
        ("儿子", None),
    ]
    assert content.members[1].health == "重病"


def test_who_no_longer_lives_here_cannot_apply_on_paper():
    left = replace(records.application(), applicant="p9")

    with pytest.raises(Refused) as refused:
        f01.content_of(left, records.household(), unit="")

    assert refused.value.code == "A-42"


@pytest.mark.parametrize(
    ("channel", "ticked"),
    [(Channel.HOME, "上门"), (Channel.PHONE, "电话"), (Channel.VIDEO, "视频")],
)
def test_a_visit_is_ticked_by_the_road_it_went(channel, ticked):
    content = papers.f15.content_of(
        replace(records.visit(), channel=channel), records.household(), unit=""
    )
    rows = papers.f15.paper(content, records.NUMBER).blocks[1].rows
    channels = next(row for row in rows if "走访方式" in str(row.cells[0]))

    assert [tick.label for tick in channels.cells[1].parts if tick.on] == [ticked]


def test_a_payment_above_the_cap_says_so():
    paid = records.relief(cap=Money.yuan(600))
    content = f17a.content_of(paid, unit="", event_place="")

    text = pdfs.text_of(f17a.render(content, records.stamp()))

    assert "（人均 ¥266.84），超过一次最多 ¥600.00 的上限" in text
    assert "未超过一次最多 ¥1,500.00 的上限" in pdfs.text_of(papers.pdf_of("F17a"))


def test_a_payment_without_a_cap_says_that_there_is_none():
    paid = records.relief(cap=None, cap_rule="县里还没有给出先行救助的上限")
    content = f17a.content_of(paid, unit="", event_place="")

    assert "县里还没有给出先行救助的上限。" in pdfs.text_of(f17a.render(content, records.stamp()))


@pytest.mark.parametrize(
    ("copies", "codes"),
    [
        (1, ("F03", "F04", "F05", "F06", "F15")),
        (2, ("F01", "F02", "F09", "F10", "F11", "F12", "F14", "F16", "F17a", "F17b", "F18", "F19")),
        (3, ("F20",)),  # the notice for the person and the file, its approval for the county
        (4, ("F13",)),
    ],
)
def test_as_many_copies_as_have_holders(copies, codes):
    """domain.md §3.23."""
    for code in codes:
        assert len(registry.FORMS[code].holders) == copies, code
