"""What people read, in Chinese: why something was refused and what to do next.

One sentence a reason code; the portal and the command line show these and never the English
text meant for records.
"""

from __future__ import annotations

from shared.contracts.errors import (
    Conflict,
    Invalid,
    JianduError,
    NotFound,
    Refused,
    Unavailable,
)
from shared.contracts.reasons import Reason

REFUSALS: dict[Reason, str] = {
    Reason.ACTOR_MISSING: "请先登录后再操作。",
    Reason.ACTOR_EXPIRED: "登录凭证已过期，请重新提交。",
    Reason.ACTOR_FORGED: "身份凭证无效，请重新登录后再试。",
    Reason.WRONG_ROLE: "您的角色不能办理此事项，请联系有权限的人员。",
    Reason.OUT_OF_SCOPE: "该事项不属于您所在的行政区划，请转交对应的司法局办理。",
    Reason.SIGN_IN_FAILED: "登录名、密码或验证码不正确，请核对后重新登录。",
    Reason.SIGN_IN_LOCKED: "密码错误次数过多，已暂停核对密码，请稍后再试或联系管理员重置密码。",
    Reason.SIGN_IN_BUSY: "同时登录的请求过多，请稍后再试。",
    Reason.TOTP_NEEDED: "该账号已启用动态验证码，请输入手机上的六位验证码或一个恢复码。",
    Reason.TOTP_WRONG: "验证码不正确，请核对手机时间后输入新的六位验证码。",
    Reason.PASSWORD_WRONG: "原密码不正确，请重新输入。",
    Reason.PASSWORD_TOO_WEAK: "密码过于简单：至少十个字符，不能是常见密码，也不能包含登录名。",
    Reason.PASSWORD_CHANGE_NEEDED: "当前密码由管理员设置，请先修改密码再继续。",
    Reason.IDENTITY_UNKNOWN: "统一身份认证成功，但该身份尚未关联本系统账号，请联系管理员办理关联。",
    Reason.IDENTITY_REFUSED: "统一身份认证未完成或已过期，请返回登录页重新登录。",
    Reason.IDENTITY_PROVIDER_AWAY: "统一身份认证服务暂时无法使用，请稍后再试。",
    Reason.LOGIN_TAKEN: "该登录名已被使用，请换一个。",
    Reason.IDENTITY_TAKEN: "该统一身份已关联其他账号，请先解除关联。",
    Reason.OWN_ROLE: "不能给自己授予角色或停用自己的账号，请由其他管理员办理。",
    Reason.LAST_ADMINISTRATOR: "这是最后一名管理员，请先授权另一名管理员。",
    Reason.COMMAND_ID_REUSED: "该命令编号已用于其他内容，请更换编号后重新提交。",
    Reason.TOO_LARGE: "提交的内容过大，请精简后再提交。",
    Reason.WRONG_STATE: "当前状态下不能办理此步骤，请刷新后查看可办理的事项。",
    Reason.ALREADY_EXISTS: "该编号已存在，无需重复提交。",
    Reason.BATCH_NOT_OPEN: "该批次当前不接受申报，请查看申报起止日期。",
    Reason.UNIT_APPLIED_ALREADY: "该单位在本批次已经申报，不能重复申报。",
    Reason.UNIT_APPLIES_ELSEWHERE: (
        "该单位在其他批次还有没有办结的申报，请等待办结，或者先撤回那份申报。"
    ),
    Reason.UNIT_IS_POINT_ALREADY: "该单位已经是行政执法监督联系点。",
    Reason.SUBJECT_ERASED: "该对象的个人信息已依法删除，不能再办理此事项。",
    Reason.SUBJECT_LOCKED: (
        "该对象的个人信息已依法封存，只保存、不使用，封存解除以前不能删除；"
        "确需查阅的，由两名负责人分别同意后查阅。"
    ),
    Reason.ERASURE_OPEN: "该对象已有删除申请或者已经删除，请查看删除申请列表。",
    Reason.MATTER_OPEN: "该事项还没有办结，办结以后才能删除；只删除反映人信息的，可以现在申请。",
    Reason.APPROVER_INVOLVED: "同一人不能既申请又批准，也不能批准两次，请由另一名负责人办理。",
    Reason.BACKDATED: "生效日期早于今天；如系更正以前的设置，请写明更正的内容和原因。",
    Reason.NOTHING_CHANGES: "提交的内容与现有内容相同，无需重复提交。",
    Reason.LIMIT_RUNNING: "期限尚未届满，暂不能办理此步骤。",
    Reason.LIMIT_PROVISIONAL: (
        "期限跨入的年度尚未录入工作日安排，届满日仅为暂定，请先在系统参数中录入该年度的工作日安排。"
    ),
    Reason.FILE_TOO_LARGE: "文件过大，请压缩后重新上传。",
    Reason.FILE_INCOMPLETE: "文件没有上传完整，请重新上传。",
    Reason.FILE_DIFFERS: "收到的文件与所报的校验值不一致，请重新上传。",
    Reason.FILE_OTHER_TYPE: "文件内容与所报的类型不符，请上传 PDF、JPEG、PNG 或 WEBP 文件。",
    Reason.FILE_UNREADABLE: "文件已损坏，无法打开，请重新生成后上传。",
    Reason.FILE_ENCRYPTED: "文件设有密码，请解除密码后上传。",
    Reason.FILE_ACTIVE_CONTENT: "文件中含有脚本、附件或动画，请另存为普通文件后上传。",
    Reason.FILE_TOO_LARGE_INSIDE: "文件页数或像素过多，请拆分或缩小后上传。",
    Reason.FILE_MALICIOUS: "文件没有通过病毒检查，请换一个文件或者清除病毒后上传。",
    Reason.EVIDENCE_MISSING: "没有找到上传的文件，可能已经超过保存时间，请重新上传。",
    Reason.TOO_MUCH_EVIDENCE: "本件的材料已达上限（50 个文件、合计 500 MB），请只保留必要的材料。",
    Reason.TOO_MANY_UPLOADS: "已上传而尚未提交的文件过多，请先提交或次日再传。",
    Reason.TOO_MANY_DOCUMENTS: "该申报的材料数量已达上限，不能再增加。",
    Reason.DOCUMENT_UNKNOWN: "没有找到该份材料，请核对编号。",
    Reason.DOCUMENT_NAMED: (
        "审查项、走访、座谈或者征求意见的答复以该份材料为依据，不能撤回；"
        "审查项有误的，请不引用该份材料重新登记。"
    ),
    Reason.DOCUMENT_KIND_NOT_YOURS: "该类材料不由您提交，请选择其他材料类别。",
    Reason.DOCUMENTS_MISSING: "申报材料不齐，请补齐后再办理。",
    Reason.RESPONSIBLE_ALREADY: "该行政区划已有分管负责人，请先结束其任职再登记。",
    Reason.TASK_UNKNOWN: "没有找到该项会议任务，请核对编号。",
    Reason.RECOMMENDATION_MISSING: "推荐单位尚未确认推荐，不能通过形式审查。",
    Reason.RECOMMENDATION_NOT_NEEDED: "该单位是自荐的，不需要推荐单位确认。",
    Reason.PARTNERSHIP_ENDED: (
        "贵单位与司法局的合作已经结束，不能再对推荐表态。需要继续合作的，请联系司法局重新登记。"
    ),
    Reason.RECOMMENDATION_DECIDED: "推荐单位已经表态，无需重复办理。",
    Reason.SUPPLEMENT_OVERDUE: "补正期限已过，不能再补正；批次仍在申报期的，可以重新申报。",
    Reason.PLAN_DOES_NOT_FIT: "各项名额之和必须等于本批次的总名额，请核对后调整。",
    Reason.ALREADY_DELIBERATED: "该批次已经集体研究，名额计划和日期不能再调整。",
    Reason.FIGURES_MISSING: "缺少测算所需的区县数据，请先登记该年度各区县的经营主体数和经济总量。",
    Reason.RANKING_DIFFERS: "推荐排序与当前测算结果不一致，请刷新排序后再提交。",
    Reason.HARD_STOP: "有审查项不合格（如失信被执行人、欠税、欠薪），不能认定为符合条件。",
    Reason.PENALTY_TO_WEIGH: (
        "规定年限内受过行政处罚的，不能直接认定为合格；请登记为存疑，再写明理由作出认定。"
    ),
    Reason.CHECK_NEEDS_RECORD: ("政治方向和治理能力有专门的登记表，请填写登记表，不能只登记结果。"),
    Reason.REVIEW_INCOMPLETE: ("走访座谈或者征求意见还没有完成，请在审查记录中补齐后再作结论。"),
    Reason.CHECKS_MISSING: "还有审查项没有登记结果，请补全后再投票或者作结论。",
    Reason.CHECK_NOT_ASKED: "该类单位不需要此项审查，请选择其他审查项。",
    Reason.FLAG_NOT_ALLOWED: "该项只能认定为合格或不合格，不能存疑。",
    Reason.REASONS_NEEDED: "请写明理由和依据后再提交。",
    Reason.MAJORITY_MISSING: "表决没有形成这一结论的多数，请按表决结果作结论，或者等其他成员投票。",
    Reason.NO_QUORUM: "到会（投票）人数没有超过规定的比例，不能形成决定，请核对人数或者改期。",
    Reason.NOT_IN_BATCH: "该申报不属于本批次，请核对后再提交。",
    Reason.TOO_FEW_PLACES: "名单超出本批次剩余名额，请调整名单。",
    Reason.NOTICE_RUNNING: "公示期尚未届满，请在公示期满后再确定联系点。",
    Reason.NOTICE_ENDED: "公示期已经届满，不再受理异议；如有线索可另行反映。",
    Reason.NOTICE_DIFFERS: (
        "该单位的信息更正以后，公示还没有更正。请先更正公示，该单位的公示期重新计算。"
    ),
    Reason.NOT_ON_NOTICE: "该单位不在本次公示名单中，请核对后再提交。",
    Reason.OBJECTION_OPEN: "对该单位的异议尚未处理完毕，请先作出处理决定。",
    Reason.OBJECTION_UNKNOWN: "没有找到该条异议，请核对编号。",
    Reason.OBJECTION_DECIDED: "该条异议已经作出处理决定。",
    Reason.TERM_RUNNING: "管理期限尚未届满，请选择其他退出情形。",
    Reason.PLAQUE_HELD: "该联系点已经领有牌匾，收回后才能再次授牌。",
    Reason.PLAQUE_NOT_HELD: "该联系点没有领用牌匾，无需登记收回。",
    Reason.PLAQUE_NUMBER_TAKEN: "该牌匾编号已由其他联系点使用，请核对编号。",
    Reason.CERTIFICATE_PREFIX_TAKEN: "证书字号与其他司法局重复，请先设置本局的证书字号。",
    Reason.TERMS_USED_UP: (
        "该单位连任届数已达上限，不能再续期或者重新确定，请在系统参数规定的间隔年限之后再办理。"
    ),
    Reason.MERGED_ALREADY: "该联系点所在单位正在并入其他联系点，请填写最终并入的联系点。",
    Reason.RENEWAL_OPEN: "该联系点的续期正在办理，请在办结后再提出。",
    Reason.RENEWAL_TOO_EARLY: (
        "距管理期限届满尚早，请在系统参数规定的期满前天数之内提出续期、召开会议研究。"
    ),
    Reason.RENEWAL_TOO_LATE: "续期须在管理期限届满之前研究决定、办理完毕，期满后请办理退出。",
    Reason.RENEWED_ALREADY: "该联系点已办理续期，新的管理期限从现期限届满的次日开始，无需再办理。",
    Reason.GRADE_MISSING: "尚未登记考核结果，请先登记再决定是否续期。",
    Reason.GRADE_TOO_LOW: "考核结果为不合格，不能同意续期。",
    Reason.RETIREMENT_OPEN: "该联系点的退出程序正在办理，请先办结退出程序。",
    Reason.RETIREMENT_NOT_OPEN: "该联系点尚未启动退出程序，请先启动并作出集体研究决定。",
    Reason.GROUND_DIFFERS: "退出情形与已启动的退出程序不一致，请核对后再提交。",
    Reason.FACTS_NOT_TOLD: "尚未向联系点告知事实，请先告知并听取陈述申辩。",
    Reason.FACTS_NOT_ESTABLISHED: "事实不成立的，不能决定退出，请核对后再提交。",
    Reason.STATEMENT_OPEN: "陈述申辩期限尚未届满，请在期满或者收到陈述后再研究决定。",
    Reason.STATEMENT_TOO_LATE: "陈述申辩期限已经届满，不能再登记期满后提出的陈述。",
    Reason.MEETING_TOO_EARLY: (
        "集体研究须在联系点陈述申辩（或者放弃）之日以后召开，请核对会议日期，或者另行召开会议。"
    ),
    Reason.MUST_RETIRE: "该情形应当退出，不能决定保留，请核对处理意见。",
    Reason.NO_REVIEW_GROUP: "本批次尚未成立资格审查小组，请先成立小组。",
    Reason.NOT_A_MEMBER: "您不是本批次资格审查小组成员，不能办理此事项。",
    Reason.INTERESTS_NOT_DECLARED: ("请先在审查小组页面申报利害关系（没有的也要申报），再投票。"),
    Reason.RECUSED: (
        "您与该申报单位存在应当回避的情形，不能参与对它的审查和决定，请交由其他工作人员办理。"
    ),
    Reason.VOTED_ALREADY: "您已经对该申报单位投过票，不能重复投票。",
    Reason.VOTES_DIFFER: "填写的票数与小组成员实际投票不一致，请核对后再提交。",
    Reason.FLAG_OPEN: "有存疑的审查项还没有作出认定，请先认定并写明理由。",
    Reason.FLAG_UPHELD: "有存疑的审查项已认定问题成立，不能认定为符合条件。",
    Reason.NOT_FLAGGED: "该审查项没有待认定的存疑结果，请刷新后核对。",
    Reason.OPINION_UNKNOWN: "没有找到该次征求意见，请核对编号。",
    Reason.OPINION_ANSWERED: "该次征求意见已经答复，无需重复提交。",
    Reason.QUORUM_MET: "到会人数已超过规定的比例，请登记集体研究决定。",
    Reason.QUALIFIED_UNACCOUNTED: (
        "还有审查合格的单位未作安排，请逐一列入名单、列为候补或写明未列入的理由。"
    ),
    Reason.NOT_A_RESERVE: "该单位不是本批次的候补单位，请核对后再提交。",
    Reason.NO_RESERVES: "本批次没有候补单位，不需要结束候补，请核对批次。",
    Reason.EXTENDED_ALREADY: "核实期限已经延长过一次，不能再次延长。",
    Reason.LIMIT_PASSED: "期限已经届满，不能再延长。",
    Reason.CASE_RECUSED: "您在本件中应当回避，不能办理，请由其他人员办理。",
    Reason.NOT_ASSIGNED: "本件还没有承办人，请先指定承办人。",
    Reason.NOT_HANDLER: "您不是本件的承办人，请由承办人办理，或者先调整承办人。",
    Reason.NO_STEPS_TAKEN: "还没有登记任何核实经过，请先登记再作结论。",
    Reason.POINT_NOT_ACTIVE: "该联系点目前不在履职（暂停、已退出或尚未确定），请由司法局受理登记。",
    Reason.FLAGGED_ALREADY: "已就打击报复另行立件办理，请在该件中补充情况。",
    Reason.NO_UNIT_CONCERNED: "本件没有登记涉及的单位，无需征求同意。",
    Reason.REPORTER_KNOWN: (
        "反映人已经留下姓名或者联系方式，不属于匿名反映，请先联系反映人补充线索，或者选择其他情形。"
    ),
    Reason.CONSENT_MISSING: "涉及的单位没有同意公开名称，请先征得同意，或者在转办内容中隐去名称。",
    Reason.IDENTITY_IN_REFERRAL: (
        "给他人看的文字中出现了反映人（包括并案、关联件的反映人）的姓名或者电话，请删除后再提交。"
    ),
    Reason.GATHERS_OTHERS: "已有其他线索并入本件，请把另一件并入本件。",
    Reason.LEDGER_NOT_EMPTY: "本件已登记退还款项，不能并入其他件，请把另一件并入本件。",
    Reason.REFERRAL_UNKNOWN: "没有找到该次转办，可能已经撤回或者另行转办，请刷新后核对。",
    Reason.REFUSAL_TOO_LATE: "提出不予接办的期限已过，请按要求办理并答复。",
    Reason.NOT_SUBSTANTIATED: "核实结论为不属实，不能作出处理决定或者责令退还，可以直接办结。",
    Reason.OPINION_FIRST: "请先制发监督意见书，逾期未整改的再作出监督决定书。",
    Reason.CORRECTION_RUNNING: "意见书的整改期限还没有届满，请期满后再作出监督决定书。",
    Reason.OUTCOME_UNKNOWN: "没有找到该项处理结果，请刷新后核对。",
    Reason.OUTCOME_MISSING: "线索属实但还没有登记处理结果，请先登记处理结果再办结。",
    Reason.COMPLIANCE_OPEN: "意见书或者决定书还没有落实，请登记落实情况后再办结。",
    Reason.RATED_ALREADY: "本件已经作过满意度评价，不能重复评价。",
    Reason.NEVER_ACCEPTED: (
        "本件没有受理过，不能重新办理；有新的事实或者线索的，请作为新的线索登记。"
    ),
    Reason.NOT_CALLED_UNSOLVED: (
        "反映人没有表示问题未解决，不能重新办理；反映人有此表示的，请先登记满意度。"
    ),
    Reason.LIMIT_NOT_RUNNING: "该期限现在没有在计算，可能已经届满、完成或者中止，请重新选择。",
    Reason.LIMIT_PAUSED: "本件的期限正在中止计算，请先恢复计算。",
    Reason.NOTHING_PAUSED: "本件没有中止计算的期限，无需恢复。",
    Reason.READING_UNRECORDED: "查阅这件线索要先登记用途，请登记后再查看。",
    Reason.REPORTER_NAMED: (
        "反映人是实名反映，没有要求保密，承办人和负责人在线索详情中可以直接看到，无需申请。"
    ),
    Reason.REPORTER_ANONYMOUS: "本件是匿名反映，没有登记反映人是谁，无法申请查看。",
    Reason.OPENING_PENDING: "本件已有一份查看反映人身份的申请等候审批，请等审批结束后再申请。",
    Reason.OPENING_UNKNOWN: "没有找到该份查看申请，请刷新后核对。",
    Reason.OPENING_DECIDED: "该份申请已经审批完毕，无需再办理。",
    Reason.OPENING_NOT_YOURS: "反映人身份只向提出申请的人显示，需要查看的请自己提出申请。",
    Reason.OPENING_NOT_GRANTED: "该份申请还没有经两名负责人同意，不能查看反映人身份。",
    Reason.OPENING_EXPIRED: "可以查看的时间已经结束，仍需查看的请重新申请。",
    Reason.OWN_REQUEST: "不能审批自己提出的申请，请由其他负责人审批。",
    Reason.APPROVED_ALREADY: "您已经同意过这份申请，还需要另一名负责人同意。",
    Reason.REQUESTER_RECUSED: "提出申请的人已在本件中回避，不能再同意，请驳回这份申请。",
    Reason.ALL_TAKEN_IN: "这些工单以前都已导入，没有新的内容，请核对文件。",
    Reason.NO_RECEIPT: "本件的反映人没有查询码，看不到提问，请用其他方式联系。",
    Reason.QUESTION_UNKNOWN: "没有找到这个提问，请返回后重新选择。",
    Reason.QUESTION_ANSWERED: "这个提问已经回复，还有话要说的，请填写“补充情况”。",
    Reason.TOO_MANY_QUESTIONS: "还有多个提问没有回复，请等反映人回复或者期满后再提问。",
    Reason.TOO_MANY_MESSAGES: "您补充的情况还没有看完，请等工作人员查看以后再补充。",
    Reason.ATTEMPTED_ALREADY: "当天已经登记过一次没有联系上，请改天再联系。",
    Reason.CLAIM_UNKNOWN: "没有找到该笔退还款项，请刷新后核对。",
    Reason.TOO_MANY_CLAIMS: "本件登记的退还款项过多，请合并后再登记。",
    Reason.MORE_THAN_CLAIMED: "核实的金额超过了主张的金额，请核对，或者另行登记一笔主张。",
    Reason.MORE_THAN_VERIFIED: "责令退还的金额超过了核实的金额，请核对，或者先更正核实金额。",
    Reason.MORE_THAN_UNPAID: "金额超过了尚未退还的金额，请核对。",
    Reason.LESS_THAN_ORDERED: "核实的金额少于已责令退还的金额，请先调减责令退还的金额。",
    Reason.PAYMENT_UNKNOWN: "没有找到该笔付款，可能已经冲销，请刷新后核对。",
    Reason.MORE_THAN_LEFT: "金额超过该联系点本年度剩余的经费，请核对金额，或者先追加经费。",
    Reason.REFUND_UNPAID: "责令退还的款项还没有全部退还，不能办结，请催付并登记付款凭证。",
    Reason.REFUND_NOT_ORDERED: (
        "核实应退的款项没有全部责令退还，请由负责人责令退还，或者写明不责令退还的理由后办结。"
    ),
    Reason.ORDER_WITHOUT_DOCUMENT: (
        "本次办理没有这一编号的有效文书，请先制发监督通知书、意见书或者决定书，再按其编号责令退还。"
    ),
}


def sentence(error: JianduError) -> str:
    """What to tell a person about an error."""
    match error:
        case Refused():
            known = error.reason in {str(reason) for reason in Reason}
            return REFUSALS[Reason(error.reason)] if known else "该操作不被允许。"
        case Conflict():
            return "内容已被他人更新，请刷新后核对再提交。"
        case NotFound():
            return "没有找到该记录，或您无权查看。"
        case Unavailable(may_be_done=True):
            return "尚未收到办理结果，可能已经办成。请用同一个办理编号再次提交，不会重复办理。"
        case Unavailable():
            return "服务暂时无法使用，这次没有办理，请稍后再试。"
        case Invalid():
            return "填写的内容有误，请按提示修改后再提交。"
    return "系统内部错误，请稍后重试；如仍失败，请把编号告知管理员。"
