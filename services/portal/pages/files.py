"""Files as people speak of them: what kind, how large."""

from __future__ import annotations

from collections.abc import Mapping

from shared.contracts.media import MediaType

_KIB, _MIB = 1024, 1024 * 1024
_KINDS: Mapping[MediaType, str] = {
    MediaType.PDF: "PDF 文件",
    MediaType.JPEG: "图片（JPEG）",
    MediaType.PNG: "图片（PNG）",
    MediaType.WEBP: "图片（WebP）",
}


def file_kind(media_type: str) -> str:
    """PDF 文件, 图片（JPEG）. Raises ValueError for a media type that is none of ours."""
    return _KINDS[MediaType(media_type)]


def file_size(size: int) -> str:
    """Bytes as people say it: 12 KB, 1.5 MB."""
    return f"{max(1, round(size / _KIB))} KB" if size < _MIB else f"{size / _MIB:.1f} MB"
