"""What the assessment service's types are called in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from shared.contracts.publication.zh_names_duties import (
    DUTY_COMMANDS,
    DUTY_EVENTS,
    DUTY_QUERIES,
)

ASSESSMENT: Mapping[str, Mapping[str, str]] = {
    "assessment/event": {
        "SettingsChanged": "考核评价设置已变更",
        **DUTY_EVENTS,
    },
    "assessment/command": {
        "ChangeSettings": "变更考核评价设置",
        **DUTY_COMMANDS,
    },
    "assessment/query": {
        "ListCasesBehind": "查看数字背后的线索",
        "ShowAssessmentSettings": "查看考核评价设置",
        "ShowCoverage": "查看联系点覆盖情况",
        "ShowSupervision": "查看监督情况",
        **DUTY_QUERIES,
    },
}
