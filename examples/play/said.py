"""What a JSON Schema finds wrong, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import ValidationError

from examples.play.lines import Path

_TYPES = {
    "object": "一组字段",
    "array": "列表",
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或者 false",
    "null": "空",
}


def said(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """Below the error's own place: where exactly, and a sentence."""
    limit: Any = error.validator_value
    match error.validator:
        case "required":
            for name in limit:
                if name not in error.instance:
                    yield (), f"缺少「{name}」"
        case "dependentRequired":
            for name, needed in limit.items():
                for missing in set(needed) - set(error.instance):
                    if name in error.instance:
                        yield (name,), f"写了它就还要写「{missing}」"
        case "additionalProperties":
            for name in error.instance:
                if name not in error.schema["properties"]:
                    yield (name,), "没有这个字段"
        case _:
            yield (), _sentence(str(error.validator), limit)


def _sentence(keyword: str, limit: Any) -> str:
    match keyword:
        case "type":
            kinds = [limit] if isinstance(limit, str) else limit
            return f"应为{'或'.join(_TYPES[its] for its in kinds)}"
        case "enum":
            return f"只能是：{'、'.join(map(str, limit))}"
        case "const":
            return f"只能是 {str(limit).lower()}"
        case "pattern":
            return f"格式不符，应为 {limit}"
        case "minimum" | "maximum":
            return f"{'不能小于' if keyword == 'minimum' else '不能大于'} {limit}"
        case "minLength" | "maxLength":
            return f"{'至少' if keyword == 'minLength' else '至多'} {limit} 个字"
        case "minItems" | "minProperties":
            return f"至少 {limit} 项"
        case "uniqueItems":
            return "各项不能重复"
    return "此处不应填写"
