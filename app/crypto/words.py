"""Passphrases made of our own list: a quality and a thing, typed in pinyin ("hongniu laoshan").

64 qualities × 64 things give 4,096 words of exactly 12 bits each; four words are 48 bits. Against
the default Argon2id cost, at an assumed thousand guesses a second, that is some 4,000 years of
guessing on average; five words are 60 bits. Pinyin, because an input method is no place for a
secret; the characters beside it are there to be pictured and remembered.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Final

_QUALITIES: Final = (
    "红hong 绿lv 蓝lan 白bai 黑hei 黄huang 紫zi 金jin 银yin 铜tong 铁tie 木mu 石shi 竹zhu 大da "
    "小xiao 高gao 矮ai 长chang 短duan 宽kuan 窄zhai 厚hou 薄bao 新xin 旧jiu 老lao 快kuai 慢man "
    "冷leng 热re 干gan 软ruan 硬ying 甜tian 酸suan 苦ku 辣la 香xiang 圆yuan 方fang 尖jian 平ping "
    "弯wan 直zhi 深shen 浅qian 早zao 春chun 夏xia 秋qiu 冬dong 南nan 西xi 北bei 山shan 水shui "
    "花hua 雪xue 风feng 云yun 月yue 星xing 青qing"
)
_THINGS: Final = (
    "牛niu 马ma 羊yang 狗gou 猫mao 鸡ji 鸭ya 鹅e 鱼yu 虾xia 鸟niao 蛇she 龟gui 兔tu 虎hu 鹿lu "
    "象xiang 猴hou 蜂feng 蚁yi 树shu 草cao 稻dao 麦mai 豆dou 瓜gua 桃tao 梨li 枣zao 茶cha 盐yan "
    "糖tang 饭fan 饼bing 锅guo 碗wan 勺shao 杯bei 盆pen 桌zhuo 床chuang 灯deng 门men 墙qiang "
    "井jing 桥qiao 船chuan 车che 伞san 鞋xie 裤ku 布bu 线xian 针zhen 笔bi 纸zhi 鼓gu 锣luo 笛di "
    "琴qin 钟zhong 河he 田tian 沙sha"
)

BITS_PER_WORD: Final = 12
LEAST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class GeneratedPhrase:
    """`typed` is the passphrase; `pictured` the same in characters. Its text form shows nothing."""

    typed: str = field(repr=False)
    pictured: str = field(repr=False)


def generate_phrase(count: int = LEAST_WORDS) -> GeneratedPhrase:
    """A fresh random phrase of `count` words, 12 bits each. Raises ValueError below four."""
    if count < LEAST_WORDS:
        raise ValueError("four words at least")
    chosen = [secrets.choice(tuple(word_list().items())) for _ in range(count)]
    return GeneratedPhrase(" ".join(word for word, _ in chosen), " ".join(han for _, han in chosen))


def generated_words(phrase: str) -> int:
    """How many different words of the list `phrase` consists of; 0 when it has any other."""
    pieces = phrase.casefold().split()
    known = word_list()
    pictured = set(known.values())
    if not all(piece in known or piece in pictured for piece in pieces):
        return 0
    return len({known.get(piece, piece) for piece in pieces})


@cache
def word_list() -> dict[str, str]:
    """Pinyin → characters, all 4,096."""
    qualities = _pairs(_QUALITIES)
    things = _pairs(_THINGS)
    return {a + b: x + y for a, x in qualities.items() for b, y in things.items()}


def _pairs(text: str) -> dict[str, str]:
    """Pinyin → character of a list written "红hong 绿lv …"."""
    return {pinyin: han for han, pinyin in re.findall(r"(\S)([a-z]+)", text)}
