"""The text of a message: read, checked, parsed and cut to what Telegram keeps."""

from typing import Any

from emulator.answers import bad_request
from emulator.entities import KINDS, Entity, clean, detected, merged, parse_html, trimmed, utf16_length
from emulator.parameters import Parameters

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024


def message_text(parameters: Parameters) -> tuple[str, list[Entity]]:
    """`text` as plain text of 1 to 4096 characters and its entities."""
    if not parameters.text("text"):
        raise bad_request("Message text is empty")
    text, entities = _formatted(parameters, "text", "entities")
    if not text:
        raise bad_request("Text must be non-empty")
    if len(text) > TEXT_LENGTH:
        raise bad_request("Message is too long")
    return text, entities


def message_caption(parameters: Parameters) -> tuple[str, list[Entity]]:
    """`caption` as plain text of at most 1024 characters and its entities."""
    text, entities = _formatted(parameters, "caption", "caption_entities")
    if len(text) > CAPTION_LENGTH:
        raise bad_request("Message caption is too long")
    return text, entities


def _formatted(parameters: Parameters, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    source = parameters.text(name)
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        raise bad_request("Unsupported parse_mode")
    else:
        text, entities = source, _given(parameters, entities_name, utf16_length(source))
    text, entities = trimmed(clean(text), entities)
    return text, merged(entities, detected(text))


def _given(parameters: Parameters, name: str, length: int) -> list[Entity]:
    """Entities a bot gives itself; one that reaches beyond the text is cut, one of an unknown kind is refused."""
    given = parameters.structure(name, "entities")
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of MessageEntity")
    kept = [_checked(entity, length) for entity in given]
    return [entity for entity in kept if entity["length"] > 0]


def _checked(entity: Any, length: int) -> Entity:
    problem = "Can't parse MessageEntity: "
    if not isinstance(entity, dict):
        raise bad_request(problem + "Expected an Object")
    if entity.get("type") not in KINDS:
        raise bad_request(problem + "Unsupported type specified")
    offset, size = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(size, int):
        raise bad_request(problem + 'Field "offset" must be of type Number')
    if offset < 0 or size < 0:
        raise bad_request("Entity has a negative offset or length")
    return {**entity, "offset": offset, "length": min(size, length - offset)}
