"""Packs by name and by bundle."""

from __future__ import annotations

import shutil

import pytest

from app.domain.problem import Refused
from app.services.policies import Policies
from tests.cases import RESOURCES


@pytest.fixture
def policies() -> Policies:
    return Policies(RESOURCES)


def test_the_shipped_packs_are_found_by_name(policies):
    assert policies.names() == (
        "dahua", "guangdong", "mangshi", "national", "practice", "tianjin",
    )  # fmt: skip
    assert policies.load("practice").id == "practice"


def test_a_regions_pack_stands_on_what_it_names(policies):
    assert [layer.id for layer in policies.load("practice").layers] == [
        "national", "national", "practice",
    ]  # fmt: skip


def test_a_pack_is_loaded_once(policies):
    assert policies.load("national") is policies.load("national")


@pytest.mark.parametrize("name", ["yunnan", "", "../policies", "national/..", "x" * 500])
def test_another_name_is_refused_with_those_there_are(policies, name):
    with pytest.raises(Refused) as caught:
        policies.load(name)

    assert (caught.value.code, caught.value.field) == ("C-07", "pack")
    assert "mangshi、national、practice" in caught.value.do


def test_packs_that_stand_on_each_other_are_refused(tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        folder = tmp_path / "policies" / name
        folder.mkdir(parents=True)
        (folder / "1.toml").write_text(
            f'[layer]\nid = "{name}"\nover = "{other}"\ntitle = "x"\nversion = "1"\n'
            "valid_from = 2021-01-01\n"
        )

    with pytest.raises(Refused) as caught:
        Policies(tmp_path).load("a")

    assert (caught.value.code, caught.value.field) == ("C-08", "b/1.toml: layer.over")


def test_a_changed_standard_comes_in_a_later_file(tmp_path):
    shutil.copytree(RESOURCES / "policies", tmp_path / "policies")
    folder = tmp_path / "policies" / "practice"
    (folder / "changes" / "2026-04-01_practice.toml").rename(folder / "2026-04-01_practice.toml")

    pack = Policies(tmp_path).load("practice")

    assert pack.version == "2026.2"
    assert [layer.id for layer in pack.layers] == ["national", "national", "practice", "practice"]


def test_a_pack_travels_as_one_file_and_arrives_the_same(policies):
    pack = policies.load("practice")

    arrived = policies.from_bundle(policies.bundle(pack))

    assert arrived.sha256 == pack.sha256


def test_a_bundle_that_was_cut_is_refused(policies):
    data = policies.bundle(policies.load("practice"))

    with pytest.raises(Refused):
        policies.from_bundle(data[:-10])
