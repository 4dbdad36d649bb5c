"""Accounts as the administrator types them, and what the database keeps of them."""

from __future__ import annotations

import re

import pyotp
import pytest

from county_server import serving
from county_server.__main__ import main
from county_server.console import staff as accounts
from county_server.console.door import Door
from county_server.console.sessions import Sessions
from county_server.console.staff import StaffBook
from county_server.county import load_county
from county_server.database import Database, sqlite_url


@pytest.fixture
def county(tmp_path, capsys):
    """A county made by `init`."""
    assert main(["init", "--data", str(tmp_path / "c"), "--id", "459901", "--practice"]) == 0
    capsys.readouterr()
    return tmp_path / "c"


def add(county, login="lan", role="township_handler", township="459901001", name="兰主任"):
    where = ["--township", township] if township else []
    return main(
        ["staff", "add", login, "--name", name, "--role", role, *where, "--data", str(county)]
    )


def test_what_is_typed_and_shown_once_opens_the_door(county, capsys, clock):
    assert add(county) == 0

    shown = capsys.readouterr().out
    password = re.search(r"临时密码：(\S+?)（", shown)
    secret = re.search(r"动态码密钥：(\S+)", shown)
    assert password is not None
    assert secret is not None
    assert f"secret={secret.group(1)}" in shown
    database = Database(sqlite_url(county / "county.db"), load_county(county).root.private)
    book = StaffBook(load_county(county), database, clock)
    door = Door(book, Sessions(database, clock), database, clock)
    assert door.enter("lan", password.group(1), pyotp.TOTP(secret.group(1)).at(clock.now()))
    database.close()


def test_neither_password_nor_secret_lies_open_in_the_database(county, capsys):
    add(county)

    shown = capsys.readouterr().out
    data = (county / "county.db").read_bytes()
    for pattern in (r"临时密码：(\S+?)（", r"动态码密钥：(\S+)"):
        found = re.search(pattern, shown)
        assert found is not None
        assert found.group(1).encode() not in data


@pytest.mark.parametrize(
    ("more", "code"),
    [({"login": "Lan"}, "K-71"), ({"login": "x"}, "K-71"), ({"name": " "}, "K-71"),
     ({"township": ""}, "K-75"), ({"township": "45990100"}, "K-75"),
     ({"township": "四五九九〇一〇〇一"}, "K-75"), ({"role": "county_reviewer"}, "K-75")],
)  # fmt: skip
def test_an_account_that_does_not_add_up_is_one_sentence(county, capsys, more, code):
    assert add(county, **more) == 2
    assert code in capsys.readouterr().err


def test_a_login_is_taken_once(county, capsys):
    add(county)

    assert add(county, name="另一个人") == 2
    assert "K-71" in capsys.readouterr().err


def test_reset_lock_and_list(county, capsys):
    add(county)
    add(county, "qin", "county_reviewer", "")
    data = ["--data", str(county)]
    capsys.readouterr()

    assert main(["staff", "reset", "lan", *data]) == 0
    assert "临时密码" in capsys.readouterr().out
    assert main(["staff", "lock", "lan", *data]) == 0
    assert main(["staff", "lock", "nobody", *data]) == 2
    assert "K-72" in capsys.readouterr().err
    assert main(["staff", "list", *data]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "工作人员 2 人。"
    assert any("lan" in one and "459901001" in one and "已停用" in one for one in lines)
    assert any("qin" in one and "县里" in one and "已停用" not in one for one in lines)


@pytest.mark.parametrize(("option", "mounted"), [([], True), (["--without-console"], False)])
def test_serve_opens_the_console_unless_told_not_to(county, monkeypatch, option, mounted):
    opened = []
    monkeypatch.setattr(serving, "mount_console", lambda *_: opened.append(True))
    monkeypatch.setattr(serving.CountyServer, "run", lambda *_, **__: None)
    monkeypatch.setattr(serving.signal, "signal", lambda *_: None)

    assert main(["serve", "--data", str(county), "--port", "0", *option]) == 0

    assert opened == [True] * mounted


def test_passwords_cost_what_the_vault_s_passphrase_costs():
    assert accounts.StaffBook.__dataclass_fields__["cost"].default == accounts.DEFAULT
