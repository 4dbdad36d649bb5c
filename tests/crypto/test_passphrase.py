"""Which passphrases pass (security R05)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.passphrase import require_strong
from app.crypto.words import generate_phrase, word_list
from app.domain.problem import Refused
from tests.vaults import problem

WORDS = [
    *("password", "admin", "root", "welcome", "letmein", "iloveyou", "dragon", "monkey", "mima"),
    *("kouling", "denglu", "woaini", "woaiwojia", "zhangwei", "wangfang", "liyang", "chenjie"),
    *("minzheng", "shehuijiuzhu", "dibao", "xieli", "beijing", "shanghai", "qwertyuiop"),
    *("asdfghjkl", "qazwsxedc", "abcdefgh", "nihao", "laopo", "laogong", "fuqiang"),
    *("民政局", "管理员", "社会救助", "我爱你"),
]
TAILS = [
    f"{front}{number}{back}"
    for front in ("", "@", "#", "_", "!!", " ")
    for number in ("123456789", "19880101", "20260302", "13800138000", "000000000", "5201314888")
    for back in ("", "!", "!@#")
]


def is_refused(passphrase: str) -> bool:
    try:
        require_strong(passphrase)
    except Refused as refused:
        return refused.code == "V-07"
    return False


def test_three_thousand_common_passphrases_are_refused():
    weak = [word + tail for word, tail in itertools.product(WORDS, TAILS)]

    assert len(weak) > 3000
    assert [one for one in weak if not is_refused(one)] == []


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "短",
        "abcdefghijk",
        "123456789012345678901234567890",
        "１３８００１３８０００１３８",
        "459901198801010011",
        "1988-01-01 13800138000",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "柿子树柿子树柿子树柿子树",
        "P@ssw0rd2026!!",
        "zyxwvutsrqponm",
        "长" * 1025,
    ],
)
def test_weak_ones_are_refused_with_a_reason(weak):
    with problem("V-07") as caught:
        require_strong(weak)

    assert caught.value.field == "passphrase"


@pytest.mark.parametrize(
    "strong",
    [
        "我家门前有两棵大柿子树呢",
        "correct horse battery staple",
        "xiaohe liu guo tuditang men",
        "T9#kd-Lw2&vb",
        "长江后浪推前浪一浪高过一浪",
        "今年的第一场雪下在腊月里，比往年都晚。" * 3 + "完",
    ],
)
def test_a_sentence_of_ones_own_passes(strong):
    require_strong(strong)


def test_what_a_stranger_can_look_up_does_not_count():
    known = ("韦金凤", "那坡村")

    require_strong("韦金凤那坡村那个柿子真的甜", known=known)
    with problem("V-07"):
        require_strong("韦金凤@那坡村#2026年", known=known)


def test_generated_phrases_pass_typed_or_pictured():
    for _ in range(200):
        phrase = generate_phrase()
        if len(set(phrase.typed.split())) == 4:
            require_strong(phrase.typed)
            require_strong(phrase.pictured)


def test_three_generated_words_are_too_few_and_so_is_one_four_times():
    with problem("V-07"):
        require_strong("红牛 老山 新车")
    with problem("V-07"):
        require_strong("hongniu hongniu hongniu hongniu")


def test_the_list_has_4096_words_that_cannot_be_misread():
    words = word_list()

    assert len(words) == 64 * 64
    assert len(set(words.values())) == 64 * 64
    assert all(word.isascii() and word.isalpha() for word in words)


def test_a_phrase_shows_nothing_of_itself():
    phrase = generate_phrase()

    assert phrase.typed.split()[0] not in repr(phrase)


def test_three_words_cannot_be_asked_for():
    with pytest.raises(ValueError, match="four"):
        generate_phrase(3)


@given(st.text(max_size=80))
def test_no_text_makes_it_stumble(text):
    is_refused(text)
