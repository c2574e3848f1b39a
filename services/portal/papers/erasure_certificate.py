"""What stands in the certificate of an erasure: nothing of what was erased."""

from __future__ import annotations

from services.portal.labels import label
from services.portal.papers.words import Answer, Content, day_of, paper, zh_day, zh_minute
from shared.contracts.erasure.vocabulary import ErasureGround
from shared.contracts.publication.zh_names import zh_service

_OF = {"clue": "线索", "opinion": "意见建议", "application": "申报", "point": "联系点"}


def certificate(service: str, told: Answer) -> Content | None:
    """个人信息删除证明; None before the keys are destroyed.

    From when on nobody opens anything any more, and with the position of the event, by which an
    auditor finds it in the log and proves it.
    """
    if not told["keys_destroyed"]:
        return None
    kind, _, identifier = told["stream"].partition("-")
    erased, asked = day_of(told["erased_at"]), day_of(told["requested_at"])
    ground = label(told["ground"], "erasure_ground")
    scope = label(told["scope"], "erasure_scope")
    sections = [
        (
            "",
            f"{_OF[kind]}（编号 {identifier}）中的个人信息，因{ground}，于{zh_day(asked)}提出删除，"
            f"经两名负责人分别批准，已于{zh_day(erased)}删除。删除的范围：{scope}。",
        ),
        (
            "一、删除的方式",
            "个人信息以单独的密钥加密保存。上述密钥已经销毁；"
            f"自{zh_minute(told['unreadable_from'])}起，各程序内存中也不再有这些密钥，密文不能再打开。"
            f"密钥的备份最迟于{zh_day(day_of(told['backups_until']))}全部清除；"
            "在此之前使用备份恢复的，系统在恢复时重新销毁。",
        ),
        (
            "二、保留的内容",
            "办理的阶段、日期、统计数字和事件的次序不含个人信息，予以保留；事件日志的校验值不变。",
        ),
        (
            "三、核验",
            f"删除事件位于“{zh_service(service)}”事件日志第 {told['erased_in']} 位，"
            "可以用审计工具核验。",
        ),
    ]
    parts = [{"heading": heading, "text": text} for heading, text in sections]
    number = f"删除编号：{told['erasure_id']}"
    title = "个人信息删除证明"
    to = "申请人" if told["ground"] == ErasureGround.SUBJECT_ASKS else "存档备查"
    return paper(title, told["division"], erased, number=number, to=to, sections=parts)
