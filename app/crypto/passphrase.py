"""Which passphrases are good enough (R05), and what is said about the others.

Twelve characters, or four different words of our own list. Digits alone never pass, however many:
a phone number or a birthday is guessed in minutes. No character is refused, nothing is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from app.crypto.kdf import normalised
from app.crypto.words import LEAST_WORDS, generated_words
from app.domain.problem import Refused

LEAST_CHARACTERS: Final = 12
MOST_CHARACTERS: Final = 1024
"""Far beyond anybody's typing; keeps a pasted file from being hashed."""

_LEAST_DIFFERENT: Final = 5
_LEAST_OF_OWN: Final = 5
"""Characters that must remain once common words, runs, digits and known facts are taken away."""

_COMMON: Final = (
    "password passwd passwort passphrase passcode pass word admin administrator root user "
    "username login logon welcome hello master system server secret letmein access guest test "
    "demo default changeme iloveyou love baby angel dragon monkey shadow sunshine princess "
    "football baseball superman batman michael jordan computer internet windows office microsoft "
    "huawei xiaomi lenovo tencent alibaba taobao baidu weixin wechat qqcom google apple samsung "
    "china zhongguo beijing shanghai guangdong yunnan tianjin chongqing village county town "
    "xiangcun cun zhen xian sheng shi mima kouling denglu yonghu guanli guanliyuan xitong "
    "diannao shouji dianhua gongzuo bangong shehui jiuzhu minzheng minzhengju dibao xieli "
    "xieliyuan canji laoren caiwu caizheng woaini woaiwojia woai aini wojia mama baba laopo "
    "laogong baobei baobao qinaide haoren nihao xiexie zaijian jiayou facai gongxi pingan "
    "jiankang kuaile xingfu fuguo fuqiang zhonghua aiguo wang li zhang liu chen yang huang zhao "
    "wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng han feng cao "
    "peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren shen yao lu "
    "jin dai xia zhong tan jun hong hua ming qiang gang ping jie min lei tao chao bin bo hui "
    "ying mei fang xiu lan yan juan ling jing na ting 密码 口令 管理员 用户 登录 救助 社会救助 "
    "民政 民政局 民政办 低保 协理 协理员 村委会 村民 乡镇 县 镇 乡 村 中国 我爱你 我爱我家 "
    "我爱祖国 祖国 妈妈 爸爸 老婆 老公 宝贝 恭喜发财 平安 健康 快乐 幸福 你好 谢谢"
)
_RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "一二三四五六七八九十",
)
_LEAST_RUN: Final = 3
_LOOKALIKES: Final = str.maketrans("0134578@$!", "oleastbasi")


def require_strong(passphrase: str, *, known: Iterable[str] = ()) -> None:
    """Raises Refused V-07 when `passphrase` is too easy to guess.

    `known` are facts a stranger could look up: the officer's name, the village, the phone number.
    """
    text = normalised(passphrase).strip()
    if generated_words(text) >= LEAST_WORDS:
        return
    if len(text) < LEAST_CHARACTERS:
        raise _weak(f"口令太短，至少要 {LEAST_CHARACTERS} 个字符。")
    if len(text) > MOST_CHARACTERS:
        raise _weak(f"口令太长，最多 {MOST_CHARACTERS} 个字符。")
    folded = text.casefold()
    if re.fullmatch(r"[\d\W_]+", folded):
        raise _weak("口令不能只有数字和符号，生日、电话号码很容易被猜到。")
    if len(set(folded)) < _LEAST_DIFFERENT or _is_repetition(folded):
        raise _weak("口令里重复太多。")
    if _left_of_own(folded, known) < _LEAST_OF_OWN:
        raise _weak("口令是常见的词、键盘上连着的字或者自家的名字，很容易被猜到。")


def _weak(what: str) -> Refused:
    return Refused(
        what, do="请换一句只有自己知道的话，或者用程序给的四个词。", code="V-07", field="passphrase"
    )


def _is_repetition(text: str) -> bool:
    """Whether `text` is some shorter text over and over, whatever stands between."""
    bare = re.sub(r"[\W_]+", "", text)
    return bare in (bare + bare)[1:-1]


def _left_of_own(folded: str, known: Iterable[str]) -> int:
    """How many characters no list and no known fact explains, at the guesser's best reading."""
    facts = frozenset(normalised(fact).casefold() for fact in known if len(fact) > 1)
    readings = (folded, folded.translate(_LOOKALIKES))
    return min(_unexplained(reading, facts) for reading in readings)


def _unexplained(text: str, facts: frozenset[str]) -> int:
    return len(_words(facts).sub("", _runs().sub("", text)))


@lru_cache(maxsize=4)
def _words(facts: frozenset[str]) -> re.Pattern[str]:
    """Any common word or known fact, the longest first; any digit or sign."""
    words = sorted({*_COMMON.split(), *facts}, key=len, reverse=True)
    return re.compile("|".join([*(re.escape(word) for word in words), r"[\d\W_]"]))


@cache
def _runs() -> re.Pattern[str]:
    """Three or more neighbours of the alphabet or the keyboard, either way round."""
    runs = {
        line[start : start + length]
        for row in _RUNS
        for line in (row, row[::-1])
        for length in range(_LEAST_RUN, len(line) + 1)
        for start in range(len(line) - length + 1)
    }
    return re.compile("|".join(sorted(runs, key=len, reverse=True)))
