"""What a sync or a stick brought about, in village words. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.syncing.table import strange_text

if TYPE_CHECKING:
    from app.services.revocation import Parting
    from app.sync.road import Tally
    from app.sync.usb import Exported, Imported


def tally_text(tally: Tally) -> str:
    """Everything besides how many were sent."""
    parts = [f"收到县里 {tally.received} 条"]
    if tally.files:
        parts.append(f"照片和签字收下 {tally.files} 张")
    if tally.files_left:
        parts.append(f"有 {tally.files_left} 张照片没传成，文字记录不受影响")
    if tally.returned:
        parts.append(f"被退回 {tally.returned} 条，在下面按回车去改")
    if tally.differing:
        parts.append(f"两边不一样 {tally.differing} 条，请选一下")
    if tally.sent_again:
        parts.append(f"有 {tally.sent_again} 个村的资料和县里对不上，已经重新取过")
    if tally.mended:
        parts.append(f"有 {tally.mended} 条资料和操作记录对不上，已经照操作记录改正")
    return "；".join(parts) + "。"


def exported_files_text(exported: Exported) -> str:
    """What else lies on the stick."""
    words = f"还有照片和签字 {exported.files} 张。" if exported.files else ""
    if exported.files_left:
        words += f"有 {exported.files_left} 张照片读不出来，没有放上去。"
    return words


def brought_text(brought: Imported) -> tuple[str, str]:
    """What came off a stick."""
    tally = brought.tally
    return (
        f"收好了：县里收下 {tally.sent} 条，带来 {tally.received} 条",
        f"回执 {brought.receipts} 张，照片和签字收到 {tally.files} 张。"
        f"{strange_text(brought.strange)}",
    )


def nothing_new_text(brought: Imported, waiting: int) -> tuple[str, str]:
    """That everything on a stick was taken before; `waiting` operations have no answer yet."""
    rest = f"要上传的 {waiting} 条，县里还没有确认。" if waiting else "要上传的，县里都收了。"
    return ("这个U盘上的以前都收过了，没有新的", rest + strange_text(brought.strange))


def farewell(parting: Parting) -> tuple[str, str]:
    """That the laptop was withdrawn, and where what was never sent lies."""
    return (
        "县里取消了这台电脑的绑定，本机资料已经清除",
        f"还没传上去的 {parting.operations} 条记录、{parting.files} 张照片和签字已封好，放在"
        f"“{parting.folder.name}”文件夹里，只有县里打得开。请把它交给县里，然后关掉程序。",
    )
