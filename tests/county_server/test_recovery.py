"""A vault's key comes back only through two officers, to the laptop that asked, once."""

from __future__ import annotations

import secrets

import msgspec
import pytest
from sqlalchemy import select

from app.crypto.envelope import (
    Kind,
    fingerprint,
    new_sealing_pair,
    open_container,
    parse_container,
    verify_container,
)
from app.crypto.kdf import FLOOR
from app.crypto.keys import DataKey
from app.crypto.slots import CountySlot
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.store.header import slot_binding
from app.sync.protocol.coding import decode, encode
from app.sync.protocol.recovery import CountySlotFields, RecoveryRequest, Release, VaultBinding
from county_server.__main__ import main
from county_server.recovery import Recovery
from county_server.tables import audit, recovery_share
from tests.counties import DirectRoad, copied_office
from tests.fakes import NOON, StoppedClock
from tests.laptops import open_laptop

LAN, QIN, WEI = "兰桂英", "秦立", "韦成"
WORDS = {
    LAN: "青石坳 早春 水车 两座",
    QIN: "白沙渡 晚稻 三亩 斗笠",
    WEI: "莲塘 铁匠 风箱 一只 旧的",
}
VAULT = "019cacb3-0000-7000-8000-00000000000a"


class LockedLaptop:
    """A laptop whose passphrase is forgotten: it has its header, and a key for the answer."""

    def __init__(self, kid: str, county_public: bytes) -> None:
        self.key = DataKey(secrets.token_bytes(32))
        self.binding = slot_binding(VAULT)
        self.slot = CountySlot.seal(self.key, county_public, self.binding, slot_id=2, kid=kid)
        self.reply = new_sealing_pair()

    def request(self, **changed: object) -> bytes:
        asked = RecoveryRequest(
            v=1,
            vault=VaultBinding(**self.binding),
            slot=CountySlotFields(**self.slot.public()),
            enc=self.slot.enc,
            reply_to=self.reply.public,
            nonce=secrets.token_hex(16),
            asked_at=instant_text(NOON),
        )
        return encode(msgspec.structs.replace(asked, **changed))

    @property
    def spoken(self) -> str:
        return fingerprint(self.reply.public)

    def opened(self, answer: bytes, county_public: bytes) -> Release:
        container = parse_container(Kind.RELEASE, answer)
        verify_container(container, county_public)
        return decode(open_container(container, self.reply.private), Release)


def recovery_of(office) -> Recovery:
    return Recovery(office.county, office.database, office.clock, cost=FLOOR)


def told_key(office) -> tuple[str, bytes]:
    """What the feed tells every laptop."""
    told = [e for page in office.pull(office.device()) for e in page.entries]
    (key,) = [e.body for e in told if e.entity == "county_recovery_key"]
    return key["kid"], bytes.fromhex(key["public"])


@pytest.fixture(scope="module")
def keyed(county_template, tmp_path_factory):
    """A county whose three officers made the key: its folder, and what its feed tells."""
    folder = tmp_path_factory.mktemp("keyed")
    office = copied_office(county_template, folder, StoppedClock())
    recovery_of(office).create(WORDS)
    key = told_key(office)
    office.database.close()
    return folder, key


@pytest.fixture
def office(keyed, tmp_path, clock):
    made = copied_office(keyed[0], tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def bare(county_template, tmp_path, clock):
    """A county without the key."""
    made = copied_office(county_template, tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def recovery(office):
    return recovery_of(office)


@pytest.fixture
def laptop(keyed):
    return LockedLaptop(*keyed[1])


def two(*names: str, **wrong: str) -> dict[str, str]:
    return {name: wrong.get(name, WORDS[name]) for name in names}


def refused(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


@pytest.mark.parametrize("pair", [(LAN, QIN), (WEI, LAN), (QIN, WEI)])
def test_any_two_officers_release_the_key_to_the_laptop_that_asked(office, recovery, laptop, pair):
    answer = recovery.release(laptop.request(), laptop.spoken, two(*pair))

    released = laptop.opened(answer, office.county.root.public)
    assert (released.vault_id, released.key) == (VAULT, laptop.key.secret)


@pytest.mark.parametrize(
    "officers",
    [
        {LAN: WORDS[LAN]},
        {LAN: WORDS[LAN], QIN: WORDS[LAN]},
        {LAN: WORDS[QIN], QIN: WORDS[LAN]},
        {LAN: WORDS[LAN], "别人": WORDS[QIN]},
        WORDS,
        {},
    ],
    ids=["one", "one word twice", "words swapped", "a stranger", "three", "nobody"],
)
def test_fewer_or_others_release_nothing_and_the_try_is_audited(office, recovery, laptop, officers):
    assert refused(lambda: recovery.release(laptop.request(), laptop.spoken, officers)) == "K-36"

    with office.database.read() as connection:
        deeds = connection.execute(select(audit.c.what).order_by(audit.c.n)).scalars().all()
    assert deeds[-1] == "recovery-refused"


def test_a_request_is_answered_once(recovery, laptop):
    request = laptop.request()
    recovery.release(request, laptop.spoken, two(LAN, QIN))

    assert refused(lambda: recovery.release(request, laptop.spoken, two(LAN, WEI))) == "K-38"


def test_another_fingerprint_than_the_one_read_out_releases_nothing(recovery, laptop):
    thief = new_sealing_pair()
    swapped = laptop.request(reply_to=thief.public)

    assert refused(lambda: recovery.release(swapped, laptop.spoken, two(LAN, QIN))) == "K-37"


@pytest.mark.parametrize(
    "changed",
    [
        {"vault": VaultBinding(fmt="sa-vault", v=1, suite="S1", vault_id="another")},
        {"enc": bytes(80)},
    ],
    ids=["for another vault", "other bytes"],
)
def test_a_slot_opens_for_its_own_vault_only(recovery, laptop, changed):
    request = laptop.request(**changed)

    assert refused(lambda: recovery.release(request, laptop.spoken, two(LAN, QIN))) == "B-06"


@pytest.mark.parametrize("data", [b"", b"{}", b"x" * 20_000])
def test_what_is_no_request_is_refused(recovery, laptop, data):
    assert refused(lambda: recovery.release(data, laptop.spoken, two(LAN, QIN))) == "B-04"


def test_the_key_is_made_once_by_two_with_good_passphrases(bare):
    recovery = recovery_of(bare)
    assert refused(lambda: recovery.create({LAN: WORDS[LAN]})) == "K-36"
    assert refused(lambda: recovery.create(WORDS | {QIN: "123456"})) == "V-07"
    recovery.create(two(LAN, QIN))

    assert refused(lambda: recovery.create(WORDS)) == "K-35"
    assert recovery.officers() == sorted([LAN, QIN])


def test_the_private_key_lies_nowhere_in_clear(office, recovery, laptop):
    with office.database.read() as connection:
        shares = connection.execute(select(recovery_share)).all()
    county_file = (office.county.folder / "county.json").read_bytes()

    assert len(shares) == 3
    assert {len(share.sealed) for share in shares} == {32 + 12 + 16}
    assert laptop.slot.kid.encode() not in county_file


def test_a_laptop_seals_its_key_to_the_county_with_its_next_sync(bare, kept, clock, tmp_path):
    """From the feed into the header of a real vault, and back through two officers."""
    recovery = recovery_of(bare)
    laptop = open_laptop(kept, clock)
    laptop.join(bare, tmp_path)
    recovery.create(WORDS)
    laptop.sync(DirectRoad(bare))
    laptop.sync(DirectRoad(bare))
    (slot,) = [one for one in laptop.vault.header.slots if isinstance(one, CountySlot)]
    generation = laptop.vault.header.gen
    locked = LockedLaptop(slot.kid, new_sealing_pair().public)
    locked.binding, locked.slot = laptop.vault.header.binding, slot

    answer = recovery.release(locked.request(), locked.spoken, two(LAN, QIN))

    released = locked.opened(answer, bare.county.root.public)
    assert laptop.vault.header.is_sealed_by(DataKey(released.key))
    laptop.sync(DirectRoad(bare))
    assert laptop.vault.header.gen == generation
    laptop.vault.close()


def test_the_verb_from_files(bare, tmp_path, capsys):
    data = ["--data", str(tmp_path / "county")]
    typed = []
    for number, name in enumerate((LAN, QIN)):
        (tmp_path / f"{number}.txt").write_text(WORDS[name] + "\n", encoding="utf-8")
        typed += ["--officer", name, "--passphrase-file", str(tmp_path / f"{number}.txt")]
    assert main(["recover-key", "new", *data, *typed]) == 0
    laptop = LockedLaptop(*told_key(bare))
    request, answer = tmp_path / "request", tmp_path / "answer"
    request.write_bytes(laptop.request())
    capsys.readouterr()

    main(["recover-key", "show", *data, str(request)])
    shown = capsys.readouterr().out
    status = main(
        ["recover-key", "release", *data, *typed, str(request),
         "--fingerprint", laptop.spoken, "-o", str(answer)]
    )  # fmt: skip
    short = main(
        ["recover-key", "release", *data, *typed[:-2], str(request),
         "--fingerprint", laptop.spoken, "-o", str(answer)]
    )  # fmt: skip

    assert laptop.spoken in shown
    assert status == 0
    assert short == 2
    assert laptop.opened(answer.read_bytes(), bare.county.root.public).key == laptop.key.secret
    assert answer.stat().st_mode & 0o777 == 0o600
