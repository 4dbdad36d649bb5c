"""Steps of the model: what people do on the laptops, and how it travels."""

from __future__ import annotations

import shutil
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.domain.casework import Met
from app.domain.ids import new_id
from app.domain.problem import Problem
from app.services.sync_status import Side
from app.services.visits import RecordVisit
from app.sync.protocol import stick
from app.sync.road import in_turn
from tests.attached import photo, visit_with
from tests.fakes import NOON
from tests.laptops import at_once
from tests.storefile import household_of
from tests.sync_model_homes import HOMES
from tests.sync_model_road import BrokenRoad
from tests.sync_model_state import BROKEN, WHICH, WHO, Everybody, expect


class OnTheLaptops(Everybody):
    """Saving, and paying out of a quota."""

    # what people do on the laptops

    @rule(who=WHO)
    def add_household(self, who: int) -> None:
        if who in self.gone or not self.answers_for(who, HOMES[who].code):
            return
        made = replace(household_of("覃桂英"), village_code=HOMES[who].code)
        self.laptops[who].households.add_all([made])
        self.homes.append(made.id)
        self.saved[who].add(made.id)

    @precondition(lambda self: self.homes)
    @rule(who=WHO, which=WHICH)
    def visit(self, who: int, which: int) -> None:
        laptop = self.laptops[who]
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self.knows(who, home):
            return
        wish = RecordVisit(household=home, visited_on=laptop.clock.today(), met=Met.SELF, note="好")
        try:
            self.saved[who].add(laptop.visits.record(wish))
        except Problem as problem:  # handed over meanwhile, or a clock that was set back
            self.refused.append(problem.code)

    @precondition(lambda self: self.homes)
    @rule(who=WHO, which=WHICH)
    def visit_with_a_photo(self, who: int, which: int) -> None:
        laptop = self.laptops[who]
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self.knows(who, home):
            return
        picture = photo(300 + which % 600)
        try:
            visit_with(laptop, picture, household=home)
        except Problem as problem:
            self.refused.append(problem.code)
        else:
            self.photos[who].append(picture)

    @precondition(lambda self: self.homes)
    @rule(who=WHO, which=WHICH)
    def change(self, who: int, which: int) -> None:
        home = self.homes[which % len(self.homes)]
        if who not in self.gone and self.knows(who, home):
            try:
                self.laptops[who].change(home, phone=f"1380000{which % 3:04d}")
            except Problem as problem:  # it is being handed over (移交中)
                expect(problem, {"H-29"})

    @rule(who=WHO, which=WHICH)
    def resolve(self, who: int, which: int) -> None:
        if who in self.gone:
            return
        conflicts = self.laptops[who].syncing.status().conflicts
        if conflicts:
            side = Side.MINE if which % 2 else Side.THEIRS
            self.laptops[who].syncing.resolve(conflicts[which % len(conflicts)].id, side)

    @precondition(lambda self: self.homes)
    @rule(who=WHO, which=WHICH)
    def apply_for(self, who: int, which: int) -> None:
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self.knows(who, home):
            return
        laptop, made = self.laptops[who], new_id(NOON)
        head = laptop.household(home).head
        fields = {
            "document_no": f"N-{made}", "household_id": home, "requested": ["dibao"],
            "applicant_person_id": head, "status": "submitted", "filed_on": laptop.clock.today(),
        }  # fmt: skip
        try:
            with laptop.begin() as work:
                work.change(
                    kind="application.filed", entity="application", entity_id=made, subject=home,
                    fields=fields,
                )  # fmt: skip
                work.commit()
        except Problem as problem:  # it is being handed over (移交中)
            expect(problem, {"H-29"})
            return
        self.filed.append(made)
        self.saved[who].add(made)

    @rule(which=WHICH, fen=st.integers(1, 60_000))
    def pay(self, which: int, fen: int) -> None:
        """The device that is only its protocol pays out of its quota, sometimes too much."""
        home = self.payer.household()
        self.said.append(self.payer.waiting[-1])
        made = self.payer.operation(
            "emergency_relief", new_id(NOON),
            {
                "household_id": home, "payment_id": f"p-{which % 4}", "amount_fen": fen,
                "quota_id": self.payer.quota_id, "paid_at": "2026-03-02T04:00:00.000Z",
            },
            subject=home,
        )  # fmt: skip
        self.said.append(made)
        self._payer_sends()

    def _payer_sends(self) -> None:
        data = self.payer.batch()
        self.batches.append(data)
        receipt = self.payer.receipt(self.office.intake.receive(data))
        assert receipt.last_op == self.payer.sent_n


class OnTheRoads(Everybody):
    """A road that breaks at any byte, and a stick that carries old and new in any order."""

    # the roads

    @rule(who=WHO, ways=BROKEN)
    def sync(self, who: int, ways: list[tuple[str, int]]) -> None:
        if who in self.gone:
            return
        road = BrokenRoad(self.office, ways, self.answers_of[who])
        try:
            self.laptops[who].sync(road, at_once if who % 2 else in_turn)
            self.unheard.discard(who)
        except Problem:
            if not ways:
                raise  # the road was whole
        self.batches += road.sent

    @rule(who=WHO)
    def onto_the_stick(self, who: int) -> None:
        if who not in self.gone:
            self.laptops[who].syncing.export_to_usb(self.usb)

    @rule(takes=st.booleans(), makes=st.booleans())
    def stick_at_the_county(self, takes: bool, makes: bool) -> None:
        if not any(self.usb.iterdir()):
            return
        if takes:
            self.office.stick.take(self.usb)
        if makes:
            self.office.stick.make(self.usb)

    @rule()
    def stick_is_copied(self) -> None:
        copy = self.folder / f"stick-{len(self.old_sticks)}"
        self.old_sticks.append(shutil.copytree(self.usb, copy))

    @precondition(lambda self: self.old_sticks)
    @rule(which=WHICH)
    def an_old_stick_is_found(self, which: int) -> None:
        """What the county wrote once lies on the stick again."""
        old = self.old_sticks[which % len(self.old_sticks)] / stick.FROM_COUNTY
        if old.is_dir():
            shutil.copytree(old, self.usb / stick.FROM_COUNTY, dirs_exist_ok=True)

    @rule(which=WHICH)
    def something_on_the_stick_is_lost(self, which: int) -> None:
        """So that what comes later is there before what comes first."""
        files = sorted(path for path in self.usb.rglob("*") if path.is_file())
        if files:
            files[which % len(files)].unlink()

    @rule(who=WHO)
    def off_the_stick(self, who: int) -> None:
        if who in self.gone:
            return
        try:
            self.laptops[who].syncing.import_from_usb(self.usb)
        except Problem as problem:
            expect(problem, {"S-16", "S-18", "S-21"})

    @precondition(lambda self: self.batches)
    @rule(which=WHICH)
    def replay(self, which: int) -> None:
        """Old bytes once more, by nobody in particular."""
        try:
            self.office.intake.receive(self.batches[which % len(self.batches)])
        except Problem as problem:
            expect(problem, {"B-20", "B-23"})
