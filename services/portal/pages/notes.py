"""What a page says on top after something was done: `?note=<code>` after a redirect.

Only these sentences can be shown, so an address can put no words of its own on a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True)
class Note:
    """`kind` is `done`, `info` or `warning`."""

    text: str
    kind: str = "done"


NOTES: Mapping[str, Note] = {
    "saved": Note("已保存。"),
    "submitted": Note("已提交。"),
    "decided": Note("处理决定已登记。"),
    "published": Note("公示已发布。"),
    "designated": Note("联系点已确定。"),
    "signed_in": Note("登录成功。"),
    "signed_out": Note("已退出登录。", "info"),
    "password_changed": Note("密码已修改，其他设备上的登录已退出。"),
    "role_changed": Note("已切换角色。", "info"),
}
"""Code → what is said."""


def asked_note() -> Note | None:
    """The note that the request's address names."""
    return NOTES.get(request.args.get("note", ""))
