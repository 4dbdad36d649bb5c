"""The card of the relief form: its fields, what was said of them, and the ways to end it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.relief.rows import ReliefRows
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import row


class ReliefCard(FormCard):
    """Given now, noted, sent up or thrown away: a button each, and a bar for what became of it."""

    def __init__(self, rows: ReliefRows, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.paid = Bar()
        self.said = Bar()
        self.follows = Text("", Role.STRONG, wrap=True)
        self.throw = Button("不要了", icon="trash", kind=Kind.LINK)
        self.pay = Button(
            "登记并打印收条",
            icon="printer",
            kind=Kind.PRIMARY,
            keys=("Ctrl+Return",),
            brief="登记打印",
        )
        self.more = Button("别的情况", icon="plus", kind=Kind.LINK, keys=("F8", "Ctrl+B"))
        self.refer = Button(
            "先不给，转上级批", icon="building-community", keys=("F9", "Ctrl+T"), brief="转上级批"
        )
        self.report = Button(
            "先记下，去看了再给", icon="note", keys=("F6", "Ctrl+J"), brief="先记下"
        )
        self.stamp = Text(
            "登记时间、经办人自动记下；登记后不能改，只能另记更正。",
            Role.SMALL,
            Tone.SOFT,
            wrap=True,
        )
        self._lay_out(rows)

    def _lay_out(self, rows: ReliefRows) -> None:
        self.paid.offer("存成 PDF")
        self.paid.action.hide()
        self.said.offer("撤消")
        self.follows.hide()
        self.form.addWidget(self.follows)
        self.form.addWidget(rows)
        line = row()
        line.addWidget(self.more)
        line.addStretch(1)
        self.form.addLayout(line)
        self.form.addStretch(1)
        self.body.insertWidget(1, self.said)
        self.body.insertWidget(2, self.paid)
        self.foot.addWidget(self.throw)
        self.foot.addWidget(self.stamp, 1)
        for button in (self.refer, self.report, self.pay):
            self.foot.addWidget(button)
