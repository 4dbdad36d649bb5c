"""Rules no pack changes, in her words, each with the document and clause it was read in.

What stands on today's list and beside a record names its ground as a person can look it up; the
marks this program's own texts use for their sources are nothing to her.
"""

from __future__ import annotations

from typing import Final

_GUANGDONG: Final = "广东省民政厅、省扶贫办《社会救助兜底脱贫行动实施方案》（2020年）"
_MANGSHI: Final = "芒巩固振兴组办〔2021〕6号"
_DAHUA: Final = "大化瑶族自治县《衔接并轨试点工作实施方案》（2024年）"
_TIANJIN: Final = "津民发〔2020〕19号"
_GUANGDONG_2022: Final = "广东省民政厅《关于贯彻民发〔2022〕19号的实施意见》（2022年）"

RELIEF_STAGES: Final = f"{_MANGSHI} 二(六)"
RELIEF_FIRST: Final = f"先行救助，事后补手续（{_MANGSHI} 二(六)）"
COMPLAINT: Final = f"投诉要按时限答复（{_MANGSHI} 二(四)）"
KEPT_ON_FILE: Final = f"备案管理、登记在册（{_GUANGDONG} 二(一)三）"
FIND: Final = f"主动发现、及时转介（{_GUANGDONG} 二(一)四）"
MATCH: Final = f"每月信息比对（{_GUANGDONG} 二(一)一）"
FEED_BACK: Final = f"转介要有回复（{_DAHUA} 二(二)2）"
AGREEMENT: Final = f"分散供养特困人员要有委托照料服务协议（{_GUANGDONG} 二(三)三）"
FOUR: Final = f"照料要“四有”：协议、服务标准和标识、探访记录、应急预案（{_TIANJIN} 二(三)二）"
CARED_FOR_INSIDE: Final = (
    f"生活不能自理、照料人不能尽责或居住有安全隐患的，要及时纳入机构集中供养（{_TIANJIN} 二(三)一）"
)
CASE_STEPS: Final = f"识别对象到跟踪问效，六步走（{_GUANGDONG_2022} 二(五)14）"
GUARDED: Final = f"监护缺失的未成年人要马上报告（{_GUANGDONG_2022} 二(六)17）"
