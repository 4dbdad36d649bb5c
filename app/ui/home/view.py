"""The home page: five counts, today's list with its reasons, and what is done most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.clock import Clock
from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.domain.today import Today, WorkItem
from app.ui.finding.search import SearchState
from app.ui.home.finding import FindingStrip
from app.ui.home.table import COLUMNS, rule_line, whole_line, work_rows
from app.ui.home.turning import TurnWatch
from app.ui.runner import Runner
from app.ui.theme.look import look
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.entry import date_text
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import Card, Section, column, empty, row
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.table import Table
from app.ui.widgets.tile import Tile

_TILES: Final = (
    ("visits", "今天要走访", "要走访", "walk", Tone.PRIMARY),
    ("today", "快到期", "快到期", "calendar-event", Tone.WARN),
    ("relief", "先行救助待补手续", "待补手续", "urgent", Tone.BAD),
    ("syncing", "等着上传", "要上传", "cloud-upload", Tone.OFFLINE),
    ("syncing", "两边不一样", "不一样", "arrows-diff", Tone.WARN),
)
_QUICK: Final = (
    ("relief", "先行救助（急）", "urgent", Kind.URGENT, "Ctrl+E"),
    ("visits", "记一次走访", "walk", Kind.PRIMARY, "Ctrl+N"),
    ("assessment", "新申请 / 测算", "calculator", Kind.PLAIN, "Ctrl+M"),
    ("printing", "打印表格", "printer", Kind.PLAIN, "Ctrl+P"),
    ("syncing", "到镇上了，同步", "cloud-upload", Kind.PLAIN, "Ctrl+U"),
)
_FOUND: Final = "政策找人"
_SIDE_NEEDS: Final = 80
"""In a narrower window the reasons need the room; every button here has a key and a page, too."""


_LEAST: Final = 14.0
_LEAST_LOW: Final = 8.2
"""Height of the list, in body sizes; the second is three rows."""


class HomeView(PageFrame):
    """`started(WorkItem)`, `page_wanted(str)`, `household_wanted(str)`; `sheet_wanted` prints the
    day, `save_wanted` and `placed(str)` put it into a file."""

    started = Signal(object)
    page_wanted = Signal(str)
    household_wanted = Signal(str)
    sheet_wanted = Signal()
    save_wanted = Signal()
    placed = Signal(str)

    def __init__(
        self, *, clock: Clock, find: Find, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__("今日工作", parent=parent)
        self.turning = TurnWatch(clock, self)
        self.search = HouseholdPicker(
            find=find, runner=runner, hint="找人：姓名、首字母、身份证后四位（Ctrl+F）"
        )
        self.search.setMinimumWidth(look().scale.px(18))
        self.search.picked.connect(self._searched)
        self.search.failed.connect(self.show_problem)
        self.head.addWidget(self.search, 2)
        self.tiles = tuple(
            Tile(title, icon, tone, brief=brief) for _key, title, brief, icon, tone in _TILES
        )
        self.finding = FindingStrip()
        self.table = Table(COLUMNS, name="今天的活")
        self.table.opened.connect(self.started)
        self.table.current.connect(self._show_rule)
        self.rule = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.remade = Text("", Role.SMALL, Tone.WARN, wrap=True)
        self.remade.hide()
        self.told = Bar()
        self.told.offer("存成 PDF").clicked.connect(self.save_wanted)
        self.month = Button("这个月的走访", icon="calendar-event", brief="本月")
        self.month.clicked.connect(self._want_month)
        self.standing = Button("复核渐退", icon="list-check", keys=("Ctrl+G",), brief="复核")
        self.standing.clicked.connect(self._want_standing)
        self.sheet = Button("打印今日走访单", icon="printer", brief="走访单")
        self.sheet.clicked.connect(self.sheet_wanted)
        self.found = Button(_FOUND, icon="users")
        self.found.clicked.connect(self.finding.opened)
        self.found.hide()
        self._tucked = False
        self.work = Section("今天的活（按急缓排好，做完自动划掉）")
        self.empty = _Empty()
        self.empty.open_visits.clicked.connect(self._want_month)
        self.quick = tuple(
            Button(text, icon=icon, kind=kind, hint=key) for _k, text, icon, kind, key in _QUICK
        )
        self.recent_list = column(gap=0.1)
        self.recent = Section("最近打开")
        self._lay_out()

    def show_today(self, today: Today) -> None:
        """Fill everything."""
        self.title.setText(date_text(today.on))
        self._show_counts(today)
        self._show_items(today.items)
        self.turning.watch(today.turns_at)
        self.table.setVisible(bool(today.items))
        self.rule.setVisible(bool(today.items))
        self.sheet.setEnabled(bool(today.items))
        self.empty.show_left(today.visits_left_this_month)
        self.empty.setVisible(not today.items)
        self._show_recent(today.recent)

    def _show_items(self, items: Sequence[WorkItem]) -> None:
        """The list anew: what was chosen and what was in sight stay so."""
        before, scroll = self.table.current_key(), self.table.verticalScrollBar().value()
        self.table.put(work_rows(items))
        again = (at for at, item in enumerate(items) if _is_same(item, before))
        at = next(again, None)
        if at is not None:
            self.table.selectRow(at)
            self.table.verticalScrollBar().setValue(scroll)

    def show_remaking(self, done: int, total: int) -> None:
        """How far the list has been made anew, since a rule changed."""
        self.remade.setText(f"规矩变了，正在重排今天的活：{done} / {total} 户；没排到的先照旧。")
        self.remade.setVisible(bool(total))

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the sheet; a file is offered where no printer took it."""
        self.told.say("今日走访单", detail, tone=Tone.OK, icon="circle-check")
        self.told.action.setVisible(to_file)

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The list before all else: counts in a line, the rule of a row in the heading's place."""
        self._tucked = narrow or (low and look().size is not TypeSize.STANDARD)
        self._show_found()
        for tile in self.tiles:
            tile.fold(folded=low)
        self.finding.fold(folded=low)
        self.work.heading.setVisible(not low)
        if low and not self._tucked:
            self.work.top.insertWidget(0, self.rule, 1)
        else:
            self.work.body.insertWidget(2, self.rule)
        self.table.horizontalHeader().setVisible(not (low and narrow))
        self.table.setMinimumHeight(look().scale.px(_LEAST_LOW if low else _LEAST))
        self._show_rule(self.table.current_key())

    def show_search(self, state: SearchState) -> None:
        """How 政策找人 stands."""
        self.finding.show_state(state)
        self._show_found()

    def _show_found(self) -> None:
        """Where there is little room a button tells of 政策找人 instead of the strip."""
        short = self.finding.short if self._tucked else ""
        self.finding.tuck(tucked=self._tucked)
        self.found.setVisible(bool(short))
        self.found.say(short or _FOUND)

    def show_problem(self, problem: Problem) -> None:
        """Say it on top of the page."""
        self.problem.show_problem(problem)

    def _show_counts(self, today: Today) -> None:
        left = f"本月还剩 {today.visits_left_this_month} 户"
        ahead = (item.due_on for item in today.items if item.due_on and item.due_on >= today.on)
        soonest = min(ahead, default=today.on)
        days = max((soonest - today.on).days, 0)
        waiting = "离线保存，一条不丢" if today.waiting_upload else "都传完了"
        notes = (
            (today.visits_due, left if today.visits_left_this_month else "本月都走到了"),
            (today.deadlines, "今天就有" if not days else f"最近一件还剩 {days} 天"),
            (today.paperwork, "先给了，手续要补" if today.paperwork else "没有欠手续"),
            (today.waiting_upload, waiting),
            (today.differing, "要你选一下" if today.differing else "两边都对得上"),
        )
        for tile, (count, note) in zip(self.tiles, notes, strict=True):
            month = today.visits_left_this_month if tile is self.tiles[0] else 0
            said = note if count or tile is not self.tiles[1] else "近三天没有"
            tile.put(count, said, f"本月 {month}" if month else "")

    def _show_recent(self, recent: Sequence[tuple[HouseholdId, str, str]]) -> None:
        empty(self.recent_list)
        self.recent.setVisible(bool(recent))
        for household, name, place in recent:
            link = Button(f"{name}  {place}", kind=Kind.LINK)
            link.setProperty("household", household)
            link.setProperty("align", "left")
            link.clicked.connect(self._want_recent)
            self.recent_list.addWidget(link)

    def _lay_out(self) -> None:
        line = row(gap=0.7)
        for tile, (_key, *_rest) in zip(self.tiles, _TILES, strict=True):
            tile.opened.connect(self._want_tile)
            line.addWidget(tile, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.finding)
        self.body.addWidget(self.told)
        work = self.work
        work.wrap_heading()
        work.top.addWidget(self.found)
        work.top.addWidget(self.standing)
        work.top.addWidget(self.month)
        work.top.addWidget(self.sheet)
        work.body.addWidget(self.remade)
        work.body.addWidget(self.rule)
        work.body.addWidget(self.table, 1)
        work.body.addWidget(self.empty, 1)
        self.table.setMinimumHeight(look().scale.px(_LEAST))
        self.empty.hide()
        self.body.addWidget(
            Split(work, InnerScroll(self._side()), share=(4, 1), needs=_SIDE_NEEDS), 1
        )

    def _side(self) -> QWidget:
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().scale.px(0.9))
        now = Section("马上办")
        for button in self.quick:
            button.setProperty("align", "left")
            button.clicked.connect(self._want_quick)
            now.body.addWidget(button)
        self.recent.body.addLayout(self.recent_list)
        box.addWidget(now)
        box.addWidget(self.recent)
        box.addStretch(1)
        return side

    @Slot()
    def _want_tile(self) -> None:
        key = _TILES[self.tiles.index(self.sender())][0]
        if key == "today":
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page_wanted.emit(key)

    @Slot()
    def _want_quick(self) -> None:
        self.page_wanted.emit(_QUICK[self.quick.index(self.sender())][0])

    @Slot()
    def _want_recent(self) -> None:
        self.household_wanted.emit(str(self.sender().property("household")))

    @Slot()
    def _want_month(self) -> None:
        self.page_wanted.emit("month")

    @Slot()
    def _want_standing(self) -> None:
        self.page_wanted.emit("standing")

    @Slot(object)
    def _show_rule(self, item: object) -> None:
        if isinstance(item, WorkItem):
            self.rule.setText(whole_line(item) if self._tucked else rule_line(item))

    @Slot(object)
    def _searched(self, line: HouseholdLine) -> None:
        self.search.clear_search()
        self.household_wanted.emit(line.id)


def _is_same(item: WorkItem, before: object) -> bool:
    """Whether it is what was chosen before, though it may read otherwise by now."""
    if not isinstance(before, WorkItem):
        return False
    return (item.kind, item.entity_id) == (before.kind, before.entity_id)


class _Empty(Card):
    """Shown instead of an empty list: praise, and the next best thing."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("今天没有要做的。", Role.HEADING)
        self.more = Text("", tone=Tone.SOFT, wrap=True)
        self.open_visits = Button("打开", icon="calendar-event", kind=Kind.PRIMARY)
        centre = Qt.AlignmentFlag.AlignCenter
        self.more.setAlignment(centre)
        self.body.addStretch(1)
        self.body.addWidget(Icon("circle-check", Tone.OK, ratio=3), 0, centre)
        self.body.addWidget(self.words, 0, centre)
        self.body.addWidget(self.more)
        self.body.addWidget(self.open_visits, 0, centre)
        self.body.addStretch(1)

    def show_left(self, left: int) -> None:
        """`left`: households not seen this month."""
        self.more.setText(
            f"看看这个月还没走访的 {left} 户？" if left else "这个月没有还要走访的户。"
        )
        self.open_visits.setVisible(bool(left))
