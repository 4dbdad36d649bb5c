"""Makes font files out of font files: a fixed weight of a variable font, and the daily subsets.

    python font_build.py instance SOURCE WEIGHT TARGET
    python font_build.py subset SOURCE TARGET

A daily subset holds what nearly every page needs, so that starting to print loads four megabytes
instead of fifteen; `app.documents.fonts` opens the whole file when a character is not in it. A
subset carries a name of its own, because some licences reserve the original's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

NAMES_BEYOND_GB2312 = (
    "喆堃祎赟燚珺玥琬琰暐昇晟晞曈彧煜炅烨焱熠煊鋆锜锳镕镠镔闫阎隽雯霖霏靓韡頔颀飏馥骉骕骦鲲"
    "鹍麒麓黉仝佘仉俣倞偲儁冼凃剀劭勍匡卺叕吒呙啰喦嘏囡圩垚埇塬墉壵夆奀妘妤妭姞姮娈娴婧媖媛"
    "嫄嫒嬿孖宓屾岍峣崟嵊嵘巍帔庹廑弢彀彣徕忞忻怡怿恺悫惇慜懋扆旻旸昉昫昱晗晙晢晧暄暎曌朓杗枥"
    "柃栻桉桢梽棨椀楙榕槿樾橦櫆殳毓沄沆泓泖洺浠浥浬涫淏淦淼湉湜湲溎滢漪潞澍澔濙瀚瀛炘炜烜焓煦"
    "犇犍猷玎玘玙玚玠玢玦玭玹珅珈珣珩珮珵珽琇琏琛琤琥琦琨琪琮琯琲瑀瑄瑗瑛瑭瑱瑷璁璇璈璋璐璟璠璩"
    "璿瓅甯畇畯皓皛皞睿瞾砚硕碁磊祐祗祜祯禛禾秭稷穜竑笙筠箐篁簃粼綦縠罡翀翊翥翯耀聿肜胤胥臻芃芊"
    "芮苡苾茀茜茵荃荻莙莳菁菀萱葳蒨蓁蔚蕤蕴薏藜蘅虓蛟蜓蠡衎袆裎訚訫詝谞谡豸贇赪跣踽轫辂迦逄逯遨"
    "邝邬邰邵郅郇郗郜郝郦郧鄞鄢钊钰钲铉铖铠铧铨铭锟锴镒镡闳阚陟陬隗雒霁霈霄鞠韪韬韫顼颙飔飖饴驷"
    "骅骐骞骧髙魁魑鲔鲲鳌鸾鹂鹄鹏鹤鹭麟黎黛鼐龑䶮"
)
"""Given names and surnames use these; the standard of 1980 lacks many of them."""

SIGNS = "±×÷·—–…‘’“”、。〈〉《》「」『』【】〔〕〇①②③④⑤⑥⑦⑧⑨⑩℃㎡㎏№→←↑↓□■○●△▲☆★√％‰¥￥〒々〆"

DAILY_FAMILIES = {
    "NotoSerifSC": "Xieli Daily Serif",
    "NotoSansSC": "Xieli Daily Sans",
    "LXGWWenKai": "Xieli Daily Kai",
}

BOLD = 700
FS_BOLD = 1 << 5
FS_REGULAR = 1 << 6


def daily_characters() -> set[int]:
    """The code points of a daily subset: GB 2312 whole, ASCII, Latin-1, signs, common names."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    chinese = b"".join(pairs).decode("gb2312", "ignore")
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x100)}
    return latin | {ord(character) for character in chinese + NAMES_BEYOND_GB2312 + SIGNS}


def instance(source: Path, weight: int, target: Path) -> None:
    """Fix the weight axis of the variable font `source`. The same input gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, optimize=False)
    for identifier in (16, 17, 25):
        font["name"].removeNames(nameID=identifier)
    _name(font, "Noto Sans SC", bold=weight >= BOLD)
    font.save(target)


def make_subset(source: Path, target: Path) -> None:
    """Keep the daily characters of `source`, without hints, layout features or old names."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "STAT", "DSIG", "gasp"]
    options.name_IDs = [0, 13, 14]
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    wanted = daily_characters() & set(font.getBestCmap())
    maker = subset.Subsetter(options)
    maker.populate(unicodes=wanted)
    maker.subset(font)
    family, _, style = target.stem.partition("-")
    _name(font, DAILY_FAMILIES[family], bold=style == "Bold")
    font.save(target)


def _name(font: TTFont, family: str, *, bold: bool) -> None:
    """Call the font `family`, regular or bold, in every place a program looks."""
    style = "Bold" if bold else "Regular"
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {1: family, 2: style, 3: postscript, 4: f"{family} {style}", 6: postscript}
    for identifier, text in names.items():
        font["name"].removeNames(nameID=identifier)
        font["name"].setName(text, identifier, 3, 1, 0x409)
    font["head"].macStyle = int(bold)
    selection = font["OS/2"].fsSelection & ~(FS_BOLD | FS_REGULAR)
    font["OS/2"].fsSelection = selection | (FS_BOLD if bold else FS_REGULAR)


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    if arguments[:1] == ["instance"]:
        instance(Path(arguments[1]), int(arguments[2]), Path(arguments[3]))
    else:
        make_subset(Path(arguments[1]), Path(arguments[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
