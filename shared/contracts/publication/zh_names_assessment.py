"""What the assessment service's types are called in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

ASSESSMENT: Mapping[str, Mapping[str, str]] = {
    "assessment/event": {
        "SettingsChanged": "考核评价设置已变更",
    },
    "assessment/command": {
        "ChangeSettings": "变更考核评价设置",
    },
    "assessment/query": {
        "ListCasesBehind": "查看数字背后的线索",
        "ShowAssessmentSettings": "查看考核评价设置",
        "ShowCoverage": "查看联系点覆盖情况",
        "ShowSupervision": "查看监督情况",
    },
}
