"""What was signed, handed in, spoken of in public and done with one application, as rows. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.casework import ApplicationStatus as Status
from app.domain.clock import china_date
from app.domain.procedure import MaterialState, Notice, NoticeKind, Review
from app.services.application_file import ApplicationFile, Signature
from app.ui.applications.keys import Start
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Row


def _day(day: date) -> str:
    """A day with its year, short enough for a table."""
    return f"{day.year}年{day.month}月{day.day}日"


def row_of(key: object, *cells: Cell) -> Row:
    """A row that is read aloud whole."""
    return Row(key, cells, "，".join(cell.text for cell in cells if cell.text))


def signed_rows(file: ApplicationFile) -> Iterator[Row]:
    """Each paper of each signer; Enter signs it or takes it back."""
    for at, one in enumerate(file.signatures):
        yield row_of(
            Start("signature", at),
            Cell(f"{one.signer.name}　{one.kind.label}", "fingerprint", _sign_tone(one)),
            Cell(_sign_state(one)),
            Cell(_sign_words(one)),
        )


def _sign_tone(one: Signature) -> Tone:
    if not one.holds:
        return Tone.BAD
    return Tone.WARN if one.ends_soon else Tone.OK


def _sign_state(one: Signature) -> str:
    if one.holds:
        return "快到期" if one.ends_soon else "签了"
    if one.paper is None:
        return "没签"
    return "收回了" if one.paper.revoked_on is not None else "过期了"


def _sign_words(one: Signature) -> str:
    if one.paper is None:
        return "监护人代签" if one.signer.is_guarded else "按回车记签字"
    paper = one.paper
    until = "一直有效" if paper.valid_to is None else f"到 {_day(paper.valid_to)}"
    back = "" if paper.revoked_on is None else f"，{_day(paper.revoked_on)} 收回"
    return f"{_day(paper.signed_on)} 签，{until}，放在 {paper.paper_ref}{back}"


def material_rows(file: ApplicationFile) -> Iterator[Row]:
    """The checklist; Enter settles a piece."""
    for at, one in enumerate(file.materials):
        tone = Tone.OK if one.state is not MaterialState.NEEDED else Tone.WARN
        words = [
            "" if one.mode is None else one.mode.label,
            "" if one.settled_on is None else _day(one.settled_on),
            f"代替{one.replaces}" if one.replaces else "",
            one.note,
        ]
        yield row_of(
            Start("material", at),
            Cell(one.name, "note", tone),
            Cell(one.state.label),
            Cell("，".join(filter(None, words))),
        )


def public_rows(file: ApplicationFile) -> Iterator[Row]:
    """Reviews, notices and objections, the newest of each first."""
    for at, review in enumerate(file.reviews):
        yield row_of(
            ("review", at),
            Cell(f"民主评议 {_day(review.held_on)}", "users", Tone.PRIMARY),
            Cell(_passed(review)),
            Cell(_votes(review)),
        )
    for at, notice in enumerate(file.notices):
        yield row_of(
            ("notice", at),
            Cell(f"{notice.kind.label} {_day(notice.posted_on)}", "clipboard-list"),
            Cell(_until(notice)),
            Cell(_posted(notice)),
        )
    for at, one in enumerate(file.objections):
        yield row_of(
            ("objection", at),
            Cell(f"异议 {_day(one.raised_on)}", "alert-triangle", Tone.WARN),
            Cell("还没答复" if one.outcome is None else one.outcome.label),
            Cell("；".join(filter(None, (one.content, one.reply)))),
        )


def _passed(review: Review) -> str:
    if review.is_void:
        return "人不够，不算，要重新开"
    if review.passed is None:
        return "算不算通过问县里"
    return "通过" if review.passed else "没有通过"


def _votes(review: Review) -> str:
    away = len(review.attendance) - review.voters
    recused = f"，回避 {away} 人" if away else ""
    return (
        f"到会 {len(review.attendance)} 人（应到 {review.expected}）{recused}；"
        f"同意 {review.agree}、不同意 {review.against}、弃权 {review.abstain}；{review.rule}"
    )


def _until(notice: Notice) -> str:
    if notice.ends_on is not None:
        return f"贴到 {_day(notice.ends_on)}"
    return "长期" if notice.kind is NoticeKind.F08 else "没给期限"


def _posted(notice: Notice) -> str:
    places = "、".join(one.label for one in notice.places)
    return (
        f"{places}；{'、'.join(notice.posted_by)} 贴，"
        f"{'、'.join(notice.witnesses)} 见证；{notice.rule}"
    )


def step_rows(file: ApplicationFile) -> Iterator[Row]:
    """What was done, the last step on top; above them the 先行救助 given meanwhile."""
    for relief in reversed(file.relief):
        yield row_of(
            relief.id,
            Cell(f"{_day(china_date(relief.moment))} 先行救助", "cash", Tone.PRIMARY),
            Cell(relief.status.label),
            Cell(f"{relief.event.label}，{relief.amount.grouped()} 元，{relief.document_no}"),
        )
    for step in reversed(file.steps):
        told = f"{step.told_by}说的" if step.told_by else step.handler
        words = [told, step.paper_no, step.note]
        people = step.details.get("investigators")
        if people:
            words.append("调查人 " + "、".join(people))
        yield row_of(
            step.id,
            Cell(f"{_day(step.happened_on)} {step.event.label}", "history", Tone.SOFT),
            Cell(Status(step.after).label),
            Cell("，".join(filter(None, words))),
        )
    first = file.application
    yield row_of(
        "filed",
        Cell(f"{_day(first.filed_on)} 申请", "file-text", Tone.SOFT),
        Cell(first.document_no),
        Cell("由原来那份经同意转来" if first.converted_from is not None else ""),
    )
