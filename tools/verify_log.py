"""A second verifier of the audit log, written from docs/audit-format.md alone.

It shares no line with the services whose log it checks, so that a mistake there does not excuse
itself here: one file, the standard library, and `cryptography` for Ed25519 only. Sections cited
below are those of docs/audit-format.md.

    python tools/verify_log.py EXPORT --key VERIFIER_KEY [--json]
    python tools/verify_log.py --proof PROOF --event PUBLIC_FORM --key VERIFIER_KEY [--json]

Exit status: 0 accepted, 1 not accepted (the first problem is named), 2 wrong use.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_INTEGER = 2**53 - 1
MAX_LINE = 64 * 1024 * 1024
MAX_SIGNATURES = 100
SPOOL_IN_MEMORY = 1024 * 1024
HEX_HASH = re.compile(r"[0-9a-f]{64}")
INTEGER = re.compile(r"0|-?[1-9][0-9]*")
FORBIDDEN = re.compile("[\0\ud800-\udfff]")
COUNT = re.compile(r"0|[1-9][0-9]*")
TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
CHINA = timedelta(hours=8)

EVENT_TEXTS = ("source", "stream", "type", "command_id", "role")
EVENT_COUNTS = ("position", "version", "schema_version")
EVENT_OBJECTS = ("withheld", "public", "internal", "sealed")
EVENT_MEMBERS = {"format", "sequenced_at", "occurred_at", *EVENT_TEXTS, *EVENT_COUNTS} | {
    *EVENT_OBJECTS
}
WITHHELD = {"actor_id", "correlation_id", "causation_id"}
ALSO_WITHHELD = {"occurred_at", "command_id"}
"""Members that the envelope has too; withheld for some types of event."""
NULLABLE = {"actor_id", "causation_id"}
LEAF_MEMBERS = {
    *("actor", "causation_id", "command_id", "correlation_id", "data", "log"),
    *("occurred_at", "occurred_on", "schema_version", "stream", "type", "version"),
}


class Problem(Exception):
    """Why something is not accepted: a reason code, a Chinese sentence, the line (from 1)."""

    def __init__(self, reason: str, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text
        self.line = line


# --- Canonical and strict JSON (section 1) ------------------------------------------------


def canonical(value: Any) -> bytes:
    """The canonical JSON of a value that `strict_json` has read."""
    return _ENCODER.encode(value).encode("utf-8")


def strict_json(raw: bytes) -> Any:
    """Read JSON within the subset of section 1; raises Problem for anything outside it."""
    try:
        text = raw.decode("utf-8")
        value = _DECODER.decode(text)
    except RecursionError:
        raise Problem("json", "JSON 嵌套过深") from None
    except ValueError as error:
        raise Problem("json", f"不是合格的 UTF-8 JSON：{error}") from None
    if "\\u" in text:  # only an escape can bring in what UTF-8 itself does not carry
        _check_strings(value)
    return value


def _check_strings(value: Any) -> None:
    if isinstance(value, str):
        if FORBIDDEN.search(value):
            raise Problem("json", "字符串含 U+0000 或孤立代理项 (lone surrogate)")
    elif isinstance(value, dict):
        for item in value.values():
            _check_strings(item)
    elif isinstance(value, list):
        for item in value:
            _check_strings(item)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Problem("json", "同一对象中有重复的键 (duplicate key)")
    for key in result:
        if not (key.isascii() and key.isprintable()):
            raise Problem("json", f"键不是可打印 ASCII：{key!a}")
    return result


def _integer(token: str) -> int:
    if len(token) > 17 or not INTEGER.fullmatch(token) or abs(int(token)) > MAX_INTEGER:
        raise Problem("json", f"数字不在允许的整数范围内：{token[:40]}")
    return int(token)


def _not_a_number(token: str) -> NoReturn:
    raise Problem("json", f"只允许整数 (no floats)：{token[:40]}")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_not_a_number,
    parse_constant=_not_a_number,
)


# --- Shapes -------------------------------------------------------------------------------


def _need(holds: bool, reason: str, text: str) -> None:
    if not holds:
        raise Problem(reason, text)


def _members(value: Any, names: set[str], what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Problem("shape", f"{what} 不是对象")
    if value.keys() != names:
        wrong = "、".join(sorted(value.keys() ^ names))
        raise Problem("shape", f"{what} 的成员不符（缺少或多出：{wrong}）")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Problem("shape", f"{what} 不是字符串")
    return value


def _count(value: Any, what: str, least: int) -> int:
    if type(value) is not int or value < least:  # a bool is no integer here
        raise Problem("shape", f"{what} 不是不小于 {least} 的整数")
    return value


def _hash(value: Any, what: str) -> bytes:
    if not isinstance(value, str) or not HEX_HASH.fullmatch(value):
        raise Problem("shape", f"{what} 不是 64 位小写十六进制")
    return bytes.fromhex(value)


def _base64(value: Any, what: str) -> bytes:
    """Decode base64; one way of writing only, so spare bits must be zero."""
    text = _text(value, what)
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Problem("shape", f"{what} 不是 base64") from None
    _need(base64.b64encode(raw).decode("ascii") == text, "shape", f"{what} 不是规范的 base64")
    return raw


def _timestamp(value: Any, what: str) -> datetime:
    text = _text(value, what)
    _need(TIMESTAMP.fullmatch(text) is not None, "shape", f"{what} 不是规定格式的时间")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Problem("shape", f"{what} 不是存在的时间") from None


# --- Events, digests, leaves (sections 2 to 4) --------------------------------------------


def _digest(raw: bytes) -> dict[str, str]:
    return {"withheld": "sha256:" + hashlib.sha256(raw).hexdigest()}


def _salted_digest(salted: Any, what: str) -> dict[str, str]:
    members = _members(salted, {"salt", "value"}, what)
    salt = _base64(members["salt"], f"{what}.salt")
    _need(len(salt) == 16, "shape", f"{what}.salt 不是 16 字节")
    return _digest(b"\x00" + salt + canonical(members["value"]))


def _sealed_digest(sealed: Any, what: str) -> dict[str, str]:
    members = _members(sealed, {"subject", "ciphertext"}, what)
    _text(members["subject"], f"{what}.subject")
    return _digest(b"\x01" + _base64(members["ciphertext"], f"{what}.ciphertext"))


def _refuse_imitated_digest(value: Any, what: str) -> None:
    """A public value that looks like a digest could pass for a withheld one (section 3)."""
    if isinstance(value, dict):
        _need("withheld" not in value, "shape", f"{what} 的公开值含有 withheld 键")
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _refuse_imitated_digest(item, what)


def _data(event: dict[str, Any]) -> dict[str, Any]:
    public, internal, sealed = event["public"], event["internal"], event["sealed"]
    for name, value in public.items():
        _refuse_imitated_digest(value, f"public.{name}")
    data = {
        **public,
        **{name: _salted_digest(item, f"internal.{name}") for name, item in internal.items()},
        **{name: _sealed_digest(item, f"sealed.{name}") for name, item in sealed.items()},
    }
    once = len(data) == len(public) + len(internal) + len(sealed)
    _need(once, "shape", "同一字段名出现在 public、internal、sealed 的两处")
    _need("withheld" not in data, "shape", "字段名不得为 withheld")
    return data


def check_event(value: Any) -> dict[str, Any]:
    """The internal form of an event, if its members are those of section 2; else Problem."""
    event = _members(value, EVENT_MEMBERS, "事件")
    _need(_count(event["format"], "format", 1) == 1, "shape", "format 不是 1")
    for name in EVENT_TEXTS:
        _text(event[name], name)
    for name in EVENT_COUNTS:
        _count(event[name], name, 1)
    for name in EVENT_OBJECTS:
        _need(isinstance(event[name], dict), "shape", f"{name} 不是对象")
    _timestamp(event["sequenced_at"], "sequenced_at")
    _timestamp(event["occurred_at"], "occurred_at")
    return event


def leaf_document(event: dict[str, Any]) -> dict[str, Any]:
    """The leaf document (section 4) of an event that `check_event` let pass."""
    withheld = event["withheld"]
    _members(withheld, WITHHELD | (ALSO_WITHHELD & withheld.keys()), "withheld")
    digests = {name: _salted_digest(item, f"withheld.{name}") for name, item in withheld.items()}
    for name in WITHHELD:
        if not (name in NULLABLE and withheld[name]["value"] is None):
            _text(withheld[name]["value"], f"withheld.{name}.value")
    for name in ALSO_WITHHELD & withheld.keys():
        same = withheld[name]["value"] == event[name]
        _need(same, name, f"withheld.{name} 与 {name} 不一致")
    try:
        local = _timestamp(event["occurred_at"], "occurred_at") + CHINA
    except OverflowError:
        raise Problem("shape", "occurred_at 超出历法") from None
    return {
        "actor": {"id": digests["actor_id"], "role": event["role"]},
        "causation_id": digests["causation_id"],
        "command_id": digests.get("command_id", event["command_id"]),
        "correlation_id": digests["correlation_id"],
        "data": _data(event),
        "log": event["source"],
        "occurred_at": digests.get("occurred_at", event["occurred_at"]),
        "occurred_on": local.date().isoformat(),
        **{name: event[name] for name in ("schema_version", "stream", "type", "version")},
    }


def leaf_hash(document: Any) -> bytes:
    """The 32 bytes of the leaf of a leaf document."""
    return hashlib.sha256(b"\x00" + canonical(document)).digest()


# --- The tree and its proofs (sections 5 and 6; RFC 9162 sections 2.1.3.2 and 2.1.4.2) ----


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that only grows; it keeps one hash for each one-bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf of 32 bytes on the right."""
        self._peaks.append(leaf)
        self.size += 1
        complete = self.size
        while complete % 2 == 0:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right))
            complete //= 2

    def root(self) -> bytes:
        """The 32 bytes of the root over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def _without_zeros(first: int, second: int) -> tuple[int, int]:
    """Climb both node numbers together until the first is a right child, or the leftmost."""
    while first and first % 2 == 0:
        first, second = first >> 1, second >> 1
    return first, second


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether leaf number `index` (from 0) is in the tree of `size` leaves with that root."""
    if not 0 <= index < size:
        return False
    number, last, hashed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if number % 2 == 1 or number == last:
            hashed = node_hash(step, hashed)
            number, last = _without_zeros(number, last)
        else:
            hashed = node_hash(hashed, step)
        number, last = number >> 1, last >> 1
    return last == 0 and hashed == root


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `new_size` leaves begins with the leaves of the one of `old_size`."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return not proof and old_root == Tree().root()
    if old_size == new_size:
        return not proof and old_root == new_root
    if not proof:
        return False
    path = list(proof)
    if old_size & (old_size - 1) == 0:  # a complete tree is its own first node
        path.insert(0, old_root)
    number, last = old_size - 1, new_size - 1
    while number % 2 == 1:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if number % 2 == 1 or number == last:
            old, new = node_hash(step, old), node_hash(step, new)
            number, last = _without_zeros(number, last)
        else:
            new = node_hash(new, step)
        number, last = number >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


# --- Keys and checkpoints (section 7) -----------------------------------------------------


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name under which it signs, which is the log's origin."""

    name: str
    key_id: bytes
    public: Ed25519PublicKey


@dataclass(frozen=True)
class Checkpoint:
    """What a log's signature says: so many leaves, this root (32 bytes)."""

    size: int
    root: bytes


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(char.isspace() for char in name)


def parse_key(text: str) -> VerifierKey:
    """Read `<key name>+<hex of the key id>+<base64 of 0x01 || public key>`; raises Problem."""
    _need(not FORBIDDEN.search(text), "key", "公钥不是 UTF-8 文本")
    name, _, rest = text.partition("+")
    key_hex, _, encoded = rest.partition("+")
    raw = _base64(encoded, "公钥")
    _need(_is_name(name), "key", "公钥的名称不合格")
    _need(len(raw) == 33 and raw[0] == 1, "key", "公钥不是 Ed25519")
    key_id = hashlib.sha256(name.encode("utf-8") + b"\n" + raw).digest()[:4]
    _need(key_hex == key_id.hex(), "key", "公钥的标识与其内容不符")
    return VerifierKey(name, key_id, Ed25519PublicKey.from_public_bytes(raw[1:]))


def open_checkpoint(note: Any, key: VerifierKey) -> Checkpoint:
    """What a note says, if it is well formed and signed by the key; raises Problem."""
    note = _text(note, "checkpoint")
    clean = all(char == "\n" or char >= " " for char in note)
    _need(clean, "note", "检查点含有控制字符")
    body, blank, block = note.partition("\n\n")
    _need(bool(blank) and block.endswith("\n"), "note", "检查点没有签名部分")
    lines = body.split("\n")
    _need(len(lines) >= 3 and all(lines), "note", "检查点正文不足三行")
    _need(lines[0] == key.name, "origin", f"检查点属于 {lines[0]}，不是 {key.name}")
    _need(COUNT.fullmatch(lines[1]) is not None, "note", "检查点的 size 不是整数")
    _need(len(lines[1]) <= 16 and int(lines[1]) <= MAX_INTEGER, "note", "检查点的 size 过大")
    root = _base64(lines[2], "检查点的树根")
    _need(len(root) == 32, "note", "检查点的树根不是 32 字节")
    text = (body + "\n").encode("utf-8")
    signatures = block[:-1].split("\n")
    _need(len(signatures) <= MAX_SIGNATURES, "note", "检查点的签名行过多")
    signed = sum(_check_signature(line, text, key) for line in signatures)
    _need(signed > 0, "unsigned", "检查点没有所给公钥的签名")
    _need(signed == 1, "note", "同一公钥签名两次")
    return Checkpoint(int(lines[1]), root)


def _check_signature(line: str, text: bytes, key: VerifierKey) -> bool:
    """Whether the line is by the key; raises Problem if it is and its signature does not fit."""
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    _need(dash == "\u2014" and _is_name(name), "note", "检查点的签名行不合格")
    raw = _base64(encoded, "检查点的签名")
    _need(len(raw) > 4, "note", "检查点的签名过短")
    if name != key.name or raw[:4] != key.key_id:
        return False
    try:
        key.public.verify(raw[4:], text)
    except InvalidSignature:
        raise Problem("signature", "检查点的签名不符 (bad signature)") from None
    return True


# --- The export (section 9) ---------------------------------------------------------------


@dataclass(frozen=True)
class Verified:
    """An export that was accepted: its log, size, root (32 bytes), and what was signed."""

    log: str
    origin: str
    size: int
    root: bytes
    checkpoints: tuple[Checkpoint, ...]

    @property
    def signed_size(self) -> int:
        """So many events, from the first on, are under a signature."""
        return self.checkpoints[-1].size if self.checkpoints else 0


class _Lines:
    """The JSON objects of an export, one after the other; `number` is the line last read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0

    def next(self) -> dict[str, Any]:
        self.number += 1
        raw = self._stream.readline(MAX_LINE + 1)
        _need(raw != b"", "truncated", "文件到此中断，末行 root 未出现 (truncated)")
        _need(len(raw) <= MAX_LINE, "line", "此行超过 64 MiB")
        _need(raw.endswith(b"\n"), "line", "此行没有以换行结束")
        value = strict_json(raw[:-1])
        _need(isinstance(value, dict), "shape", "此行不是 JSON 对象")
        return dict(value)

    def end(self) -> None:
        self.number += 1
        _need(self._stream.read(1) == b"", "line", "root 行之后还有内容")


class _Leaves:
    """All leaves, with the roots over the first few: leaves wait in a file, not in memory,
    because an export tells the sizes of its checkpoints only after its events."""

    def __init__(self, spool: Any) -> None:
        self._spool = spool
        self._prefix = Tree()
        self.tree = Tree()

    def append(self, leaf: bytes) -> None:
        self.tree.append(leaf)
        self._spool.write(leaf)

    def prefix_root(self, size: int) -> bytes:
        """The root over the first `size` leaves; sizes must not fall; no append after it."""
        if self._prefix.size == 0:
            self._spool.seek(0)
        while self._prefix.size < size:
            self._prefix.append(self._spool.read(32))
        return self._prefix.root()


class _Events:
    """What must hold from one event to the next."""

    def __init__(self, log: str) -> None:
        self._log = log
        self._position = 0
        self._sequenced_at = ""
        self._versions: dict[str, int] = {}

    def take(self, line: dict[str, Any]) -> bytes:
        """The leaf of the next event; raises Problem if it does not follow the ones before."""
        members = _members(line, {"event", "leaf"}, "事件行")
        event = check_event(members["event"])
        _need(event["source"] == self._log, "source", "事件的 source 不是本日志")
        _need(event["position"] == self._position + 1, "position", "position 不连续")
        version = self._versions.get(event["stream"], 0) + 1
        _need(event["version"] == version, "version", f"流的 version 应为 {version}")
        # one fixed format, so the order of the texts is the order of the times
        forward = event["sequenced_at"] >= self._sequenced_at
        _need(forward, "sequenced_at", "sequenced_at 早于前一事件")
        leaf = leaf_hash(leaf_document(event))
        _need(leaf == _hash(members["leaf"], "leaf"), "leaf", "叶子与事件内容不符 (leaf mismatch)")
        self._position, self._sequenced_at = event["position"], event["sequenced_at"]
        self._versions[event["stream"]] = version
        return leaf


def _header(line: dict[str, Any], key: VerifierKey) -> tuple[str, int]:
    members = _members(line, {"export", "log", "origin", "size"}, "首行")
    _need(_count(members["export"], "export", 1) == 1, "shape", "export 不是 1")
    log = _text(members["log"], "log")
    _need(members["origin"] == f"jiandu/{log}", "origin", "origin 与 log 不符")
    _need(members["origin"] == key.name, "origin", f"所给公钥属于 {key.name}，不是本日志")
    return log, _count(members["size"], "size", 0)


def _checkpoint(line: dict[str, Any], key: VerifierKey, leaves: _Leaves, least: int) -> Checkpoint:
    members = _members(line, {"checkpoint"}, "检查点行")
    checkpoint = open_checkpoint(members["checkpoint"], key)
    _need(checkpoint.size >= least, "order", "检查点的 size 没有递增")
    _need(checkpoint.size <= leaves.tree.size, "size", "检查点的 size 超出导出范围")
    same = leaves.prefix_root(checkpoint.size) == checkpoint.root
    _need(same, "checkpoint", "检查点签署的树根与事件不符 (root mismatch)")
    return checkpoint


def _export(lines: _Lines, key: VerifierKey, leaves: _Leaves) -> Verified:
    log, size = _header(lines.next(), key)
    events = _Events(log)
    for taken in range(size):
        line = lines.next()
        _need("event" in line, "size", f"首行称有 {size} 条事件，此前只有 {taken} 条")
        leaves.append(events.take(line))
    checkpoints: list[Checkpoint] = []
    while "root" not in (line := lines.next()):
        _need("event" not in line, "size", f"首行称有 {size} 条事件，此处还有事件")
        least = checkpoints[-1].size + 1 if checkpoints else 0
        checkpoints.append(_checkpoint(line, key, leaves, least))
    root = _hash(_members(line, {"root"}, "末行")["root"], "root")
    _need(root == leaves.tree.root(), "root", "树根与全部叶子不符 (root mismatch)")
    lines.end()
    return Verified(log, key.name, size, root, tuple(checkpoints))


def verify_export(stream: BinaryIO, key: VerifierKey) -> Verified:
    """Read an export once, from its start, and accept it or raise the first Problem with its line.

    Memory grows with the number of streams and checkpoints, not of events.
    """
    lines = _Lines(stream)
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY) as spool:
        try:
            return _export(lines, key, _Leaves(spool))
        except RecursionError:
            raise Problem("json", "JSON 嵌套过深", lines.number) from None
        except Problem as problem:
            problem.line = lines.number
            raise


# --- A proof for a public form (sections 4 and 6) -----------------------------------------


@dataclass(frozen=True)
class Proved:
    """A public form that is in the log: its place (from 1) under the checkpoint.

    published: whether the event's content is proved, not only that there is one
    """

    origin: str
    position: int
    checkpoint: Checkpoint
    published: bool


def _leaf_of(data: Any, key: VerifierKey) -> bytes:
    """The leaf of a public form's `data`: made of it, or for an unpublished event told by it."""
    if isinstance(data, dict) and data.keys() == {"leaf"}:
        return _hash(data["leaf"], "data.leaf")
    document = _members(data, LEAF_MEMBERS, "data")
    _need(f"jiandu/{document['log']}" == key.name, "origin", "事件不属于公钥所指的日志")
    try:
        return leaf_hash(document)
    except RecursionError:
        raise Problem("json", "JSON 嵌套过深") from None


def verify_proof(proof_json: bytes, public_form: bytes, key: VerifierKey) -> Proved:
    """Accept the `data` of a CloudEvents public form as the log's event; raises Problem.

    Only `data` is proved: the attributes around it are not in the leaf.
    """
    proof = _members(strict_json(proof_json), {"position", "size", "proof", "checkpoint"}, "证明")
    size = _count(proof["size"], "size", 1)
    position = _count(proof["position"], "position", 1)
    _need(isinstance(proof["proof"], list), "shape", "proof 不是数组")
    path = [_hash(step, "proof") for step in proof["proof"]]
    checkpoint = open_checkpoint(proof["checkpoint"], key)
    _need(checkpoint.size == size, "size", "证明的 size 与检查点不符")
    form = strict_json(public_form)
    _need(isinstance(form, dict) and "data" in form, "shape", "公开形式没有 data")
    leaf = _leaf_of(form["data"], key)
    included = verify_inclusion(leaf, position - 1, size, path, checkpoint.root)
    _need(included, "inclusion", "证明不成立：该事件不在此检查点之下 (not included)")
    return Proved(key.name, position, checkpoint, published="leaf" not in form["data"])


# --- Command line -------------------------------------------------------------------------


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"用法有误：{message}\n")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Arguments(
        description="独立核验审计日志的导出文件或包含证明 (see docs/audit-format.md)"
    )
    parser.add_argument("export", nargs="?", type=Path, metavar="EXPORT", help="导出文件")
    parser.add_argument("--key", required=True, metavar="VERIFIER_KEY", help="另行取得的公钥文本")
    parser.add_argument("--proof", type=Path, metavar="PROOF", help="包含证明文件")
    parser.add_argument("--event", type=Path, metavar="PUBLIC_FORM", help="事件的公开形式")
    parser.add_argument("--json", action="store_true", help="以一个 JSON 文档输出结果")
    given = parser.parse_args(argv)
    of_proof = (given.proof is not None, given.event is not None)
    if of_proof not in ((True, True), (False, False)) or (given.export is None) != of_proof[0]:
        parser.error("给出 EXPORT，或者同时给出 --proof 和 --event")
    try:
        given.key = parse_key(given.key.strip())
    except Problem as problem:
        parser.error(f"--key：{problem.text}")
    return given


def _told_export(found: Verified) -> tuple[list[str], dict[str, Any]]:
    lines = [
        f"日志已核验 (log verified)：{found.log}",
        f"事件：{found.size} 条 (size)",
        f"树根：{found.root.hex()} (root)",
        f"检查点：{len(found.checkpoints)} 个 (checkpoints)",
    ]
    lines += [f"  已签署前 {each.size} 条：{each.root.hex()}" for each in found.checkpoints[-1:]]
    if not found.checkpoints:
        lines.append("注意：没有检查点，以上内容无人签署 (nothing was signed)")
    elif found.signed_size < found.size:
        lines.append(
            f"注意：第 {found.signed_size + 1} 至 {found.size} 条尚未签署 (not signed yet)"
        )
    checkpoints = [{"size": each.size, "root": each.root.hex()} for each in found.checkpoints]
    facts = {"log": found.log, "origin": found.origin, "size": found.size, "root": found.root.hex()}
    return lines, {**facts, "checkpoints": checkpoints, "signed_size": found.signed_size}


def _told_proof(found: Proved) -> tuple[list[str], dict[str, Any]]:
    size, root = found.checkpoint.size, found.checkpoint.root.hex()
    lines = [
        f"证明成立 (included)：{found.origin} 第 {found.position} 条",
        f"检查点：前 {size} 条，树根 {root}",
        "所证明的只是 data；其外的 CloudEvents 属性不在叶子之内。"
        if found.published
        else "该条不公开：所证明的只是此位置上有这片叶子 (unpublished event)。",
    ]
    facts = {"origin": found.origin, "position": found.position, "published": found.published}
    return lines, {**facts, "size": size, "root": root}


def _verify(given: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    if given.export is not None:
        with given.export.open("rb") as stream:
            return _told_export(verify_export(stream, given.key))
    proof, event = given.proof.read_bytes(), given.event.read_bytes()
    return _told_proof(verify_proof(proof, event, given.key))


def _told_problem(problem: Problem) -> tuple[list[str], dict[str, Any]]:
    place = "" if problem.line is None else f"第 {problem.line} 行："
    facts = {"reason": problem.reason, "line": problem.line, "problem": problem.text}
    return [f"未通过核验 (not accepted)：{place}{problem.text}"], facts


def main(argv: Sequence[str] | None = None) -> int:
    """Verify what the arguments name, tell what was found, return the exit status."""
    given = _arguments(argv)
    try:
        (lines, facts), accepted = _verify(given), True
    except Problem as problem:
        (lines, facts), accepted = _told_problem(problem), False
    except OSError as error:
        print(f"无法读取 {error.filename}：{error.strerror}", file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps({"accepted": accepted, **facts}, ensure_ascii=False))
    else:
        print("\n".join(lines))
    return 0 if accepted else 1


if __name__ == "__main__":
    sys.exit(main())
