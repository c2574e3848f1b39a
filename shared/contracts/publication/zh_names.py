"""What each event, command and query is called in Chinese, for those who read the documents.

The words are the glossary's.
"""

from __future__ import annotations

from shared.contracts.publication.field_schemas import CannotPublish

ZH_SERVICES = {
    "registry": "联系点遴选",
    "assessment": "考核评价",
    "portal": "门户与账号",
}

_ZH_NAMES = {
    "registry/event": {
        "DistrictFiguresRecorded": "区县经营主体数据已登记",
        "BatchOpened": "批次已启动",
        "DeliberationRecorded": "集体研究决定已登记",
        "PlaceFreed": "名额已空出",
        "ApplicationSubmitted": "申报已提交",
        "DocumentAttached": "申报材料已提交",
        "DocumentWithdrawn": "申报材料已撤回",
        "FormalCheckPassed": "形式审查已通过",
        "ReviewCheckRecorded": "审查项结果已登记",
        "ReviewConcluded": "资格审查已有结论",
        "ApplicationRejected": "申报未通过",
        "ApplicationListed": "申报已列入拟定名单",
        "ApplicationPutOnNotice": "申报单位已公示",
        "ApplicationDesignated": "申报单位已确定为联系点",
        "NoticePublished": "公示已发布",
        "NoticeObjected": "收到对公示的异议",
        "ObjectionDecided": "异议已处理",
        "UnitsDesignated": "公示单位已确定",
        "PointDesignated": "联系点已确定",
        "PointRetired": "联系点已退出",
        "SettingsChanged": "设置已变更",
        "SizeLimitsSet": "企业规模划分标准已设置",
        "WorkingDaysLoaded": "年度工作日安排已载入",
        "LimitMoved": "期限已重新计算",
        "PointDetailsChanged": "联系点信息已变更",
        "PointMoved": "联系点已迁移区县",
        "PointMerged": "联系点所在单位已并入其他联系点",
        "PointAbsorbed": "其他联系点的单位已并入",
        "PointLiaisonAppointed": "联系点联络员已确定",
        "BureauLiaisonAppointed": "司法局联络员已确定",
        "PlaqueGiven": "牌匾已授予",
        "PlaqueReturnAsked": "已要求交回牌匾",
        "PlaqueReturned": "牌匾已收回",
        "PointSuspended": "联系点已暂停",
        "PointResumed": "联系点已恢复",
        "CertificatePrefixSet": "证书字号已设置",
        "CertificateNumbered": "证书已编号",
        "TermBegun": "管理期限已开始",
        "TermReminderDue": "管理期限即将届满",
        "RenewalProposed": "续期已提出",
        "RenewalGraded": "续期考核结果已登记",
        "RenewalDecided": "续期已有决定",
        "RenewalCompleted": "续期已办结",
        "RenewalLapsed": "续期已终止",
        "RetirementOpened": "退出程序已启动",
        "RetirementFactsTold": "退出事实已告知",
        "StatementRecorded": "陈述申辩已登记",
        "StatementWaived": "已放弃陈述申辩",
        "RetirementDecided": "退出已有决定",
        "RetirementEnded": "退出程序已终止",
        "RetirementCompleted": "退出程序已办结",
        "PointProcedureOpened": "联系点有关程序已启动",
        "PointProcedureClosed": "联系点有关程序已结束",
    },
    "registry/command": {
        "RecordDistrictFigures": "登记区县经营主体数据",
        "OpenBatch": "启动批次",
        "SubmitApplication": "提交申报",
        "AttachDocument": "提交申报材料",
        "WithdrawDocument": "撤回申报材料",
        "PassFormalCheck": "通过形式审查",
        "FailFormalCheck": "不予通过形式审查",
        "RecordReviewCheck": "登记审查项结果",
        "ConcludeReview": "作出资格审查结论",
        "RecordDeliberation": "登记集体研究决定",
        "PublishNotice": "发布公示",
        "ObjectToNotice": "对公示提出异议",
        "DecideObjection": "处理异议",
        "DesignatePoints": "确定联系点",
        "RetirePoint": "办理联系点退出",
        "ChangeSettings": "变更设置",
        "SetSizeLimits": "设置企业规模划分标准",
        "LoadWorkingDays": "载入年度工作日安排",
        "RecomputeLimit": "重新计算期限",
        "ChangePointDetails": "变更联系点信息",
        "MovePoint": "迁移联系点",
        "MergePoint": "并入其他联系点",
        "AppointPointLiaison": "确定联系点联络员",
        "AppointBureauLiaison": "确定司法局联络员",
        "GivePlaque": "授予牌匾",
        "ReturnPlaque": "收回牌匾",
        "SuspendPoint": "暂停联系点",
        "ResumePoint": "恢复联系点",
        "SetCertificatePrefix": "设置证书字号",
        "ProposeRenewal": "提出续期",
        "RecordRenewalGrade": "登记续期考核结果",
        "DecideRenewal": "决定是否续期",
        "RenewPoint": "办理续期",
        "RemindOfTerm": "提醒管理期限即将届满",
        "EndTerm": "管理期限届满",
        "OpenRetirement": "启动退出程序",
        "TellRetirementFacts": "告知退出事实",
        "RecordStatement": "登记陈述申辩",
        "WaiveStatement": "放弃陈述申辩",
        "DecideRetirement": "决定是否退出",
    },
    "registry/query": {
        "ListBatches": "查询批次",
        "ShowBatch": "查看批次",
        "ListApplications": "查询申报",
        "OpenApplication": "查看申报详情",
        "OpenApplications": "查看一批申报的单位名称",
        "ListDocuments": "查询申报材料",
        "OpenDocument": "查看申报材料",
        "ListObjections": "查询异议",
        "OpenObjection": "查看异议",
        "ListNotices": "查询公示",
        "ShowNotice": "查看公示",
        "ListPoints": "查询联系点",
        "ShowPoint": "查看联系点",
        "OpenPoint": "查看联系点联络信息",
        "ListRetirements": "查询退出程序",
        "ReadRetirement": "查看退出程序详情",
        "ListRenewals": "查询续期",
        "ReadRenewal": "查看续期详情",
        "ListTasks": "查询待办事项",
        "ShowSettings": "查看设置",
        "ListSettingsChanges": "查询设置变更记录",
        "ListWorkingDays": "查看年度工作日安排",
    },
    "portal/event": {
        "AccountOpened": "账号已开设",
        "PasswordSet": "密码已设置",
        "PasswordRehashed": "密码存储方式已更新",
        "RoleGranted": "角色已授予",
        "RoleRevoked": "角色已收回",
        "TotpEnabled": "动态验证码已启用",
        "TotpDisabled": "动态验证码已停用",
        "IdentityBound": "统一身份已关联",
        "IdentityUnbound": "统一身份已解除关联",
        "AccountLocked": "账号已暂停登录",
        "SessionsEnded": "已退出全部登录",
        "AccountClosed": "账号已停用",
        "AccountReopened": "账号已重新启用",
        "AdministratorAdded": "管理员已增加",
        "AdministratorRemoved": "管理员已减少",
    },
    "portal/command": {
        "OpenAccount": "开设账号",
        "RegisterApplicant": "注册申报账号",
        "GrantRole": "授予角色",
        "RevokeRole": "收回角色",
        "ResetPassword": "重置密码",
        "ChangePassword": "修改密码",
        "RehashPassword": "更新密码存储方式",
        "EnableTotp": "启用动态验证码",
        "DisableTotp": "停用动态验证码",
        "BindIdentity": "关联统一身份",
        "UnbindIdentity": "解除统一身份关联",
        "LockAccount": "暂停账号登录",
        "EndSessions": "退出全部登录",
        "CloseAccount": "停用账号",
        "ReopenAccount": "重新启用账号",
    },
    "portal/query": {
        "ListAccounts": "查询账号",
        "ShowAccount": "查看账号",
    },
    "assessment/query": {
        "ShowCoverage": "查看联系点覆盖情况",
    },
}


def zh_name(service: str, kind: str, name: str) -> str:
    """The Chinese name of a type. Raises CannotPublish when it has none."""
    found = _ZH_NAMES.get(f"{service}/{kind}", {}).get(name)
    if found is None:
        raise CannotPublish(
            f"the {kind} {name} of {service} has no Chinese name: give it one in"
            " shared/contracts/publication/zh_names.py"
        )
    return found


def zh_service(service: str) -> str:
    """The Chinese name of a service. Raises CannotPublish when it has none."""
    found = ZH_SERVICES.get(service)
    if found is None:
        raise CannotPublish(
            f"the service {service} has no Chinese name: give it one in"
            " shared/contracts/publication/zh_names.py"
        )
    return found
