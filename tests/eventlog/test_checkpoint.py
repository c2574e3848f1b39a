"""Checkpoints and signed notes, held to the vectors of Go's sumdb and of C2SP."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shared.eventlog import checkpoint as cp
from shared.eventlog.checkpoint import BadSignature, Checkpoint, Malformed, NotTrusted

# golang.org/x/mod/sumdb/note, note_test.go
PETER_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
    "RZb6KE6RyyBwJnAM=\n"
)
PETER_NOTE = f"{PETER_TEXT}\n{PETER_SIGNATURE}"
ENOCH_VERIFIER = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCH_SIGNATURE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox3"
    "3WWd1RvMc+QQ=\n"
)

# a tree head of Go's checksum database, whose form became tlog-checkpoint
SUMDB_VERIFIER = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_NOTE = (
    "go.sum database tree\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo"
    "+zyWE+xeMcTOAYQ8=\n"
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = "jiandu.example/registry"
TRUSTED = {NAME: KEY.public_key()}
HEAD = Checkpoint(NAME, 120, bytes(range(32)), ("time 2026-03-01T00:00:00.000000Z",))
NOTE = cp.sign(HEAD, NAME, KEY)
ROOT = base64.b64encode(HEAD.root).decode()

lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30)
heads = st.builds(
    Checkpoint,
    lines,
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(lines, max_size=3).map(tuple),
)


def signed(body: str) -> str:
    return cp.sign_note(body, NAME, KEY)


def test_signing_gives_the_very_note_of_the_go_implementation() -> None:
    key = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
    assert cp.sign_note(PETER_TEXT, "PeterNeumann", key) == PETER_NOTE


def test_the_go_implementations_notes_open() -> None:
    both = PETER_NOTE + ENOCH_SIGNATURE
    assert cp.open_note(PETER_NOTE, cp.trust([PETER_VERIFIER])) == PETER_TEXT
    assert cp.open_note(both, cp.trust([ENOCH_VERIFIER])) == PETER_TEXT
    assert cp.open_note(both, cp.trust([PETER_VERIFIER, ENOCH_VERIFIER])) == PETER_TEXT


def test_a_tree_head_of_the_go_checksum_database_verifies() -> None:
    head = cp.verify(SUMDB_NOTE, cp.trust([SUMDB_VERIFIER]), "go.sum database tree")
    assert (head.size, head.extension) == (20852163, ())
    assert head.body() == SUMDB_NOTE.split("\n\n")[0] + "\n"


def test_verifier_keys_are_written_as_go_writes_them() -> None:
    for line in (PETER_VERIFIER, ENOCH_VERIFIER, SUMDB_VERIFIER):
        assert cp.encode_verifier_key(*cp.decode_verifier_key(line)) == line


def test_every_piece_and_every_changed_letter_of_a_verifier_key_is_refused() -> None:
    broken = {
        PETER_VERIFIER[i:j]
        for i in range(len(PETER_VERIFIER) + 1)
        for j in range(i + 1, len(PETER_VERIFIER) + 1)
    } - {PETER_VERIFIER}
    for i, letter in enumerate(PETER_VERIFIER):
        broken.add(PETER_VERIFIER[:i] + chr(ord(letter) + 1) + PETER_VERIFIER[i + 1 :])
    # a key of another length and one of an unknown algorithm, each with a fitting id
    broken.add("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")
    broken.add("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    for line in broken:
        with pytest.raises(Malformed):
            cp.decode_verifier_key(line)


@given(heads)
def test_what_is_signed_is_what_is_verified(head: Checkpoint) -> None:
    assert Checkpoint.parse(head.body()) == head
    assert cp.verify(cp.sign(head, NAME, KEY), TRUSTED, head.origin) == head


def test_a_checkpoint_says_origin_size_root_and_extension_a_line_each() -> None:
    assert HEAD.body() == f"{NAME}\n120\n{ROOT}\ntime 2026-03-01T00:00:00.000000Z\n"


def test_the_empty_log_has_a_checkpoint_too() -> None:
    head = replace(HEAD, size=0)
    assert cp.verify(cp.sign(head, NAME, KEY), TRUSTED) == head


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_changed_letter_passes(at: int, letter: str) -> None:
    changed = NOTE[:at] + letter + NOTE[at + 1 :]
    if changed != NOTE:
        with pytest.raises(cp.NoteError):
            cp.verify(changed, TRUSTED)


@given(st.text())
def test_garbage_is_a_note_error_and_nothing_else(text: str) -> None:
    with pytest.raises(cp.NoteError):
        cp.verify(text, TRUSTED)


@given(st.lists(lines, min_size=1, max_size=4))
def test_signed_garbage_is_malformed_and_nothing_else(body: list[str]) -> None:
    with pytest.raises(Malformed):
        cp.verify(signed("".join(f"{line}\n" for line in body)), TRUSTED)


def test_a_key_that_nobody_trusts_counts_for_nothing() -> None:
    with pytest.raises(NotTrusted):
        cp.verify(NOTE, {})
    with pytest.raises(NotTrusted, match="no trusted key"):
        cp.verify(NOTE, {NAME: OTHER_KEY.public_key()})
    with pytest.raises(NotTrusted):
        cp.verify(NOTE, {"jiandu.example/clues": KEY.public_key()})


def test_another_logs_checkpoint_is_refused_where_the_origin_is_known() -> None:
    with pytest.raises(NotTrusted, match="not of the log"):
        cp.verify(NOTE, TRUSTED, "jiandu.example/clues")


def test_while_a_key_is_being_replaced_either_of_both_will_do() -> None:
    both = {NAME: (KEY.public_key(), OTHER_KEY.public_key())}
    assert cp.verify(NOTE, both) == HEAD
    assert cp.verify(cp.sign(HEAD, NAME, OTHER_KEY), both) == HEAD
    line = cp.sign(HEAD, NAME, OTHER_KEY).split("\n\n")[1]
    assert cp.verify(NOTE + line, both) == HEAD


def test_trusting_two_keys_of_one_name_keeps_both() -> None:
    first = cp.encode_verifier_key(NAME, KEY.public_key())
    second = cp.encode_verifier_key(NAME, OTHER_KEY.public_key())
    trusted = cp.trust([first, second])
    assert cp.verify(NOTE, trusted) == cp.verify(cp.sign(HEAD, NAME, OTHER_KEY), trusted)


def test_one_false_signature_of_a_trusted_key_spoils_the_note() -> None:
    elsewhere = cp.sign(replace(HEAD, size=121), NAME, OTHER_KEY).split("\n\n")[1]
    with pytest.raises(BadSignature):
        cp.verify(NOTE + elsewhere, {NAME: (KEY.public_key(), OTHER_KEY.public_key())})
    assert cp.verify(NOTE + elsewhere, TRUSTED) == HEAD  # a stranger's signature is ignored


def test_a_signature_of_the_wrong_length_is_refused() -> None:
    blob = cp.key_id(NAME, KEY.public_key()) + b"\x01"
    note = f"{HEAD.body()}\n— {NAME} {base64.b64encode(blob).decode()}\n"
    with pytest.raises(BadSignature):
        cp.verify(note, TRUSTED)


def test_a_trusted_key_that_signs_twice_is_refused() -> None:
    with pytest.raises(Malformed, match="twice"):
        cp.verify(NOTE + NOTE.split("\n\n")[1], TRUSTED)


SIGNATURE = NOTE.split("\n\n")[1]
BODY = HEAD.body()
BLOB = SIGNATURE.split(" ")[2].strip()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        BODY,
        BODY + "\n",
        BODY + SIGNATURE,  # no blank line
        NOTE[:-1],  # no newline at the end
        NOTE + "\n",
        NOTE + "a line more\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—"),
        NOTE.replace("— ", "—  "),
        NOTE.replace(SIGNATURE, f"— {NAME}\n"),
        NOTE.replace(SIGNATURE, f"— {NAME} {BLOB} more\n"),
        NOTE.replace(SIGNATURE, f"— {NAME} {BLOB[:-1]}\n"),  # no padding
        NOTE.replace(SIGNATURE, f"— {NAME} {BLOB[:8]}*{BLOB[8:]}\n"),
        NOTE.replace(SIGNATURE, f"— {NAME} AAAAAA==\n"),  # a key id and no signature
        NOTE.replace(SIGNATURE, f"— bad+name {BLOB}\n"),
        NOTE.replace(SIGNATURE, f"— bad\u3000name {BLOB}\n"),
        NOTE.replace("\n", "\r\n"),
        "\x01" + NOTE,
        "\ud800" + NOTE,
        BODY + "\n" + SIGNATURE * 101,
        "x" * 1_000_001,
    ],
)
def test_a_note_of_another_form_is_malformed(note: str) -> None:
    with pytest.raises(Malformed):
        cp.verify(note, TRUSTED)


@pytest.mark.parametrize(
    "body",
    [
        "origin\n1\n",
        f"\n1\n{ROOT}\n",
        f"origin\n\n{ROOT}\n",
        f"origin\n01\n{ROOT}\n",
        f"origin\n00\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n1 \n{ROOT}\n",
        f"origin\n1_0\n{ROOT}\n",
        f"origin\n１\n{ROOT}\n",  # a digit, but not ASCII
        f"origin\n{2**63}\n{ROOT}\n",
        f"origin\n{'9' * 5000}\n{ROOT}\n",
        f"origin\n1\n{ROOT[:-1]}\n",
        f"origin\n1\n{ROOT[:-2]}9=\n",  # stray bits at the end
        f"origin\n1\n{ROOT} \n",
        "origin\n1\nAAAA\n",
        "origin\n1\n\n",
        f"origin\n1\n{ROOT}\n\nafter a blank line\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        cp.verify(signed(body), TRUSTED)


def test_a_body_without_its_last_newline_is_malformed() -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(BODY[:-1])


@pytest.mark.parametrize(
    "change",
    [
        {"origin": ""},
        {"origin": "two\nlines"},
        {"size": -1},
        {"size": 2**63},
        {"root": b"short"},
        {"extension": ("",)},
        {"extension": ("a", "b\nc")},
    ],
)
def test_no_checkpoint_is_made_that_could_not_be_read_back(change: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        replace(HEAD, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b"])
def test_nobody_signs_under_a_name_that_others_would_refuse(name: str) -> None:
    with pytest.raises(Malformed):
        cp.sign(HEAD, name, KEY)
    with pytest.raises(Malformed):
        cp.encode_verifier_key(name, KEY.public_key())


def test_sixteen_strangers_beside_the_log_are_no_harm() -> None:
    strangers = "".join(
        cp.sign(HEAD, f"witness{number}.example", OTHER_KEY).split("\n\n")[1]
        for number in range(16)
    )
    assert cp.verify(f"{BODY}\n{strangers}{SIGNATURE}", TRUSTED) == HEAD
