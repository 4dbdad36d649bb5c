"""What an administrator types: each verb opens the county of `--data`, does one thing, says so."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import Any, Final, TextIO

from app.crypto.envelope import fingerprint
from app.domain.casework import ApplicationStatus
from app.domain.clock import china_date
from app.domain.grace_states import GraceEvent
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules.calendars import parse_calendars
from app.rules.stacking import lacking
from county_server.assignments import Assignments
from county_server.benefit_changes import BenefitChanges, ChangeBenefit, UndoBenefit
from county_server.certificates import SOON_DAYS
from county_server.clock import MachineClock
from county_server.county import create_county, renew_address
from county_server.database import Database, sqlite_url
from county_server.decisions import Decide, Decisions
from county_server.enrolment import Enrolment
from county_server.files import write_private
from county_server.flags import Flags
from county_server.graces import CountyGraces, Say
from county_server.intake import Intake
from county_server.invitations import Invitations, Invite
from county_server.opening import open_county, place_of, say
from county_server.packs import Packs, read_calendars, read_layers
from county_server.pages import Pages
from county_server.quotas import COUNTY_HAND
from county_server.registry import REVOKED, note
from county_server.status import Status
from county_server.stick import Stick
from county_server.upgrade import upgrade

_DATABASE: Final = "county.db"


def init(args: Namespace, out: TextIO) -> None:
    """Make keys, certificates and the database."""
    county = create_county(
        args.data,
        county_id=args.id,
        name=args.name,
        is_practice=args.practice,
        database_url=args.database or sqlite_url(args.data.resolve() / _DATABASE),
        hosts=args.host,
        now=MachineClock().now(),
    )
    upgrade(Database(county.database_url))
    say(out, f"县平台已建好：{county.name}（{county.id}）。")
    say(out, f"核对码：{fingerprint(county.root.public)}")


def certify(args: Namespace, out: TextIO) -> None:
    """Renew the certificate under which the county is reached."""
    county, database, clock = open_county(args)
    until = renew_address(county.folder, args.host, clock.now())
    with database.write() as connection:
        note(connection, clock, COUNTY_HAND, "certify", county.id)
    say(out, f"服务器证书换好了，到 {china_date(until)} 有效。")
    say(out, "请重新启动 serve（和 nginx）；村里的电脑不用重新绑定。")


def serve(args: Namespace, out: TextIO) -> None:
    """Answer laptops until told to stop."""
    # uvicorn and FastAPI take half a second to load; the other verbs do without
    from county_server.serving import serve as run
    from county_server.web import Desk

    county, database, clock = open_county(args)
    say(out, f"{county.name} 开始服务。")
    out.flush()
    desk = Desk(county, database, clock)
    run(desk, args.listen, args.port, args.port_file, with_console=not args.without_console)


def invite(args: Namespace, out: TextIO) -> None:
    """Write an enrolment file, and say the code that does without one."""
    county, database, clock = open_county(args)
    invited = Invitations(county, database, clock).make(
        Invite(
            officer_name=args.officer,
            villages=tuple(place_of(text) for text in args.village),
            url=args.url,
            quota=Money.parse(args.quota, field="quota"),
            days=args.days,
        )
    )
    if args.output is not None:
        write_private(args.output, invited.ticket)
        say(out, f"绑定文件：{args.output}")
    say(out, f"没有文件也行，告诉她网址和绑定码：{args.url}　{invited.code}")
    say(out, f"请在电话里或当面念给协理员核对：{fingerprint(county.root.public)}")


def assign(args: Namespace, out: TextIO) -> None:
    """Let a device answer for one more village."""
    county, database, clock = open_county(args)
    village = place_of(args.village)
    Assignments(county, database, clock).assign(args.device, village)
    say(out, f"已把 {village.name} 交给这台电脑。")


def handover(args: Namespace, out: TextIO) -> None:
    """Pass a village from one device to another."""
    county, database, clock = open_county(args)
    Assignments(county, database, clock).hand_over(args.village, args.giver, args.taker)
    say(out, "已移交；原来那台电脑没传完的资料会自动转给新的。")


def revoke(args: Namespace, out: TextIO) -> None:
    """Let a device speak no more."""
    county, database, clock = open_county(args)
    Assignments(county, database, clock).revoke(args.device)
    say(out, "已取消这台电脑的绑定。")


def grant(args: Namespace, out: TextIO) -> None:
    """Give a device more to spend."""
    county, database, clock = open_county(args)
    amount = Money.parse(args.amount, field="amount")
    Assignments(county, database, clock).grant(args.device, amount, args.days)
    say(out, f"已发额度 {amount.grouped()} 元。")


def publish_pack(args: Namespace, out: TextIO) -> None:
    """Publish a policy pack to every device."""
    _, database, clock = open_county(args)
    calendars = read_calendars(args.file, args.calendar)
    pack = Packs(database, clock).publish(read_layers(args.file), calendars)
    say(out, f"已发布政策包 {pack.id} {pack.version}。")
    if calendars:
        years = "、".join(str(year) for year in sorted(parse_calendars(calendars)))
        say(out, f"带上了 {years} 年的工作日日历。")
    still = lacking(pack, clock.today())
    if still:
        say(out, f"还有 {len(still)} 项没有给出，用到时会答“还定不了”：{'、'.join(still)}。")


def decide(args: Namespace, out: TextIO) -> None:
    """Decide an application."""
    _, database, clock = open_county(args)
    decisions = Decisions(database, clock)
    named = {"application_id": args.application, "document_no": args.no}
    application_id = decisions.decide(
        Decide(
            **named,
            status=ApplicationStatus(args.result),
            category=None if args.category is None else Category(args.category),
            benefit_month=(
                None if args.benefit is None else Money.parse(args.benefit, field="benefit")
            ),
            note=args.note,
            comments=decisions.comments_of(args.comment, **named),
        )
    )
    say(out, f"已记下：{ApplicationStatus(args.result).label}（{application_id}）。")


def flags(args: Namespace, out: TextIO) -> None:
    """List the applications to look at, each with why."""
    _, database, clock = open_county(args)
    found = Flags(database, clock).list()
    if args.json:
        lines = [{**asdict(one), "kinds": [kind.value for kind in one.kinds]} for one in found]
        say(out, json.dumps(lines, ensure_ascii=False, sort_keys=True))
        return
    say(out, f"要看一看的申请 {len(found)} 份。")
    for one in found:
        why = "；".join(kind.label for kind in one.kinds)
        say(out, f"  {one.document_no}（{one.village}，{one.status.label}）：{why}。")


def grace(args: Namespace, out: TextIO) -> None:
    """Say the county's word about a 渐退."""
    _, database, clock = open_county(args)
    event = GraceEvent(args.result)
    made = CountyGraces(database, clock).say(
        Say(
            grace_id=args.grace,
            document_no=args.no,
            event=event,
            by=args.by,
            paper_no=args.paper,
            note=args.note,
            shares=args.shares,
        )
    )
    say(out, f"已记下：{event.label}（{made}）。")


def benefit(args: Namespace, out: TextIO) -> None:
    """Change or end what a household is paid, or take that back. Raises Refused K-97 for what is
    no month."""
    _, database, clock = open_county(args)
    if args.undo:
        made = BenefitChanges(database, clock).undo(
            UndoBenefit(
                household_id=args.household, document_no=args.no, by=args.by,
                paper_no=args.paper, reason=args.why,
            )
        )  # fmt: skip
        say(out, f"已撤回上一次停发或改发（{made}）。")
        return
    try:
        begins = date.fromisoformat(f"{args.begins}-01")
    except ValueError as error:
        raise Refused("从哪个月起没有写对。", do="请照“2026-05”这样写。", code="K-97") from error
    made = BenefitChanges(database, clock).say(
        ChangeBenefit(
            household_id=args.household,
            document_no=args.no,
            month_sum=None if args.stop else Money.parse(args.sum, field="sum"),
            begins=begins,
            by=args.by,
            paper_no=args.paper,
            reason=args.why,
        )
    )
    done = "停发" if args.stop else f"改成每月 {args.sum} 元"
    say(out, f"已记下：从 {args.begins} 起{done}（{made}）。")


def take_usb(args: Namespace, out: TextIO) -> None:
    """Receive what a stick brings. Raises Refused K-17 when not all of it was taken."""
    taken = _stick(args).take(args.folder)
    say(out, f"收下 {taken.accepted} 份，没收 {len(taken.refused)} 份。")
    for name, problem in taken.refused:
        say(out, f"  {name}：{problem}")
    for name in taken.locked:
        say(out, f"  {name}：打不开的电脑写的申请，请两位用 recover-key 看、放行。")
    if taken.refused:
        raise Refused(
            f"U盘上有 {len(taken.refused)} 份没有收。",
            safe="别的都收好了。" if taken.accepted else "县里的资料没有动过。",
            do="请照上面每一份的说明办；写着改动过、签名对不上的，先问清是哪台电脑。",
            code="K-17",
        )


def make_usb(args: Namespace, out: TextIO) -> None:
    """Put the answers on a stick."""
    say(out, f"写好 {_stick(args).make(args.folder)} 份，可以带回村里。")


def status(args: Namespace, out: TextIO) -> None:
    """Say how the county stands."""
    county, database, clock = open_county(args)
    report = Status(county, database, clock).report()
    if args.json:
        say(out, json.dumps(report, ensure_ascii=False, sort_keys=True))
        return
    say(out, f"{county.name}：记录 {sum(report['documents'].values())} 份，"
              f"操作 {sum(report['operations'].values())} 条，"
              f"两边不一样 {report['conflicts']} 处，待查 {report['quarantine']} 份。")  # fmt: skip
    if report["townships"]["all"] is not None:
        say(out, "全县 {all} 个乡镇，收到过材料的有 {heard} 个。".format(**report["townships"]))
    for one in report["devices"]:
        say(out, f"  {one['no']}号电脑 {_STATE[one['state']]}，收到第 {one['operations']} 条，"
                  f"已 {one['silent_days']} 天没有消息。{_failing(one)}{_ending(one)}")  # fmt: skip


def _failing(one: dict[str, Any]) -> str:
    """Since when nothing of a device was accepted, and why."""
    if one["failing_days"] is None:
        return ""
    return (
        f"连着 {one['failing_days']} 天没收成（{one['failing_times']} 次，{one['failing_code']}）。"
    )


def _ending(one: dict[str, Any]) -> str:
    """That its certificate ends soon."""
    days = one["certificate_days"]
    if days >= SOON_DAYS or one["state"] == REVOKED:
        return ""
    return "证书已到期，要续。" if days < 0 else f"证书还有 {days} 天，该续了。"


_STATE: Final = {"active": "正常", "quarantined": "暂停收件", "revoked": "已取消"}


def _stick(args: Namespace) -> Stick:
    """The USB road of the county."""
    county, database, clock = open_county(args)
    return Stick(
        database,
        Intake(county, database, clock),
        Pages(county, database, clock),
        Enrolment(county, database, clock),
    )
