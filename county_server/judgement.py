"""One batch's operations judged in order, each by itself: a bad form blocks no month of visits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Final, cast

import msgspec
from sqlalchemy import Connection, select

from app.crypto.envelope import KEY_BYTES, open_body
from app.domain.operations import AUDIT, SAFE_INTEGER, Operation, Patch, body_aad, canonical
from app.domain.problem import Refused
from app.sync.protocol.feed import NOTICE_ENTITY
from app.sync.protocol.verdict import LOST_KIND, RESOLVE_KIND, Difference, OutcomeWord, Verdict
from county_server.authority import Returned, check_patch
from county_server.exits import is_exit, let_go_with
from county_server.ledger import Document, Ledger, News
from county_server.merge import Change, Merge, merge
from county_server.money import Books, Case
from county_server.purse import KINDS, Purse
from county_server.relief import PART, RECORD, check_relief
from county_server.said_again import not_told, told, was_said_again
from county_server.standing import check_standing
from county_server.tables import feed, subject_key
from county_server.tables import operation as operation_table
from county_server.visiting import check_visiting

_FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
FieldName = Annotated[str, msgspec.Meta(pattern=rf"^{_FIELD_NAME.pattern}\Z")]
"""A field of a patch."""
_Leaf = str | Annotated[int, msgspec.Meta(ge=-SAFE_INTEGER, le=SAFE_INTEGER)] | bool | None
_Plain = _Leaf | list[_Leaf]
_PLAIN_PATCH: Final = msgspec.json.Decoder(dict[str, tuple[_Plain, _Plain]])
"""Nearly every patch: no value in it is an object. Its fields' names are looked at apart."""
_NAMES_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class Author:
    """The device that speaks, and for which villages."""

    device_id: str
    home: str
    villages: frozenset[str]
    former: frozenset[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An earlier operation on a new record that was returned and still waits for its mending."""

    n: int
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Judgement:
    """Judges the operations of one batch against the ledger."""

    connection: Connection
    ledger: Ledger
    author: Author
    keys: Mapping[str, bytes] = field(repr=False)
    """subject → every key this device ever named for it, one after the other."""
    patches: Mapping[int, bytes] = field(repr=False)
    """n → the patch in clear, where the ciphertext was made of it a moment ago."""
    resolved: list[tuple[str, str, str]] = field(default_factory=list)
    """(entity, id, field) a person decided in this batch."""
    _waiting: dict[tuple[str, str], list[Waiting]] = field(default_factory=dict, repr=False)
    _batch: Sequence[Operation] = field(default=(), repr=False)

    def prepare(self, operations: Sequence[Operation]) -> None:
        """Read in bulk what the operations are about."""
        self._batch = operations
        keys = {(operation.entity, operation.entity_id) for operation in operations}
        self.ledger.load(keys | {("household", operation.subject) for operation in operations})
        self._load_waiting({entity_id for _, entity_id in keys})

    def judge(self, operation: Operation) -> Verdict:
        """The verdict, with its effects entered in the ledger."""
        if operation.entity == AUDIT:
            return Verdict(n=operation.n, outcome="applied", version=0)
        known = self.ledger.get(operation.entity, operation.entity_id)
        try:
            changes = _changes(operation, self._patch(operation))
            village, is_late = self._village(operation, known, changes)
            merged, carried = self._merge(operation, known, changes)
            paid_twice = self._pay(operation, known, merged)
            self._book(operation, known, merged)
        except Returned as returned:
            if known is None:
                self._wait(operation)
            return Verdict(
                n=operation.n,
                outcome="returned",
                version=0 if known is None else known.version,
                reason=told(operation.kind, returned.reason),
                field=returned.field,
            )
        if paid_twice is not None:
            version = 0 if known is None else known.version
            return Verdict(
                n=operation.n, outcome="conflict", version=version, differences=[paid_twice]
            )
        goes = is_exit(operation.entity, known, merged)
        document = self._enter(operation, known, merged, village, is_late=is_late)
        if goes:
            let_go_with(self.ledger, document)
        if operation.kind == RESOLVE_KIND and not merged.differences:
            self.resolved += [(operation.entity, operation.entity_id, c.field) for c in changes]
        if carried:
            del self._waiting[operation.entity, operation.entity_id]
        return Verdict(
            n=operation.n,
            outcome=_outcome(merged, is_late=is_late),
            version=document.version,
            differences=merged.differences,
            absorbs=carried,
        )

    def _merge(
        self, operation: Operation, known: Document | None, changes: Sequence[Change]
    ) -> tuple[Merge, list[int]]:
        """The merge, and the returned operations it carries along. Raises Returned.

        A new record that was returned is not lost: the next operation on it carries it along. A
        returned change of a record the county has is simply not made.
        """
        waiting = self._waiting.get((operation.entity, operation.entity_id), [])
        if waiting:
            together = {c.field: c for earlier in waiting for c in earlier.changes}
            changes = list((together | {c.field: c for c in changes}).values())
        if known is not None and was_said_again(
            known, operation.kind, changes, self.author.device_id
        ):
            changes = not_told(known, changes, self._later(operation))
        self._check(operation, None if known is None else known.body, changes)
        merged = merge(
            known,
            changes,
            self.author.device_id,
            is_decision=operation.kind == RESOLVE_KIND,
        )
        return merged, [earlier.n for earlier in waiting]

    def _check(
        self, operation: Operation, body: Mapping[str, Any] | None, changes: Sequence[Change]
    ) -> None:
        """Raises Returned unless the device may make `changes`."""
        if body is None and any(change.base_version > 0 for change in changes):
            raise Returned("这条改的记录县里没有收到过。")
        fields = {change.field: change.new for change in changes}
        check_patch(operation.entity, body, fields, operation.business_date)
        is_again = operation.kind == LOST_KIND
        check_relief(operation.entity, body, fields, is_again=is_again)
        check_standing(operation.entity, body, fields)
        check_visiting(operation.entity, body, fields, is_again=is_again)

    def _pay(
        self, operation: Operation, known: Document | None, merged: Merge
    ) -> Difference | None:
        """Enter a payment that is said for the first time; the difference when it was paid before.

        Raises Returned when it may not be.
        """
        if operation.entity not in {RECORD, PART} or merged.fields.get("payment_id") is None:
            return None
        body = {**({} if known is None else known.body), **merged.fields}
        case = None if operation.entity == RECORD else self._case(str(body.get("relief_id")))
        books = Books(self.connection, self.author.device_id)
        return books.pay(operation.op_id, operation.entity_id, body, case)

    def _case(self, relief_id: str) -> Case:
        """The staged relief a part belongs to. Raises Returned when the county has none."""
        found = self.ledger.get(RECORD, relief_id)
        amount = None if found is None else found.body.get("amount_fen")
        if type(amount) is not int:
            raise Returned("分期的那笔先行救助县里没有收到过。", "relief_id")
        return Case(relief_id, amount)

    def _book(self, operation: Operation, known: Document | None, merged: Merge) -> None:
        """Enter a new record of the reserve fund. Raises Returned when it may not be."""
        if operation.entity in KINDS and known is None:
            purse = Purse(self.connection, self.author.device_id)
            purse.enter(
                operation.entity, operation.entity_id, merged.fields, operation.business_date
            )

    def _enter(
        self,
        operation: Operation,
        known: Document | None,
        merged: Merge,
        village: str,
        *,
        is_late: bool,
    ) -> Document:
        """The document with the merged fields in it, announced to those it concerns."""
        document = known or Document(
            operation.entity, operation.entity_id, operation.subject, village, 0, {}, {}
        )
        if merged.fields or known is None:
            is_again = operation.kind == LOST_KIND
            document.amend(merged.fields, self.author.device_id, self.ledger.at, is_again=is_again)
            is_plain = not merged.is_concurrent and not merged.differences and not is_late
            self.ledger.put(document, known_to=self.author.device_id if is_plain else None)
        if is_late:
            late = {"text": "移交前的资料又传来一些（原责任人补传），已并进各户，请看一看。"}
            about = f"late.{self.author.device_id}"
            self.ledger.announce(village, NOTICE_ENTITY, about, News("notice", village, None, late))
        return document

    def _patch(self, operation: Operation) -> Patch:
        """The patch in clear. Raises Returned when key, bytes or form do not fit."""
        body = self.patches.get(operation.n)
        if body is not None:
            return read_patch(body)
        keys = self.keys.get(operation.subject, b"")
        return open_patch(operation.op_id, operation.subject, operation.ciphertext, keys)

    def _later(self, operation: Operation) -> list[Change]:
        """What the rest of the batch says of the same record, as far as it can be read."""
        found: list[Change] = []
        for one in self._batch:
            is_same = (one.entity, one.entity_id) == (operation.entity, operation.entity_id)
            if is_same and one.n > operation.n:
                try:
                    found += _changes(one, self._patch(one))
                except Returned:
                    continue  # it gets a verdict of its own
        return found

    def _village(
        self, operation: Operation, known: Document | None, changes: Sequence[Change]
    ) -> tuple[str, bool]:
        """Where the record belongs, and whether it has left the author's hands. Raises Returned."""
        household = self.ledger.get("household", operation.subject)
        village = known.village if known is not None else None
        if village is None and household is not None:
            village = household.village
        if village is None and operation.entity == "household":
            village = next((str(c.new) for c in changes if c.field == "village_code"), None)
        village = village or self.author.home
        if village in self.author.villages:
            return village, False
        if village in self.author.former or self._has_left(operation.subject):
            return village, True
        raise Returned("这一户不在这台电脑负责的村里。")

    def _has_left(self, subject: str) -> bool:
        """Whether the household was handed over out of the author's villages."""
        scopes = self.author.villages | self.author.former
        query = select(feed.c.scope).where(
            feed.c.scope.in_(scopes), feed.c.entity_id == subject, feed.c.kind == "leave"
        )
        return self.connection.execute(query).first() is not None

    def _wait(self, operation: Operation) -> None:
        """Remember a returned operation for the next one on the same record."""
        try:
            changes = tuple(_changes(operation, self._patch(operation)))
        except Returned:
            return
        key = (operation.entity, operation.entity_id)
        self._waiting.setdefault(key, []).append(Waiting(operation.n, changes))

    def _load_waiting(self, entity_ids: Collection[str]) -> None:
        """Read this device's returned operations on the records at hand."""
        query = (
            select(operation_table, subject_key.c.key)
            .join(
                subject_key,
                (subject_key.c.device_id == operation_table.c.device_id)
                & (subject_key.c.subject == operation_table.c.subject),
            )
            .where(
                operation_table.c.device_id == self.author.device_id, operation_table.c.is_waiting
            )
            .order_by(operation_table.c.epoch, operation_table.c.n)
        )
        for row in self.connection.execute(query):
            is_known = self.ledger.get(row.entity, row.entity_id) is not None
            if row.entity_id not in entity_ids or (is_known and row.metadata["kind"] == LOST_KIND):
                continue
            try:
                patch = open_patch(row.op_id, row.subject, row.ciphertext, row.key)
            except Returned:
                continue
            base = row.metadata["base_version"]
            changes = tuple(Change(f, pair[0], pair[1], base) for f, pair in patch.items())
            self._waiting.setdefault((row.entity, row.entity_id), []).append(
                Waiting(row.n, changes)
            )


def open_patch(op_id: str, subject: str, ciphertext: bytes, keys: bytes) -> Patch:
    """A patch in clear, by whichever of `keys` (one after the other) opens it.

    Raises Returned when none does or it is not in its canonical form.
    """
    return read_patch(_opened(ciphertext, body_aad(op_id, subject), keys))


def read_patch(body: bytes) -> Patch:
    """A patch from its bytes. Raises Returned when they are not in its canonical form."""
    try:
        value = _read_patch(body)
    except (msgspec.DecodeError, ValueError, TypeError, RecursionError) as error:
        raise Returned("这条记录的写法不合约定。") from error
    if value is None:
        raise Returned("这条记录的写法不合约定。")
    return value


def _opened(ciphertext: bytes, aad: bytes, keys: bytes) -> bytes:
    """The body of an operation, the newest key first. Raises Returned."""
    for end in range(len(keys), 0, -KEY_BYTES):
        try:
            return open_body(keys[end - KEY_BYTES : end], ciphertext, aad)
        except Refused:
            continue  # a key from before the household was handed over, or after it came back
    raise Returned("这条记录的内容打不开。")


def _read_patch(body: bytes) -> Patch | None:
    """A patch from its bytes, None when they are not its canonical ones. Raises for other forms."""
    try:
        plain = _PLAIN_PATCH.decode(body)
    except msgspec.ValidationError:
        patch = msgspec.json.decode(body, type=dict[FieldName, tuple[Any, Any]])
        return patch if canonical(patch) == body else None
    if not all(map(_is_field_name, plain)):
        return None
    # words and whole numbers under names in ASCII: the encoder knows but one spelling of them
    is_canonical = msgspec.json.encode(plain, order="sorted") == body
    return cast("Patch", plain) if is_canonical else None


@lru_cache(_NAMES_KEPT)
def _is_field_name(name: str) -> bool:
    """Whether a field may be called so: the same few hundred names come again and again."""
    return _FIELD_NAME.fullmatch(name) is not None


def _changes(operation: Operation, patch: Patch) -> list[Change]:
    """A patch as changes."""
    return [Change(f, pair[0], pair[1], operation.base_version) for f, pair in patch.items()]


def _outcome(merged: Merge, *, is_late: bool) -> OutcomeWord:
    """The word for what happened."""
    if merged.differences:
        return "conflict"
    if is_late:
        return "handed_over"
    return "merged" if merged.is_concurrent else "applied"
