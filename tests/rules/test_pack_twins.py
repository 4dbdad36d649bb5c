"""Two files of one version of a pack: their names never decide which of them holds."""

from __future__ import annotations

import pytest

from app.domain.problem import Refused
from app.rules.pack import parse_pack
from tests.cases import national, value_toml


@pytest.mark.parametrize(
    ("version", "since", "refused"),
    [("1", "2026-01-01", True), ("2", "2026-01-01", False), ("1", "2026-02-01", False)],
)
def test_two_files_of_one_version_never_leave_it_to_their_names(version, since, refused):
    def _file(name: str, said: str, start: str, days: int) -> tuple[str, bytes]:
        head = (
            f'[layer]\nid = "county"\nover = "national"\ntitle = "试"\nversion = "{said}"\n'
            f"valid_from = {start}\n"
        )
        body = value_toml("paperwork_due_workdays", f'value = {days}\nunit = "工作日"')
        return name, (head + body).encode()

    files = (*national().files, _file("a.toml", "1", "2026-01-01", 20))
    twin = _file("b.toml", version, since, 30)
    if not refused:
        assert parse_pack((*files, twin)).id == "county"
        return
    with pytest.raises(Refused) as found:
        parse_pack((*files, twin))

    assert found.value.code == "C-08"
    assert found.value.field == "b.toml: value(paperwork_due_workdays).valid_from"
    assert "“a.toml”" in found.value.what


def test_two_files_of_one_version_may_share_a_parameter_out_by_its_days():
    def _file(name: str, days: int, span: str) -> tuple[str, bytes]:
        head = '[layer]\nid = "county"\nover = "national"\ntitle = "试"\nversion = "1"\n'
        body = value_toml("paperwork_due_workdays", f'value = {days}\nunit = "工作日"\n{span}')
        return name, f"{head}valid_from = 2026-01-01\n{body}".encode()

    first = _file("a.toml", 20, "valid_to = 2026-06-30")
    second = _file("b.toml", 30, "valid_from = 2026-07-01")

    assert parse_pack((*national().files, first, second)).id == "county"
    with pytest.raises(Refused):
        parse_pack((*national().files, first, _file("b.toml", 30, "valid_from = 2026-06-30")))
