"""One completed visit: answers on the left, addenda below, pictures on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.problem import Problem
from app.domain.visit_words import FilePurpose
from app.domain.visiting import Strokes
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.visit_record.desk import SeenVisit
from app.ui.visit_record.table import addendum_text, answers, heading
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import TextEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, Flow, empty, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.signature import Pad

_PREVIEW = 22.0
"""Longer side of a picture on the page, in body sizes."""


class RecordView(PageFrame):
    """`added(str)`, `wanted(VisitFile)`, `dropped(file id)`."""

    added = Signal(str)
    wanted = Signal(object)
    dropped = Signal(object)
    take_back_requested = Signal()
    household_requested = Signal()
    print_requested = Signal()

    def __init__(self) -> None:
        super().__init__("一次走访", hint="记好的走访不改，有话补记在下面")
        self.said = Bar()
        self.card = FormCard()
        self.who = Text("", Role.HEADING, wrap=True)
        self.answers = Text("", wrap=True)
        self.addenda = Text("", tone=Tone.SOFT, wrap=True)
        self.addendum = TextEdit(name="补记", hint="补一句：记漏的、记错的，后来知道的")
        self.add = Button("补记", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.visit = Button("看这户", icon="home", kind=Kind.LINK)
        self.print = Button("打印", icon="printer", keys=("Ctrl+P",))
        self.side = Card("照片和签字")
        self.none = Text("没有照片，也没有签字。", tone=Tone.SOFT, wrap=True)
        self.photos = QWidget()
        self._photo_line = Flow(self.photos)
        self.picture = QLabel()
        self.picture.setAccessibleName("照片")
        self.signature = Pad()
        self.signature.setEnabled(False)
        self._lay_out()
        self._connect()

    def show_visit(self, seen: SeenVisit) -> None:
        """The visit."""
        self.problem.hide()
        self.said.hide()
        self.who.setText(heading(seen))
        self.answers.setText("\n".join(f"{what}：{said}" for what, said in answers(seen)))
        self.addenda.setText("\n".join(addendum_text(one) for one in seen.addenda))
        self.addenda.setVisible(bool(seen.addenda))
        self.none.setVisible(not seen.files)
        self.picture.hide()
        self.signature.hide()
        self._put_files(seen)

    def show_photo(self, file_id: str, jpeg: bytes) -> None:
        """One picture, as large as the side panel is."""
        del file_id
        side = look().scale.px(_PREVIEW)
        image = QImage.fromData(jpeg).scaled(
            QSize(side, side),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.show()

    def show_signature(self, strokes: Strokes) -> None:
        """What was signed."""
        self.signature.put(strokes)
        self.signature.show()

    def say(self, text: str, *, undo: bool = False) -> None:
        """What was done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(undo)

    def clear_addendum(self) -> None:
        """What was typed is written; the field is free."""
        self.addendum.put("")

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        self.problem.show_problem(problem)

    def _put_files(self, seen: SeenVisit) -> None:
        empty(self._photo_line)
        photos = [one for one in seen.files if one.kept.purpose is FilePurpose.PHOTO]
        for at, file in enumerate(photos, 1):
            look_at = Button(f"看照片 {at}", icon="eye", parent=self.photos)
            look_at.clicked.connect(partial(self.wanted.emit, file))
            away = Button("拿掉", icon="x", kind=Kind.LINK, parent=self.photos)
            away.clicked.connect(partial(self.dropped.emit, file.id))
            for button in (look_at, away):
                self._photo_line.addWidget(button)
                button.show()
        self.photos.setVisible(bool(photos))

    def _lay_out(self) -> None:
        self.said.offer("撤消")
        self.said.hide()
        self.addendum.setObjectName("addendum")
        self.addendum.setFixedHeight(look().scale.px(3.4))
        for part in (self.who, self.answers, self.addenda, self.addendum):
            self.card.form.addWidget(part)
        self.card.form.addStretch(1)
        self.card.foot.addWidget(self.visit)
        self.card.foot.addWidget(self.print)
        self.card.foot.addStretch(1)
        self.card.foot.addWidget(self.add)
        for shown in (self.none, self.photos, self.picture, self.signature):
            self.side.body.addWidget(shown)
        self.side.body.addStretch(1)
        both = row(gap=0.8)
        both.addWidget(self.card, 3)
        both.addWidget(self.side, 2)
        self.body.addWidget(self.said)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.visit.clicked.connect(self.household_requested)
        self.print.clicked.connect(self.print_requested)
        self.said.action.clicked.connect(self.take_back_requested)

    @Slot()
    def _add(self) -> None:
        self.added.emit(self.addendum.text())
