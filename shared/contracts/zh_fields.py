"""What is wrong with a field, in Chinese: one sentence a problem code, for whoever typed it."""

from __future__ import annotations

from shared.contracts.errors import Problem
from shared.contracts.reasons import Reason
from shared.contracts.zh import REFUSALS

_SENTENCES = {
    "missing": "请填写此项。",
    "wrong_type": "填写的内容类型不对，请按示例填写。",
    "bad_format": "格式不对，请按示例填写。",
    "bad_length": "长度不符合要求，请增减后再提交。",
    "bad_encoding": "文件编码无法识别，请另存为 UTF-8 或者 GBK 编码的 CSV 文件。",
    "bad_text": "含有无法识别的字符，请删除后再提交。",
    "not_trimmed": "开头或结尾有空格，请删除。",
    "out_of_range": "数值或日期超出允许的范围，请核对。",
    "too_early": "日期早于可以登记的第一天，请核对。",
    "not_in_vocabulary": "请从给出的选项中选择。",
    "duplicate": "有重复的内容，请删除重复项。",
    "not_allowed": "此情形下不需要填写此项，请清空。",
    "unknown_field": "不认识的字段，请删除。",
    "unknown_point": "不是您辖区内的联系点，请核对。",
    "unknown_division": "没有这个行政区划代码，请核对。",
    "own_recommender": "申报单位不能推荐自己，请填写实际推荐的单位。",
    "not_eligible": "国家机关等不能申报为联系点。",
    "bad_credit_code": "统一社会信用代码的校验位不符，请核对每一位。",
    "bad_cursor": "翻页标记无效，请从第一页重新查看。",
    "bad_key": "字段名不符合要求。",
    "too_deep": "内容嵌套过深，请简化。",
    "number_too_large": "数值过大，请核对单位。",
    "float": "请填写整数。",
    "not_sealed": "个人信息没有加密，不能接收。",
    "unknown_type": "没有这种事项。",
    "too_old": "内容的版本过旧，请刷新后重新填写。",
    "too_new": "内容的版本过新，请稍后再试。",
    "invalid": "填写的内容有误，请核对。",
    "bad_id": "编号格式不对，请核对。",
}

CODES = frozenset(_SENTENCES)
_REASONS = frozenset(str(reason) for reason in Reason)


def field_sentence(problem: Problem) -> str:
    """What to tell a person about one field; a code without a sentence is merely wrong.

    What the rules refuse because of a field has the reason as its code.
    """
    if problem.code in _REASONS:
        return REFUSALS[Reason(problem.code)]
    return _SENTENCES.get(problem.code, _SENTENCES["invalid"])
