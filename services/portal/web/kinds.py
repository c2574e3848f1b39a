"""The kinds of problems there are: what each is called, and what it means for whoever meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.envelope import LARGEST_MESSAGE


@dataclass(frozen=True)
class Kind:
    """`meaning` explains it where the problem's type leads: /problems/<code>."""

    title: str
    meaning: str


KINDS: Mapping[str, Kind] = {
    "invalid": Kind(
        "填写的内容有误",
        "提交的内容有缺项、格式不符或者超出范围。"
        "errors 逐项列出位置（path）和原因（message），改正后再次提交即可。",
    ),
    "refused": Kind(
        "不能办理",
        "内容没有问题，但按照规则现在不能办理。reason 是原因代码，detail 说明接下来怎么办。",
    ),
    "not_signed_in": Kind(
        "请先登录",
        "此内容只对已登录的人开放，或者登录已经失效。请登录后再试；接口请求请带上有效的令牌。",
    ),
    "sign_in_failed": Kind(
        "没有登录成功",
        "登录名、密码或验证码不符。为保护账号，不会说明是哪一项不对；多次失败后会暂停登录一段时间。",
    ),
    "wrong_role": Kind(
        "没有权限",
        "当前角色不能办理此事项。有多个角色的，请切换角色；否则请联系有权限的人员。",
    ),
    "not_found": Kind(
        "没有找到",
        "没有这个地址或这条记录，或者它不在您可以查看的范围内。两种情况的答复相同。",
    ),
    "conflict": Kind(
        "内容已被更新",
        "别人先一步办理了，或者这个编号已经用于其他内容。请重新读取后核对，再决定是否提交。",
    ),
    "stale": Kind(
        "版本不符",
        "您看到的已不是最新内容（If-Match 与现在的版本不同），所以没有办理。请重新读取后再提交。",
    ),
    "too_many": Kind(
        "操作过于频繁",
        "短时间内的请求太多。请按 Retry-After 所说的秒数等候后再试。",
    ),
    "too_large": Kind(
        "内容过大",
        f"一次提交最多 {LARGEST_MESSAGE // 1024} KiB。请精简文字后再提交。",
    ),
    "service_away": Kind(
        "服务暂时无法使用",
        "办理此事项的服务没有应答，这次什么也没有办。请稍后再试，其他栏目不受影响。",
    ),
    "outcome_unknown": Kind(
        "结果尚不确定",
        "已经送出，但没有收到结果，可能已经办成。请用同一个办理编号再次提交：已办成的会给出原来的结果，不会重复办理。",
    ),
    "forged": Kind(
        "请求来源无法确认",
        "提交没有带上本网站页面的凭证，可能页面已过期，也可能来自其他网站。请重新登录，再打开原来的页面提交。",
    ),
    "bad_request": Kind(
        "请求有误",
        "请求的格式、方法或内容类型无法识别。detail 说明哪里不对。",
    ),
    "internal": Kind(
        "系统内部错误",
        "系统没有处理好这次请求。请稍后再试；如仍失败，请把编号告知管理员。",
    ),
}
