"""One 渐退 as it is read: what is proposed, month by month, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from app.domain.grace_states import GraceEvent, GraceStatus
from county_server.console.case_rows import Row, told
from county_server.console.facts import Fact
from county_server.console.records import Dossier
from county_server.console.wording import NOTHING, day, month, plain, word, yuan


def months_of(body: Mapping[str, Any]) -> str:
    """ "3个月100%，3个月50%"; 每月发几成还没定 where the village left it open."""
    shares = [one for one in body.get("shares") or () if isinstance(one, Mapping)]
    runs = [(percent, len(list(run))) for percent, run in groupby(shares, _percent)]
    return "，".join(f"{many}个月{percent}" for percent, many in runs) or "每月发几成还没定"


def grace_facts(dossier: Dossier, body: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What is known about one 渐退."""
    home = dossier.household
    head = "" if home is None else dossier.name_of(home.body.get("head_person_id"))
    rows = (
        ("户主", plain(head)),
        ("几个人享受", plain(body.get("heads"))),
        ("为什么渐退", plain(body.get("reason"))),
        ("原来每月", yuan(body.get("former_fen"))),
        ("从哪个月起", month(body.get("start_month"))),
        ("每月发几成", months_of(body)),
        ("按哪一条", plain(body.get("rule"))),
        ("依据", plain(body.get("basis"))),
        ("哪天提的", day(body.get("proposed_on"))),
        ("经办人", plain(body.get("handler"))),
        ("谁批的", plain(body.get("approved_by"))),
        ("文书编号", plain(body.get("paper_no"))),
    )
    return tuple(Fact("", label, text, is_empty=text == NOTHING) for label, text in rows)


def grace_months(body: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Month, share and sum, in order."""
    shares = [one for one in body.get("shares") or () if isinstance(one, Mapping)]
    return tuple((plain(one.get("month")), _percent(one), yuan(one.get("fen"))) for one in shares)


def grace_steps(dossier: Dossier, grace_id: str) -> tuple[Row, ...]:
    """What was done about one 渐退."""
    steps = sorted(
        dossier.about("grace_step", "grace_id", grace_id),
        key=lambda one: (one.text("happened_on"), int(one.body.get("number") or 0)),
    )
    return tuple(
        Row(
            day(one.body.get("happened_on")),
            _moved(one.body),
            told(one),
        )
        for one in steps
    )


def _moved(step: Mapping[str, Any]) -> str:
    return f"{word(GraceEvent, step.get('event'))}：{word(GraceStatus, step.get('after'))}"


def _percent(share: Mapping[str, Any]) -> str:
    return f"{share['percent']}%" if share.get("percent") is not None else "没定"
