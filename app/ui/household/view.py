"""The page of one household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.households import Household
from app.domain.problem import Problem
from app.services.change_history import FieldChange
from app.services.paid_now import PaidNow
from app.ui.household.changed import CHANGE_COLUMNS, change_rows
from app.ui.household.desk import Opened
from app.ui.household.table import (
    HISTORY_COLUMNS,
    MEMBER_COLUMNS,
    brief_text,
    history_rows,
    member_rows,
    money_text,
)
from app.ui.households.table import category_tone
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.entry import grouped_phone
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import Card, Flow, Line, column, empty
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.reveal import HoldToReveal
from app.ui.widgets.table import Table

_VERBS: Final = (
    ("visits", "记走访", "walk", Kind.PLAIN),
    ("assessment", "测算", "calculator", Kind.PLAIN),
    ("printing", "打印", "printer", Kind.PLAIN),
    ("relief", "先行救助", "urgent", Kind.URGENT),
)
_PRINT: Final = 2
"""Where the verb stands that is left when nobody belongs to the household any more."""
_MOST_MEMBERS: Final = 6
_MEMBERS_TIGHT: Final = 2
"""Rows in sight where the window is low and its letters large; the others scroll by themselves."""
_MOST_MISSING: Final = 8
"""So many are named beside the page; an application's own page names them all."""
_HAPPENED: Final = "经过（新的在上面）"
_CHANGED: Final = "改过什么（新的在上面）"


class HouseholdView(PageFrame):
    """`verb_wanted(str)` with a page's key; `line_opened(int)` with a line of what happened;
    `turned_over` to who changed what and back; `reveal_turned(bool)` while Alt is held."""

    verb_wanted = Signal(str)
    line_opened = Signal(object)
    turned_over = Signal()
    reveal_turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("家庭", parent=parent)
        self.category = Chip("", Tone.INFO, "id-badge-2")
        self.tag = Chip("", Tone.WARN)
        self.ended = Chip("", Tone.BAD)
        self.lacking = Chip("", Tone.WARN, "alert-triangle")
        self.verbs = tuple(Button(text, icon=icon, kind=kind) for _key, text, icon, kind in _VERBS)
        self.family = Button(
            "家里变动", icon="users", kind=Kind.LINK, keys=("Insert",), brief="家里变动"
        )
        self.how_whole = Text("按住 Alt 看全号", Role.SMALL, Tone.FAINT)
        self.facts = Button("改资料", icon="pencil", kind=Kind.LINK)
        self.members = Table(MEMBER_COLUMNS, name="家里人", plain=True)
        self.past = Button("历次测算", icon="history", kind=Kind.LINK)
        self.filed = Button("申请办到哪了", icon="list-check", kind=Kind.LINK)
        self.standing = Button("复核渐退", icon="list-check", kind=Kind.LINK, keys=("Ctrl+G",))
        self.caring = Button("照料备案", icon="eye", kind=Kind.LINK)
        self.over = Button("修改记录", icon="history", kind=Kind.LINK)
        self.history = Table(HISTORY_COLUMNS, name="经过", plain=True)
        self.changes = Table(CHANGE_COLUMNS, name="修改记录", plain=True)
        self.side = _Side()
        self.brief = Text("", wrap=True)
        """What the side panel says, in a line or two, where there is no room for it."""
        self._opened: Opened | None = None
        self._over = False
        self._most = _MOST_MEMBERS
        self._today: date | None = None
        self._holder = HoldToReveal(self)
        self._holder.turned.connect(self.reveal_turned)
        self._lay_out()
        self.show_nothing()

    def show_household(self, opened: Opened, today: date) -> None:
        """Fill everything."""
        self._opened, self._today = opened, today
        household = opened.household
        self.title.setText(opened.called.partition("（")[0] or "这一户")
        self.category.say(household.category.label, category_tone(household.category), "id-badge-2")
        self.category.show()
        tag = household.monitoring_tag
        self.tag.say(tag.label if tag else "", Tone.WARN)
        self.tag.setVisible(tag is not None)
        self._show_state(opened)
        self.members_card.heading.setText(f"家里人（{len(household.members)}）")
        self.history.put(history_rows(opened.history))
        self.past.setVisible(any(one.kind == "assessment" for one in opened.history))
        self.filed.setVisible(any(one.kind == "application" for one in opened.history))
        self._show_lines()
        self.side.put(household, opened.missing, opened.paid)
        self.brief.setText(brief_text(household, opened.missing, opened.paid))
        self.show_numbers(whole=False)

    def show_nothing(self) -> None:
        """Nobody chosen yet."""
        self.category.hide()
        self.tag.hide()
        self.ended.hide()
        self.lacking.hide()
        self._show_lines()

    def show_numbers(self, *, whole: bool) -> None:
        """Masked, or in full while the key is held."""
        if self._opened is None or self._today is None:
            return
        members = self._opened.household.members
        self.members.put(member_rows(members, self._today, whole=whole))
        self.members.fit_rows(self._most)
        self.side.show_account(self._opened.household, whole=whole)

    def show_changes(self, changes: Sequence[FieldChange]) -> None:
        """Who changed what, instead of what happened."""
        self.changes.put(change_rows(changes))
        self._over = True
        self._show_lines()

    def show_history(self) -> None:
        """What happened, again."""
        self._over = False
        self._show_lines()

    def show_problem(self, problem: Problem) -> None:
        """Say it on top of the page."""
        self.problem.show_problem(problem)

    def _show_state(self, opened: Opened) -> None:
        """Whether it still is one, and what is missing: seen even where the side is hidden."""
        ended, missing = opened.household.ended_on, len(opened.missing)
        merged = opened.household.successor is not None
        self.ended.say("已并到另一户" if merged else "这一户没人了", Tone.BAD)
        self.ended.setVisible(ended is not None)
        self.lacking.say(f"缺 {missing} 样", Tone.WARN, "alert-triangle")
        self.lacking.setVisible(bool(missing))
        for button in (*self.verbs, self.family, self.facts, self.standing, self.caring):
            button.setVisible(ended is None)
        self.verbs[_PRINT].show()
        self.family.setVisible(True)

    def _show_lines(self) -> None:
        """One of the two lists."""
        opened, over = self._opened, self._over
        empty_history = opened is not None and not opened.history
        self.changes.setVisible(over)
        self.history.setVisible(not over and not empty_history)
        self.no_history.setVisible(not over and empty_history)
        self.past_card.heading.setText(_CHANGED if over else _HAPPENED)
        self.over.say("回到经过" if over else "修改记录")

    def fit(self, *, low: bool, narrow: bool) -> None:
        """What happened keeps a few lines; in a low window fewer, and without what they say of
        themselves where the letters are large, too.
        """
        tight = low and narrow
        self._most = _MEMBERS_TIGHT if tight else _MOST_MEMBERS
        self.past_card.heading.setVisible(not tight)
        for table in (self.members, self.history, self.changes):
            table.horizontalHeader().setVisible(not tight)
        self.members.fit_rows(self._most)
        self.how_whole.setVisible(not narrow)
        if narrow:  # the four verbs leave no room beside the name
            self.members_card.top.insertWidget(1, self.tag)
        else:
            self.after_title(self.tag)
        for table in (self.history, self.changes):
            table.fill(4.2 if low else 6.5)

    def _links(self) -> QWidget:
        """Where more stands about the household, in as many lines as it takes."""
        links = QWidget()
        flow = Flow(links)
        for button in (self.over, self.standing, self.caring, self.filed, self.past):
            flow.addWidget(button)
        return links

    def _lay_out(self) -> None:
        self.after_title(self.ended)
        self.after_title(self.category)
        self.after_title(self.tag)
        for verb in self.verbs:
            verb.clicked.connect(self._want)
            self.head.addWidget(verb)
        self.members_card = Card("家里人")
        self.members_card.top.addWidget(self.how_whole)
        self.members_card.top.insertWidget(1, self.lacking)
        self.members_card.top.addWidget(self.facts)
        self.members_card.top.addWidget(self.family)
        self.family.clicked.connect(self._want_family)
        self.facts.clicked.connect(self._want_facts)
        self.members_card.body.addWidget(self.brief)
        self.members_card.body.addWidget(self.members)
        past = self.past_card = Card(_HAPPENED)
        past.body.addWidget(self._links())
        self.over.clicked.connect(self.turned_over)
        self.history.opened.connect(self.line_opened)
        self.standing.clicked.connect(self._want_standing)
        self.caring.clicked.connect(self._want_caring)
        self.filed.clicked.connect(self._want_applications)
        self.past.clicked.connect(self._want_past)
        self.no_history = Text("还没有记过什么。", tone=Tone.SOFT)
        past.body.addWidget(self.history, 1)
        past.body.addWidget(self.changes, 1)
        past.body.addWidget(self.no_history, 1, Qt.AlignmentFlag.AlignTop)
        self.fit(low=False, narrow=False)
        left = QWidget()
        box = column()
        box.addWidget(self.members_card)
        box.addWidget(past, 1)
        left.setLayout(box)
        self.body.addWidget(Split(left, self.side, share=(7, 2), instead=self.brief), 1)

    @Slot()
    def _want_past(self) -> None:
        self.verb_wanted.emit("past")

    @Slot()
    def _want_family(self) -> None:
        self.verb_wanted.emit("family")

    @Slot()
    def _want_facts(self) -> None:
        self.verb_wanted.emit("facts")

    @Slot()
    def _want_standing(self) -> None:
        self.verb_wanted.emit("standing")

    @Slot()
    def _want_caring(self) -> None:
        self.verb_wanted.emit("caring")

    @Slot()
    def _want_applications(self) -> None:
        self.verb_wanted.emit("applications")

    @Slot()
    def _want(self) -> None:
        self.verb_wanted.emit(_VERBS[self.verbs.index(self.sender())][0])


class _Side(Card):
    """Address, money, what to know before knocking, and what is missing."""

    def __init__(self) -> None:
        super().__init__("住址和联系")
        self.address = IconText("map-pin", "")
        self.phone = IconText("phone", "")
        self.knock = IconText("info-circle", "", icon_tone=Tone.PRIMARY)
        self.money = IconText("cash", "")
        self.account = IconText("building-community", "", Tone.SOFT)
        self.missing_heading = Text("缺的资料", Role.HEADING)
        self.missing = QVBoxLayout()
        self.missing.setSpacing(look().scale.px(0.4))
        for widget in (self.address, self.phone, self.knock):
            self.body.addWidget(widget)
        self.body.addWidget(Line())
        self.body.addWidget(Text("钱", Role.HEADING))
        self.body.addWidget(self.money)
        self.body.addWidget(self.account)
        self.body.addWidget(Line())
        self.body.addWidget(self.missing_heading)
        self.body.addLayout(self.missing)
        self.body.addStretch(1)

    def put(self, household: Household, missing: Sequence[str], paid: PaidNow) -> None:
        """Fill everything but the account."""
        self.address.say(household.address or household.place)
        phone = grouped_phone(household.phone)
        self.phone.say(phone or "没登记电话", Tone.TEXT if phone else Tone.WARN)
        self.knock.say(household.knock_note or "")
        self.knock.setVisible(bool(household.knock_note))
        self.money.say(money_text(household, paid))
        self.missing_heading.setText(f"缺的资料（{len(missing)}）" if missing else "资料齐了")
        empty(self.missing)
        shown = list(missing[:_MOST_MISSING])
        if len(missing) > len(shown):
            shown.append(f"还有 {len(missing) - len(shown)} 样，在申请里看")
        for words in shown:
            self.missing.addWidget(IconText("alert-triangle", words, icon_tone=Tone.WARN))

    def show_account(self, household: Household, *, whole: bool) -> None:
        """The bank card: last four figures only, unless `whole`."""
        account = household.bank_account
        if not account:
            self.account.say("没登记银行卡", Tone.SOFT)
            return
        shown = account if whole else f"尾号 {account[-4:]}"
        self.account.say(f"{household.bank_name or '银行卡'} {shown}", Tone.SOFT)
