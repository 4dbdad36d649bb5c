"""What the camera is shown of a day: every page as registered, and the states a page can be in.

Each scene goes there as a person would, through what the views say; nothing is drawn for it. What
a scene begins it puts away again, except two: that of the earlier tests leaves one more of them,
and the last leaves a batch on a stick.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.bootstrap.lens import CRAMPED, ROOMY, WEARS, Camera
from app.domain.households import IncomeKind
from app.ui.applications.view import ApplicationsView
from app.ui.assessment.blocks import Step
from app.ui.assessment.view import AssessmentView
from app.ui.preferences import Preferences
from app.ui.relief.view import ReliefView
from app.ui.roster.view import RosterView
from app.ui.syncing.view import SyncView
from app.ui.unlock.view import UnlockView

ABOUT: Final = {
    "household": "life",
    "family": "life",
    "facts": "mended",
    "visits": "household",
    "assessment": "household",
    "past": "household",
    "printing": "household",
    "investigation": "unseen",
    "relief_case": "relief",
    "visit_record": "visit",
}
"""Which of the things shown a page is about; the others are opened as the navigation does."""
CASES: Final = ("asked", "reviewed", "posted", "returned", "agreed")
"""Applications pictured one by one, as the day calls them."""
STRANGER: Final = "陆阿贵"
"""Nobody of the practice village."""
WAGE: Final = "3000.00"
"""What somebody would earn a month, in yuan."""
BAD_ROSTER: Final = "青石坳花名册.xlsx"


def door(camera: Camera) -> None:
    """The unlock page, and its form for a forgotten passphrase."""
    camera.take("unlock")
    view = camera.door(UnlockView)
    view.forgotten.click()
    camera.take("unlock-recover")
    view.recover.back.click()


def pages(camera: Camera, shown: Mapping[str, str]) -> None:
    """Every page there is; then in other sizes and in the dark."""
    for name, size, worn in (("", ROOMY, Preferences()), *WEARS):
        camera.wear(size, worn)
        for key in camera.day.keys:
            camera.day.go(key, shown.get(ABOUT.get(key, "")))
            camera.take(f"{key}{name}")
    camera.wear(ROOMY, Preferences())


def states(camera: Camera, shown: Mapping[str, str], folder: Path, bad_roster: Path) -> None:
    """What a page looks like while it is used; `folder` is for what a scene writes."""
    household = shown["household"]
    _find(camera)
    _cases(camera, shown)
    _talk(camera, household)
    _clause(camera)
    _what_if(camera)
    _look_back(camera, household)
    _relief(camera, household)
    _roster(camera, folder, bad_roster)
    _sync(camera, folder)


def _find(camera: Camera) -> None:
    """Ctrl+F over the page."""
    camera.day.go("visits")
    camera.day.finder.ask()
    camera.day.finder.field.insert("l")
    camera.day.finder.field.textEdited.emit("l")
    camera.take("find")
    camera.day.finder.hide()


def _cases(camera: Camera, shown: Mapping[str, str]) -> None:
    """One application in each state worth knowing, and the card of a household in 渐退."""
    for case in CASES:
        camera.day.go("applications", shown[case])
        camera.take(f"applications-{case}")
    camera.page("applications", ApplicationsView).back_requested.emit()
    camera.settle()
    camera.day.go("standing", shown["leaving"])
    camera.take("standing-leaving")
    camera.day.go("relief_case", shown["relief"])
    camera.settle()


def _talk(camera: Camera, household: str) -> None:
    """The choice of a household, then every step of the means test."""
    view = camera.page("assessment", AssessmentView)
    view.other_requested.emit()
    camera.day.go("assessment")
    camera.take("assessment-choose")
    camera.day.go("assessment", household)
    for number, step in enumerate(Step, 1):
        view.step_requested.emit(step)
        camera.take(f"assessment-{number}-{step.value}")


def _clause(camera: Camera) -> None:
    """The clause behind the first line of the working, also where there is little room."""
    view = camera.page("assessment", AssessmentView)
    view.step_requested.emit(Step.INCOME)
    camera.settle()
    view.why.rows[0].opened.emit()
    camera.take("assessment-clause")
    camera.wear(CRAMPED, Preferences())
    camera.take("assessment-clause-1093x543")
    camera.wear(ROOMY, Preferences())
    view.why.rows[0].opened.emit()


def _what_if(camera: Camera) -> None:
    """Somebody finds work, only to see what that would do; then it is dropped."""
    view = camera.page("assessment", AssessmentView)
    view.trial_requested.emit()
    camera.settle()
    for field, answer in (("kind", IncomeKind.WAGE.value), ("month", WAGE)):
        view.answered.emit(view.card.open_block, field, answer)
        camera.settle()
    camera.take("assessment-what-if")
    camera.wear(CRAMPED, Preferences(dark=True))
    camera.take("assessment-what-if-1093x543-dark")
    camera.wear(ROOMY, Preferences())
    view.trial_requested.emit()
    camera.settle()


def _look_back(camera: Camera, household: str) -> None:
    """Tested once more under the raised standard: what differs from the test before."""
    camera.page("assessment", AssessmentView).save_requested.emit()
    camera.take("assessment-kept")
    camera.day.go("past", household)
    camera.take("past-differences")


def _relief(camera: Camera, household: str) -> None:
    """Somebody of the village is given something; then somebody nobody knows."""
    view = camera.page("relief", ReliefView)
    camera.day.go("relief", household)
    camera.take("relief-household")
    view.throw_away_requested.emit()
    camera.settle()
    view.said.close_button.click()
    camera.day.go("relief")
    camera.settle()
    view.payee.setText(STRANGER)
    view.named.emit(STRANGER)
    camera.take("relief-unknown-person")
    view.throw_away_requested.emit()
    camera.settle()


def _roster(camera: Camera, folder: Path, bad_roster: Path) -> None:
    """A roster with bad rows comes back with its error sheet."""
    camera.day.go("roster")
    view = camera.page("roster", RosterView)
    view.panel.file_chosen.emit(str(_copied(bad_roster, folder)))
    camera.take("roster-reading", at_once=True)
    camera.take("roster-refused")


def _sync(camera: Camera, folder: Path) -> None:
    """No network is no alarm; the stick is the other road."""
    camera.day.go("syncing")
    view = camera.page("syncing", SyncView)
    view.sync_requested.emit()
    camera.take("syncing-under-way", at_once=True)
    camera.take("syncing-offline")
    stick = folder / "stick"
    stick.mkdir()
    view.import_placed.emit(str(stick))
    camera.take("syncing-empty-stick")
    view.export_placed.emit(str(stick))
    camera.take("syncing-on-stick")


def _copied(roster: Path, folder: Path) -> Path:
    """The roster on a stick of its own: the error sheet is put beside it."""
    stick = folder / "roster"
    stick.mkdir()
    return Path(shutil.copy(roster, stick / BAD_ROSTER))
