"""The AsyncAPI 3.0 document: where other systems find our events, and what is in them.

A channel is one routing key of a service's public exchange. Its messages are all released
versions of the type, since a replay of the log gives an event in the version it was stored in.
AsyncAPI tells what *one* application does; here both ends of a channel are told: `publish…` is
what our service sends, `subscribe…` what another system receives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from shared.contracts.publication.contract import EVENT, Contract
from shared.contracts.publication.documents import cloudevent_path
from shared.contracts.publication.stand_in import stand_ins_of
from shared.contracts.publication.zh_names import zh_name, zh_service

ASYNCAPI = "3.0.0"
BINDING = "0.3.0"
PATH = "asyncapi.json"

_INFO = {
    "title": "Jiandu events",
    "version": "1.0.0",
    "description": (
        "Events of a city's administrative law-enforcement supervision contact points, for other"
        " government systems. Each is a CloudEvents 1.0 JSON object (structured mode) sent as"
        " application/json; what is not public is withheld behind a digest. Delivery is at least"
        " once, `sequence` is gapless: of an event that is not published, its position and leaf"
        " are sent in its place. A type's shape changes only with its schema version."
    ),
    "license": {"name": "Apache-2.0"},
    "x-zh": (
        "行政执法监督联系点系统对外发布的事件，供其他政务系统订阅。每个事件是一个 CloudEvents 1.0"
        " JSON 对象；不公开的内容以摘要代替。事件至少送达一次，序号（sequence）连续不断；"
        "不公开的事件，在其序号上只发送叶子的摘要。"
        "同一版本（schema_version）的事件结构不会改变。"
    ),
}
_SERVERS = {
    "broker": {
        "host": "broker.example.invalid:5671",
        "protocol": "amqps",
        "protocolVersion": "0-9-1",
        "description": (
            "The bureau's RabbitMQ. The host is a placeholder: address, virtual host and account"
            " come with a subscription."
        ),
        "security": [{"$ref": "#/components/securitySchemes/account"}],
        "x-zh": "司法局的消息服务器。此处为示例地址，实际地址和账号在办理订阅时提供。",
    }
}
_SECURITY = {
    "account": {
        "type": "userPassword",
        "description": "An account that may read from the public exchanges only.",
    }
}
_PROPERTIES = {
    "type": "object",
    "description": "The AMQP properties, beside the content type application/json.",
    "properties": {
        "message_id": {
            "type": "string",
            "description": "Log and position, such as registry/412: the same at each delivery.",
        },
        "type": {"type": "string", "description": "The event's type, as the routing key."},
        "timestamp": {
            "type": "integer",
            "description": "Seconds since 1970-01-01 UTC at which the event got its position.",
        },
    },
}


def asyncapi_document(contracts: Iterable[Contract]) -> dict[str, Any]:
    """The document for all published events among the contracts, older versions included.

    A service with others has a channel for what stands in their place. Payloads are the schema
    files beside it. Raises CannotPublish without a Chinese name.
    """
    every = list(contracts)
    published = [each for each in every if each.kind == EVENT and not each.unpublished]
    events = sorted(
        [*published, *stand_ins_of(every)],
        key=lambda contract: (contract.service, contract.name, contract.version),
    )
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    for (service, name), versions in groupby(events, lambda each: (each.service, each.name)):
        channel, of_type = f"{service}.{name}", list(versions)
        channels[channel] = _channel(of_type)
        operations |= _operations(channel, of_type)
    return {
        "asyncapi": ASYNCAPI,
        "id": "urn:jiandu:events",
        "info": _INFO,
        "defaultContentType": "application/json",
        "servers": _SERVERS,
        "channels": channels,
        "operations": operations,
        "components": {
            "messages": {_message_name(event): _message(event) for event in events},
            "schemas": {"amqpProperties": _PROPERTIES},
            "securitySchemes": _SECURITY,
        },
    }


def public_exchange(service: str) -> str:
    """Where a service's public events go; a test holds it to `shared.messaging.topology`."""
    return f"{service}.public.events"


def _channel(versions: list[Contract]) -> dict[str, Any]:
    newest = versions[-1]
    exchange = public_exchange(newest.service)
    return {
        "address": newest.name,
        "title": newest.name,
        "description": (
            f"Routing key {newest.name} of the topic exchange {exchange}. Bind a queue of your"
            " own; the key # brings every position of the service's log."
        ),
        "x-zh": f"{zh_service(newest.service)}：{_zh(newest)}",
        "servers": [{"$ref": "#/servers/broker"}],
        "messages": {
            _message_name(each): {"$ref": f"#/components/messages/{_message_name(each)}"}
            for each in versions
        },
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {
                    "name": exchange,
                    "type": "topic",
                    "durable": True,
                    "autoDelete": False,
                    "vhost": "/",
                },
                "bindingVersion": BINDING,
            }
        },
    }


def _operations(channel: str, versions: list[Contract]) -> dict[str, Any]:
    newest = versions[-1]
    return {
        f"publish.{channel}": {
            **_operation("send", channel, versions),
            "summary": f"The {newest.service} service tells of it, once it is in the log.",
            "x-zh": f"由“{zh_service(newest.service)}”服务发布：{_zh(newest)}",
            "bindings": {
                "amqp": {"deliveryMode": 2, "mandatory": False, "bindingVersion": BINDING}
            },
        },
        f"subscribe.{channel}": {
            **_operation("receive", channel, versions),
            "summary": "Another system learns of it.",
            "x-zh": f"由其他政务系统订阅：{_zh(newest)}",
            "bindings": {"amqp": {"ack": True, "bindingVersion": BINDING}},
        },
    }


def _operation(action: str, channel: str, versions: list[Contract]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [
            {"$ref": f"#/channels/{channel}/messages/{_message_name(each)}"} for each in versions
        ],
    }


def _message(event: Contract) -> Mapping[str, Any]:
    message = {
        "name": event.name,
        "title": f"{event.name}, schema version {event.version}",
        "x-zh": _zh(event),
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/amqpProperties"},
        "payload": {"$ref": cloudevent_path(event)},
        "bindings": {
            "amqp": {
                "contentEncoding": "utf-8",
                "messageType": event.name,
                "bindingVersion": BINDING,
            }
        },
    }
    return message if event.description is None else {**message, "summary": event.description}


def _message_name(event: Contract) -> str:
    return f"{event.service}.{event.name}.{event.version}"


def _zh(event: Contract) -> str:
    return zh_name(event.service, event.kind, event.name)
