"""Small real files of each type that is kept, and some that are not what they say."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject


def pdf(pages: int = 1, size: int = 0, seed: int = 0) -> bytes:
    """A PDF that opens, about `size` bytes long."""
    return _written(_writer(pages, size, seed))


def pdf_with_script() -> bytes:
    writer = _writer(1, 0, 0)
    return _written(_that_opens_with(writer, "/JavaScript", "/JS", "app.alert('x');"))


def pdf_that_launches() -> bytes:
    writer = _writer(1, 0, 0)
    return _written(_that_opens_with(writer, "/Launch", "/F", "a.exe"))


def pdf_with_file() -> bytes:
    writer = _writer(1, 0, 0)
    writer.add_attachment("macro.docm", b"PK\x03\x04")
    return _written(writer)


def pdf_with_password() -> bytes:
    writer = _writer(1, 0, 0)
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def picture(kind: str = "PNG", width: int = 60, height: int = 40) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(made, kind)
    return made.getvalue()


@cache
def bomb() -> bytes:
    """A PNG of a hundred kilobytes that unpacks to 900 million pixels, made row by row."""
    side = 30_000
    row = bytes(1 + side // 8)
    packing = zlib.compressobj()
    packed = b"".join(packing.compress(row) for _ in range(side)) + packing.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def moving_picture() -> bytes:
    made = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (10, 200)]
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])
    return made.getvalue()


def office_file() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    return made.getvalue()


def _that_opens_with(writer: PdfWriter, does: str, key: str, text: str) -> PdfWriter:
    action = {NameObject("/S"): NameObject(does), NameObject(key): TextStringObject(text)}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return writer


def _writer(pages: int, size: int, seed: int) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if size:
        filling = StreamObject()
        filling.set_data(random.Random(seed).randbytes(size - 1_000))
        writer.root_object[NameObject("/Filling")] = writer._add_object(filling)
    return writer


def _written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
