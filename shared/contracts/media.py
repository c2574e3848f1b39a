"""What a file may be: documents that people read, and nothing that runs."""

from __future__ import annotations

from enum import StrEnum


class MediaType(StrEnum):
    """Media types of files that are kept. Office files are none: they carry macros."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; what the published language allows at the most. What a bureau allows is a setting."""
