"""The demo's report in Chinese, for a terminal: what became of the batch, and the proof of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from examples.first_batch import clue_report
from examples.first_batch.clue_facts import Heard
from examples.first_batch.data import FirstBatch
from examples.first_batch.facts import Outcome, Row
from examples.first_batch.logins import Login
from examples.first_batch.proof import Inclusion, VerifiedLog
from examples.first_batch.subscriber import Received
from examples.play.console import REGISTRY
from examples.play.table import table, tick
from services.portal.labels import label, label_choices
from services.portal.papers.words import division_name
from shared.contracts.publication.zh_names import zh_name

ERASED = "（已删除）"


@dataclass(frozen=True)
class Told:
    """All that the report tells."""

    data: FirstBatch
    outcome: Outcome
    heard: Heard
    early_designation: Mapping[str, str] | None
    logs: Sequence[VerifiedLog]
    received: Received
    inclusion: Inclusion
    portal_url: str
    logins: Sequence[Login]


def lines(told: Told) -> Iterator[str]:
    """The report, line by line."""
    sections: Sequence[tuple[str, Callable[[Told], Iterator[str]]]] = (
        ("一、申报单位及办理结果", _applications),
        ("二、首批联系点", _points),
        ("三、与讲话数据对照", _beside_speech),
        ("四、公示与异议", _objections),
        ("五、覆盖情况（联系点占比与经营主体占比）", _coverage),
        ("六、事件日志与检查点", _logs),
        ("七、外部订阅者", _subscriber),
        ("八、正在办理的第二批", _under_way),
        ("九、正在办理的退出", _retirements),
        ("十、意见和线索", _heard),
        ("十一、门户和各角色的登录名、密码", _logins),
    )
    for title, section in sections:
        yield ""
        yield title
        yield from section(told)


def _applications(told: Told) -> Iterator[str]:
    rows = [
        (
            number,
            its["unit_name"] or ERASED,
            told.data.batch.district_name(its["division"]),
            label(its["industry_group"], "industry_group"),
            label(its["size"], "size"),
            label(its["channel"], "channel"),
            _result(its),
        )
        for number, its in enumerate(sorted(told.outcome.applications, key=_by_result), 1)
    ]
    head = ("序号", "单位名称", "区县", "行业", "规模", "渠道", "结果")
    yield from table(head, rows, right=(0,))


def _by_result(row: Row) -> tuple[bool, str, str]:
    return row["status"] == "rejected", str(row["division"]), str(row["unit_name"])


def _result(row: Row) -> str:
    status = label(row["status"], "status")
    if row["status"] != "rejected":
        return status
    grounds = "、".join(label(code, "rejection_ground") for code in row["grounds"])
    stage = label(row["rejection_stage"], "rejection_stage")
    return f"{status}（{stage}：{grounds}）"


def _points(told: Told) -> Iterator[str]:
    rows = [
        (
            told.data.batch.district_name(its["division"]),
            its["unit_name"],
            label(its["industry_group"], "industry_group"),
            label(its["size"], "size"),
            its["certificate_number"],
            its["plaque_number"] or "—",
            its["term_ends_on"],
            "正在履职" if its["retired_on"] is None else f"{its['retired_on']} 退出",
        )
        for its in told.outcome.points
    ]
    head = ("区县", "单位名称", "行业", "规模", "证书编号", "牌匾", "管理期限至", "状态")
    yield from table(head, rows)


def _beside_speech(told: Told) -> Iterator[str]:
    speech, outcome = told.data.speech, told.outcome
    totals = (
        ("联系点", speech.points, len(outcome.points)),
        ("淘汰", speech.eliminated, len(outcome.eliminated)),
        ("异议", speech.objections, len(outcome.objections)),
    )
    rows = [("合计", name, said, found, tick(said, found)) for name, said, found in totals]
    districts = {its.division: its.name for its in told.data.batch.districts}
    for title, column, names, figures in (
        ("区县", "division", districts, speech.by_district),
        ("行业", "industry_group", dict(label_choices("industry_group")), speech.by_industry),
        ("规模", "size", dict(label_choices("size")), speech.by_size),
        ("渠道", "channel", dict(label_choices("channel")), speech.by_channel),
    ):
        counted = outcome.count(column)
        for code in {**figures, **counted}:
            said, found = figures.get(code, 0), counted.get(code, 0)
            rows.append((title, names.get(code, code), said, found, tick(said, found)))
    yield from table(("类别", "项目", "讲话", "系统", "一致"), rows, right=(2, 3))


def _objections(told: Told) -> Iterator[str]:
    early = told.early_designation
    if early is not None:
        yield f"公示期内试行确定：被拒绝（{early['reason']}），{early['message']}"
    rows = [
        (
            number,
            its["unit_name"],
            "匿名" if its["anonymous"] else "实名",
            label(its["outcome"], "objection_outcome") if its["outcome"] else "待处理",
        )
        for number, its in enumerate(told.outcome.objections, 1)
    ]
    yield from table(("序号", "被反映单位", "方式", "处理结果"), rows, right=(0,))


def _coverage(told: Told) -> Iterator[str]:
    coverage = told.outcome.coverage
    yield (
        f"现有联系点 {coverage['points']} 家；经营主体为 {coverage['year']} 年数据（演示用，虚构）"
    )
    rows = [
        (
            division_name(its["division"]),
            its["points"],
            _share(its["points_share"]),
            its["market_entities"] if its["market_entities"] is not None else "—",
            _share(its["entities_share"]),
        )
        for its in sorted(coverage["districts"], key=lambda its: -its["points"])
    ]
    head = ("区县", "联系点", "占比", "经营主体", "占比")
    yield from table(head, rows, right=(1, 2, 3, 4))


def _share(hundredths: int | None) -> str:
    """Hundredths of a percent as a percentage."""
    return "—" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}%"


def _logs(told: Told) -> Iterator[str]:
    yield "检查点是服务对全部事件签的名，供审计人员日后核对日志没有被改动；平时办理用不到。"
    for log in told.logs:
        verdict = "日志已验证 / log verified" if log.verified else "日志验证不通过 / NOT VERIFIED"
        yield (
            f"{log.name}：位置 1 至 {log.report['size']}，"
            f"{log.report['checkpoints']} 个已签名检查点，{verdict}"
            if log.report["size"]
            else f"{log.name}：尚无事件，{verdict}"
        )
        yield from (f"  ✗ {problem}" for problem in log.report["problems"])
        yield from (f"    {line}" for line in (log.note or "").splitlines())


def _subscriber(told: Told) -> Iterator[str]:
    received, inclusion = told.received, told.inclusion
    if not received.types:
        yield "订阅期间没有新的公开事件。"
        return
    positions = sorted(received.types)
    yield (
        f"普通 pika 订阅者收到公开事件 {len(positions)} 个"
        f"（位置 {positions[0]} 至 {positions[-1]}，投递 {received.deliveries} 次）"
    )
    rows = [(zh_name(REGISTRY, "event", kind), kind, n) for kind, n in received.by_type().items()]
    yield from table(("事件", "类型", "数量"), rows, right=(2,))
    yield (
        f"仅凭公开内容重算叶子哈希，并按检查点的根核对：{inclusion.proved} 个确在日志之中"
        + (f"，{len(inclusion.failed)} 个不符：位置 {inclusion.failed}" if inclusion.failed else "")
    )


def _under_way(told: Told) -> Iterator[str]:
    counted = Counter(str(its["status"]) for its in told.outcome.under_way)
    rows = [(text, counted[code]) for code, text in label_choices("status") if counted[code]]
    yield from table(("状态", "单位"), rows, right=(1,))


def _retirements(told: Told) -> Iterator[str]:
    rows = [
        (
            its["unit_name"],
            label(its["ground"], "retirement_ground"),
            label(its["status"], "retirement_status"),
            _limit(its["statement_limit"]),
        )
        for its in told.outcome.retirements
    ]
    yield from table(("联系点", "原因", "进度", "陈述申辩至"), rows)


def _heard(told: Told) -> Iterator[str]:
    return clue_report.lines(told.heard, told.data.speech)


def _limit(its: Row | None) -> str:
    """Its last day, with the mark of one whose working days are not all known yet."""
    return "—" if its is None else f"{its['due_on']}{'（暂定）' if its['provisional'] else ''}"


def _logins(told: Told) -> Iterator[str]:
    yield f"门户：{told.portal_url}"
    rows = [
        (label(its.role, "role"), its.name, its.login, its.password, its.begins_at)
        for its in told.logins
    ]
    yield from table(("角色", "姓名", "登录名", "密码", "登录后先看"), rows)
