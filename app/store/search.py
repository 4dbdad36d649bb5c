"""Finding people: every way a name is said or a number is remembered, as prefix-searchable rows.

A token row stands for each suffix of the name, of its full pinyin and of its initials — for every
reading of every character —, for the ID and phone numbers from the tail, and for the door. All of
it lies inside the encrypted file. Pinyin comes from pypinyin, whose import costs a third of a
second, so it is loaded when the first name is written, never at start.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select

from app.models.base import table_of
from app.models.log import SearchTokenRow
from app.models.people import HouseholdMemberRow, HouseholdRow, PersonRow
from app.store.among import among
from app.store.prepared import Prepared

SEARCHED: Final = frozenset({"household", "person", "household_member"})
"""Entities whose change may change what a person is found by."""

_TOKEN = table_of(SearchTokenRow)
_PERSON = table_of(PersonRow)
_MEMBER = table_of(HouseholdMemberRow)
_HOUSEHOLD = table_of(HouseholdRow)

_OTHER = _MEMBER.alias("other")
_IS_LATER: Final = or_(
    ~_OTHER.c.is_removed,
    _OTHER.c.until_on > _MEMBER.c.until_on,
    (_OTHER.c.until_on == _MEMBER.c.until_on) & (_OTHER.c.id > _MEMBER.c.id),
)
_LAST_PLACE: Final = _MEMBER.c.until_on.is_not(None) & ~exists().where(
    _OTHER.c.person_id == _MEMBER.c.person_id, _IS_LATER
)
"""Who died or moved away is found where they lived last: the papers are kept there."""
_FOUND_BY: Final = Prepared(
    select(
        _PERSON.c.id, _PERSON.c.name, _PERSON.c.id_number, _PERSON.c.phone,
        _MEMBER.c.household_id, _HOUSEHOLD.c.phone.label("home_phone"),
        _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _HOUSEHOLD.c.address,
    )
    .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
    .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
    .where(
        ~_PERSON.c.is_removed, ~_HOUSEHOLD.c.is_removed, or_(~_MEMBER.c.is_removed, _LAST_PLACE),
        _PERSON.c.id.in_(among("ids")),
    )
)  # fmt: skip
_PEOPLE_OF: Final = {
    entity: Prepared(select(_MEMBER.c.person_id).where(column.in_(among("ids"))))
    for entity, column in (
        ("household", _MEMBER.c.household_id),
        ("household_member", _MEMBER.c.id),
    )
}
_FORGET: Final = Prepared(delete(_TOKEN).where(_TOKEN.c.person_id.in_(among("ids"))))
_WRITE: Final = Prepared(insert(_TOKEN))

_BETWEEN: Final = (
    select(_TOKEN.c.household_id, _TOKEN.c.person_id)
    .where(_TOKEN.c.token >= bindparam("first"), _TOKEN.c.token < bindparam("beyond"))
    .order_by(_TOKEN.c.token, _TOKEN.c.person_id)
    .limit(bindparam("most"))
)

_CHANGED: Final = "xieli.search.changed"
_PART: Final = 500
_ROWS_AT_ONCE: Final = 400_000
"""Token rows held in memory before they are written: about 15,000 people."""
_ROWS_PER_ANSWER: Final = 4
"""A person matches by several tokens; so many rows are read for each answer wanted."""

_MOST_READINGS: Final = 8
"""Combined readings kept for one name; beyond it rarer ones of the given name are dropped."""

_UMLAUT: Final = re.compile("[ln]v")
"""吕 is lv on a keyboard, but who does not know that types lu: both find her."""

_SURNAME_READINGS: Final = {
    "单": ("shan",), "仇": ("qiu",), "曾": ("zeng",), "解": ("xie",), "查": ("zha",),
    "区": ("ou",), "朴": ("piao",), "覃": ("qin", "tan"), "乐": ("yue", "le"), "盖": ("ge",),
    "任": ("ren",), "尉": ("yu", "wei"), "员": ("yun",), "缪": ("miao",), "种": ("chong",),
    "令": ("ling",), "召": ("shao",), "洗": ("xian",), "冼": ("xian",), "长": ("zhang",),
    "教": ("jiao",), "宓": ("fu", "mi"), "翟": ("zhai", "di"), "万": ("wan", "mo"),
    "谌": ("chen", "shen"), "黑": ("he", "hei"), "费": ("fei", "bi"), "难": ("ning", "nan"),
    "厘": ("xi", "li"),
}  # fmt: skip
"""How surnames are read where the dictionary's first reading is another one."""


_WITHOUT_DOTS: Final = str.maketrans("", "", "·•・‧.")


def fold(text: str) -> str:
    """One spelling for searching: NFKC, lower case, ü as v, without spaces and name dots."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v")
    return "".join(folded.split()).translate(_WITHOUT_DOTS)


def name_tokens(name: str) -> set[str]:
    """Suffixes of the name as written, as read and as initials."""
    plain = fold(name)
    tokens = set(_suffixes(plain))
    for reading in readings(plain):
        tokens.update("".join(reading[start:]) for start in range(len(reading)))
        tokens.update(_suffixes("".join(syllable[:1] for syllable in reading)))
    return tokens | {token.replace("v", "u") for token in tokens if _UMLAUT.search(token)}


def number_tokens(number: str | None) -> set[str]:
    """A number from the front, and from the tail reversed behind a `~` so any tail is a prefix."""
    plain = fold(number or "").replace("-", "")
    return {plain, "~" + plain[::-1]} if plain else set()


_FIGURES: Final = "一二三四五六七八九"
_WRITTEN: Final = {
    tens * 10 + ones: (_FIGURES[tens - 1] if tens > 1 else "")
    + ("十" if tens else "")
    + (_FIGURES[ones - 1] if ones else "")
    for tens in range(10)
    for ones in range(10)
    if tens or ones
}
_COUNTED: Final = {written: str(number) for number, written in _WRITTEN.items()}
_GROUP: Final = re.compile("([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?=[组队社])")


def spellings(wanted: str) -> list[str]:
    """What may be meant by folded `wanted`: a group by figures or characters (3组, 三组), a number
    with or without its hyphens.
    """
    found = {wanted: None, _GROUP.sub(_other_way, wanted): None}
    if wanted.replace("-", "").isdigit():
        found[wanted.replace("-", "")] = None
    return list(found)


def _other_way(group: re.Match[str]) -> str:
    """The number of a group in characters when it was in figures, and the reverse."""
    typed = group.group()
    return _WRITTEN.get(int(typed), typed) if typed.isdecimal() else _COUNTED.get(typed, typed)


_STEP_DOWN: Final = re.compile(r"(?<=[省市州县区旗镇乡村屯寨组队社])")
"""Behind what names a level of an address, the next one begins: people ask for any of them."""


def place_tokens(*parts: str) -> set[str]:
    """A place from its beginning, and from behind each county, town, village and group in it."""
    folded = [fold(step) for part in parts if part for step in _STEP_DOWN.split(part)]
    return {"".join(folded[start:]) for start in range(len(folded))} - {""}


@lru_cache(maxsize=4096)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Every combined reading of `name` in full pinyin without tones, the likeliest first."""
    from pypinyin import Style, pinyin  # 0.4 s: only when a name is written

    if not name:
        return ()
    together = pinyin(name, style=Style.NORMAL, heteronym=True)
    alone = pinyin(name[0], style=Style.NORMAL, heteronym=True)  # a phrase keeps but one reading
    likeliest = _SURNAME_READINGS.get(name[0], ())
    surname = dict.fromkeys(fold(r) for r in (*likeliest, *together[0], *alone[0]))
    given = [[*dict.fromkeys(fold(r) for r in options)] for options in together[1:]]
    combined = ((first, *rest) for rest in _varied(given) for first in surname)
    return tuple(itertools.islice(combined, max(_MOST_READINGS, len(surname))))


def _varied(given: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every combination, each only once: the likeliest; those that differ from it in one place,
    second readings before third ones; then the others."""
    likeliest = tuple(options[0] for options in given)
    yield likeliest
    deepest = max((len(options) for options in given), default=0)
    for rank in range(1, deepest):
        for at, options in enumerate(given):
            if rank < len(options):
                yield (*likeliest[:at], options[rank], *likeliest[at + 1 :])
    for combination in itertools.product(*given):
        if sum(one != other for one, other in zip(combination, likeliest, strict=True)) > 1:
            yield combination


def note_change(connection: Connection, entity: str, entity_id: str) -> None:
    """Remember that what `entity_id` is found by may have changed; `flush` writes it."""
    if entity in SEARCHED:
        connection.info.setdefault(_CHANGED, set()).add((entity, entity_id))


def flush(connection: Connection) -> None:
    """Write the token rows of everybody changed in this transaction, each once."""
    changed: set[tuple[str, str]] = connection.info.pop(_CHANGED, set())
    people: set[str] = {entity_id for entity, entity_id in changed if entity == "person"}
    for entity, people_of in _PEOPLE_OF.items():
        ids = [entity_id for name, entity_id in changed if name == entity]
        found = people_of.raw(connection, {"ids": json.dumps(ids)}) if ids else []
        people.update(person for (person,) in found)
    rows: list[dict[str, str]] = []
    for part in _parts(sorted(people)):
        wanted = {"ids": json.dumps(part)}
        _FORGET.run(connection, wanted)
        rows += [
            {"token": token, "person_id": row["id"], "household_id": row["household_id"]}
            for row in _FOUND_BY.rows(connection, wanted)
            for token in _tokens_of(row)
        ]
        if len(rows) > _ROWS_AT_ONCE:
            _write(connection, rows)
            rows = []
    _write(connection, rows)


def _write(connection: Connection, rows: list[dict[str, str]]) -> None:
    """Insert token rows in the order of the index: each encrypted page is then touched once."""
    if rows:
        rows.sort(key=itemgetter("token", "person_id"))
        _WRITE.run_many(connection, rows)


def forget_changes(connection: Connection) -> None:
    """Drop what a rolled-back transaction had noted."""
    connection.info.pop(_CHANGED, None)


def find_people(connection: Connection, text: str, limit: int) -> list[tuple[str, str]]:
    """(household id, person id) of those `text` finds, at most `limit`, the likeliest first."""
    wanted = fold(text)
    if not wanted:
        return []
    prefixes = spellings(wanted)
    number = prefixes[-1]
    if number[:-1].isdigit() and (number[-1].isdigit() or number[-1] == "x"):
        prefixes.append("~" + number[::-1])
    found: dict[tuple[str, str], None] = {}
    for prefix in prefixes:
        between = {"first": prefix, "beyond": prefix + "\U0010ffff"}
        rows = connection.execute(_BETWEEN, between | {"most": limit * _ROWS_PER_ANSWER})
        found.update(dict.fromkeys((row.household_id, row.person_id) for row in rows))
    return list(found)[:limit]


def _tokens_of(row: Mapping[str, Any]) -> set[str]:
    """Everything one person is found by."""
    return (
        name_tokens(row["name"])
        | number_tokens(row["id_number"])
        | number_tokens(row["phone"])
        | number_tokens(row["home_phone"])
        | place_tokens(row["address"], row["group_name"], row["door"])
    )


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """`ids` in runs that fit one statement's parameters."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))


def _suffixes(text: str) -> list[str]:
    """Every suffix of `text`."""
    return [text[start:] for start in range(len(text))]
