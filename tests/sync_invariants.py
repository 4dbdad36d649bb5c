"""What must be so whatever laptops, stick and county went through (security §5.2, I1–I6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.log import OperationRow, OperationStateRow, ServerDocumentRow
from app.models.registry import ENTITIES
from county_server.pages import scopes_of
from county_server.registry import author_of
from county_server.tables import batch, device, document, feed, operation, payment, quota
from tests.attached import at_county
from tests.counties import Office
from tests.devices import Device
from tests.laptops import Laptop

_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
SERVER = table_of(ServerDocumentRow)
_IN_FEED = (
    select(document.c.entity, document.c.entity_id, document.c.version)
    .join(feed, (feed.c.entity == document.c.entity) & (feed.c.entity_id == document.c.entity_id))
    .where(feed.c.kind == "upsert")
)
_HOMES = select(document.c.entity_id, document.c.village_code).where(
    document.c.entity == "household"
)
_ANSWERED = (
    OperationState.RECEIVED, OperationState.MERGED, OperationState.DIFFERS,
    OperationState.RETURNED, OperationState.HANDED_OVER,
)  # fmt: skip


@dataclass
class Ground:
    """Both sides once nothing moves any more, and what people remember of it."""

    office: Office
    laptops: Sequence[Laptop]
    ids: Sequence[str]
    payer: Device
    saved: Sequence[AbstractSet[str]]
    decided: Mapping[str, tuple[object, object]]
    gone: AbstractSet[int]
    photos: Sequence[Sequence[bytes]]
    sure: AbstractSet[str] = frozenset()
    """Records that must be at the county: of laptops that lost their disk after it had taken them,
    and those a laptop answered for and held when the county was put back."""
    lost: AbstractSet[int] = frozenset()
    """Laptops whose binding was withdrawn before they came again to a county that was put back:
    nobody can say again what it had answered them."""

    def check(self) -> None:
        states = {row["id"]: row["state"] for row in self.office.status()["devices"]}
        assert "quarantined" not in states.values()
        for who, laptop in enumerate(self.laptops):
            self._check_saved(who, laptop)
            if who not in self.lost:
                self._check_acknowledged(who, laptop)
            self._check_county(self.ids[who])
            if who not in self.gone:
                self._check_same(who, laptop)
                self._check_photos(who, laptop)
        self._check_county(self.payer.id)
        self._check_money()
        with self.office.database.read() as connection:
            held = set(connection.execute(select(document.c.entity_id)).scalars())
        assert self.sure <= held
        for made, before in self.decided.items():
            assert self.decision(made) == before  # I6: only the county changes its word

    def _check_saved(self, who: int, laptop: Laptop) -> None:
        """I1: what was saved is in the vault's log."""
        with laptop.begin() as work:
            written = set(work.connection.execute(select(_OPERATION.c.entity_id)).scalars())
        assert self.saved[who] <= written

    def _check_acknowledged(self, who: int, laptop: Laptop) -> None:
        """I2: what the laptop shows as answered is at the county, once, the same."""
        with laptop.begin() as work:
            query = (
                select(_OPERATION.c.n, _OPERATION.c.op_id, _OPERATION.c.hash)
                .join(_STATE, _STATE.c.n == _OPERATION.c.n)
                .where(_STATE.c.state.in_([state.value for state in _ANSWERED]))
            )
            shown = work.connection.execute(query).all()
        held = self._held(self.ids[who])
        assert len({row.op_id for row in held}) == len(held)
        there = {(row.n, row.op_id, row.hash) for row in held}
        assert {(row.n, row.op_id, row.hash.hex()) for row in shown} <= there

    def _check_county(self, device_id: str) -> None:
        """I3: operations and batches of a device without a gap in any epoch, up to its head."""
        held = self._held(device_id)
        with self.office.database.read() as connection:
            row = connection.execute(select(device).where(device.c.id == device_id)).one()
            mine = select(batch.c.epoch, batch.c.seq).where(batch.c.device_id == device_id)
            places = connection.execute(mine.order_by(batch.c.epoch, batch.c.seq)).all()
        known = {0}
        for one in held:
            assert one.n - 1 in known
            known.add(one.n)
        for epoch in {place.epoch for place in places}:
            seqs = [place.seq for place in places if place.epoch == epoch]
            assert seqs == list(range(1, len(seqs) + 1))
        assert not places or tuple(places[-1]) == (row.epoch, row.last_seq)
        assert not held or (row.head_n, row.head) in {(one.n, one.hash) for one in held}

    def _check_same(self, who: int, laptop: Laptop) -> None:
        """I4: heads and documents are the same on both sides, and the tables are their replay."""
        assert laptop.syncing.waiting() == 0
        assert laptop.syncing.check() == []
        with laptop.begin() as work:
            mine = {
                (row.entity, row.entity_id): row.version
                for row in work.connection.execute(select(SERVER))
            }
            last = work.head
        held = self._held(self.ids[who])
        assert (held[-1].n, held[-1].hash) == (last.n, last.hash.hex())
        villages = self._villages(self.ids[who])
        with self.office.database.read() as connection:
            query = select(document).where(document.c.village_code.in_(villages))
            theirs = {(row.entity, row.entity_id): row.version for row in connection.execute(query)}
            said = {
                (row.entity, row.entity_id): row.version
                for row in connection.execute(
                    _IN_FEED.where(feed.c.scope.in_(scopes_of(connection, self.ids[who])))
                )
                if row.entity in ENTITIES
            }
            homes = {row.entity_id: row.village_code for row in connection.execute(_HOMES)}
        assert {key: mine.get(key) for key in theirs | said} == theirs | said
        strange = {
            key for kind, key in mine if kind == "household" and homes.get(key) not in villages
        }
        assert strange == set()  # what was handed over is gone

    def _check_photos(self, who: int, laptop: Laptop) -> None:
        """I2 for pictures: none waits, and each is at the county as it was taken."""
        assert laptop.syncing.status().files_waiting == 0
        for picture in self.photos[who]:
            assert at_county(self.office, picture) == picture

    def _check_money(self) -> None:
        """I5: nothing is paid twice, and no quota is overspent."""
        with self.office.database.read() as connection:
            paid = select(func.coalesce(func.sum(payment.c.amount_fen), 0))
            whole = connection.execute(
                paid.where(payment.c.quota_id == self.payer.quota_id)
            ).scalar_one()
            row = connection.execute(select(quota).where(quota.c.id == self.payer.quota_id)).one()
        assert whole == row.spent_fen <= row.amount_fen

    def _held(self, device_id: str):
        with self.office.database.read() as connection:
            query = select(operation).where(operation.c.device_id == device_id)
            return connection.execute(query.order_by(operation.c.epoch, operation.c.n)).all()

    def arrived(self, who: int) -> set[str]:
        """What a laptop shows as taken by the county."""
        taken = [state.value for state in _ANSWERED if state is not OperationState.RETURNED]
        with self.laptops[who].begin() as work:
            query = (
                select(_OPERATION.c.entity_id)
                .join(_STATE, _STATE.c.n == _OPERATION.c.n)
                .where(_STATE.c.state.in_(taken), _OPERATION.c.entity != "audit")
            )
            return set(work.connection.execute(query).scalars())

    def held(self, who: int) -> set[str]:
        """Records of households a laptop answers for, as the county told it of them."""
        home = SERVER.alias("home")
        query = (
            select(SERVER.c.entity_id)
            .join(home, (home.c.entity == "household") & (home.c.entity_id == SERVER.c.subject))
            .where(
                home.c.body["village_code"].as_string().in_(self._villages(self.ids[who])),
                SERVER.c.entity.not_in(["attachment", "visit_file"]),
            )
        )
        with self.laptops[who].begin() as work:
            return set(work.connection.execute(query).scalars())

    def _villages(self, device_id: str) -> list[str]:
        with self.office.database.read() as connection:
            return sorted(author_of(connection, device_id).villages)

    def decision(self, made: str) -> tuple[object, object]:
        with self.office.database.read() as connection:
            query = select(document.c.body).where(document.c.entity_id == made)
            body = connection.execute(query).scalar_one()
        return body["status"], body["decided_on"]
