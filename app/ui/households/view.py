"""The list of households: a search field, four filters, and the rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.households import Category, HouseholdLine
from app.domain.problem import Problem
from app.ui.households.presenter import Sieve, Unseen
from app.ui.households.table import COLUMNS, household_rows
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.glass import GlassEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Flow
from app.ui.widgets.page import PageFrame
from app.ui.widgets.select import Select
from app.ui.widgets.table import Table

_CATEGORIES = (
    ("all", "全部"),
    (Category.DIBAO, "低保"),
    (Category.TEKUN, "特困"),
    (Category.MARGINAL, "低保边缘"),
    (Category.RIGID_EXPENDITURE, "刚性支出"),
    (Category.SINGLE_PERSON, "单人保"),
    (Category.WATCHLIST, "备案"),
    (Category.NONE, "未纳入"),
)

_LEAST = 14.0
_LEAST_LOW = 8.2
"""Height of the list, in body sizes; the second is its head and two rows."""
_NOBODY = "还没有家庭。按上面的“导入名册”，把县里发的名册放进来。"
_NO_MATCH = "没有这样的户。少写几个字，或者把上面的条件改回“全部”。"


class HouseholdsView(PageFrame):
    """`sieved(Sieve)` when search or a filter changed; `first_wanted` on Enter in the search field;
    `opened(str)` with a household's id; `import_wanted`: a roster is to be taken in."""

    sieved = Signal(object)
    first_wanted = Signal()
    opened = Signal(object)
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("家庭", parent=parent)
        self.search = _SearchEdit(name="找人", hint="姓名、拼音首字母、身份证后四位、电话、门牌")
        self.search.setMinimumWidth(look().scale.px(18))
        self.search.textEdited.connect(self._sift)
        self.search.entered.connect(self.first_wanted)
        self.head.addWidget(self.search, 2)
        self.import_roster = Button("导入名册", icon="file-spreadsheet")
        self.import_roster.clicked.connect(self.import_wanted)
        self.head.addWidget(self.import_roster)
        self.category = ChoiceRow(_CATEGORIES, name="类别")
        self.category.put("all")
        self.category.chosen.connect(self._sift)
        self.group = Select(name="哪个组")
        self.group.addItem("所有的组", "")
        self.group.currentIndexChanged.connect(self._sift)
        self.unseen = Select(name="多久没走访")
        for word in Unseen:
            self.unseen.addItem(word.label, word)
        self.unseen.currentIndexChanged.connect(self._sift)
        self.lacking = QCheckBox("缺资料")
        self.lacking.setAccessibleName("缺资料")
        self.lacking.toggled.connect(self._sift)
        self.count = Text("", Role.SMALL, Tone.SOFT)
        self.table = Table(COLUMNS, name="家庭名单")
        self.table.opened.connect(self.opened)
        self.nobody = Text("", tone=Tone.SOFT, wrap=True)
        self.nobody.hide()
        self._lay_out()

    def show_lines(self, lines: Sequence[HouseholdLine], total: int, today: date) -> None:
        """Fill the list."""
        self.table.put(household_rows(lines, today))
        self.table.setVisible(bool(lines))
        self.nobody.setText(_NO_MATCH if total else _NOBODY)
        self.nobody.setVisible(not lines)
        shown = len(lines)
        self.count.setText(f"共 {total} 户" if shown == total else f"{shown} 户，共 {total} 户")

    def show_groups(self, groups: Sequence[str]) -> None:
        """Fill the group filter, keeping the choice."""
        chosen = self.group.currentData()
        with QSignalBlocker(self.group):
            self.group.clear()
            self.group.addItem("所有的组", "")
            for group in groups:
                self.group.addItem(group, group)
            self.group.setCurrentIndex(max(self.group.findData(chosen), 0))

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The list scrolls by itself; the page does not."""
        del narrow
        self.table.setMinimumHeight(look().scale.px(_LEAST_LOW if low else _LEAST))

    def show_problem(self, problem: Problem) -> None:
        """Say it on top of the page."""
        self.problem.show_problem(problem)

    def _lay_out(self) -> None:
        filters = QWidget()
        flow = Flow(filters, gap=0.8)
        flow.addWidget(self.group)
        flow.addWidget(self.unseen)
        flow.addWidget(self.lacking)
        flow.addWidget(self.count)
        self.body.addWidget(self.category)
        self.body.addWidget(filters)
        self.table.setMinimumHeight(look().scale.px(_LEAST))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nobody)
        self.body.addStretch(0)

    @Slot()
    def _sift(self) -> None:
        category = self.category.value()
        self.sieved.emit(
            Sieve(
                text=self.search.text(),
                category=category if isinstance(category, Category) else None,
                group=str(self.group.currentData() or ""),
                unseen=Unseen(self.unseen.currentData()),
                lacking=self.lacking.isChecked(),
            )
        )


class _SearchEdit(GlassEdit):
    """Filters with every key; `entered` on Enter; the arrow down goes to the list."""

    entered = Signal()

    def move_on(self) -> None:
        """Enter opens the first household."""
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Down goes to the list."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
            return
        super().keyPressEvent(event)
