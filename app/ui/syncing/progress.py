"""How far a sync is, by count and by bytes, in one sentence. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.sync.road import Progress

_KILOBYTE: Final = 1000
_MEGABYTE: Final = 1000 * _KILOBYTE


def progress_text(progress: Progress) -> str:
    """正在上传：9 条，共 14 条，已传 0.3 MB。断网也不怕，下次接着传。"""
    done, total, size = progress.done, progress.total, size_text(progress.bytes)
    match progress.phase.value:
        case "up":
            return f"正在上传：{done} 条，共 {total} 条，已传 {size}。断网也不怕，下次接着传。"
        case "files":
            return f"正在传照片和签字：{done} 张，共 {total} 张，已传 {size}。断了也会接着传。"
        case "pause":
            seconds = max(round(progress.seconds), 1)
            return f"线路断了，约 {seconds} 秒后自己再试（第 {done + 1} 次，共 {total} 次）。"
    return f"正在收县里的：已收 {done} 条，{size}。"


def size_text(size: int) -> str:
    """0.3 MB; below a tenth in KB."""
    if size >= _MEGABYTE // 10:
        return f"{size / _MEGABYTE:.1f} MB"
    return f"{-(-size // _KILOBYTE)} KB"
