"""The fields of events about points' duties by their Chinese names, beside those of others."""

from __future__ import annotations

from collections.abc import Mapping

DUTY_FIELDS: Mapping[str, str] = {
    "absent": "应到未到的联系点",
    "allocated": "已安排经费（分）",
    "asked_on": "提问日期",
    "attended": "到场的联系点",
    "audience": "受众人数",
    "entry_id": "经费记录编号",
    "form": "形式",
    "funding_id": "经费编号",
    "handed_in_on": "报送日期",
    "in_time": "是否按期",
    "publicity_id": "宣传活动编号",
    "quarter": "季度",
    "report_id": "季度报告编号",
    "spent": "已支出经费（分）",
    "spent_on": "支出日期",
    "training_id": "培训编号",
}
