"""The parameters of a call: from the query string, an urlencoded, JSON or multipart body, as one mapping.

Source: https://core.telegram.org/bots/api#making-requests. All four ways mean the same: an object is JSON text in a
form and an object in a JSON body, a number is text in a form.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from emulator.answers import bad_request

_NAME = re.compile(rb'[;\s]name="([^"]*)"')
_FILE_NAME = re.compile(rb'[;\s]filename="([^"]*)"')
_CONTENT_TYPE = re.compile(rb"(?im)^content-type:\s*([^\s;]+)")
_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_ESCAPED = re.compile(r"%(22|0A|0D)")
_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(slots=True)
class Parameters:
    """What a call was given; every reader has Telegram's leniency about text and numbers, and its refusals."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text, empty where there is none; what is no UTF-8 is a 400."""
        value = self.values.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else json.dumps(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise bad_request("Strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default where there is none or it is no number."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def boolean(self, name: str) -> bool:
        """True for true, yes and 1 in any case."""
        return str(self.values.get(name, "")).strip().lower() in _TRUE

    def structure(self, name: str, what: str) -> Any:
        """An object or array, or None where there is none; what is no JSON is a 400 that says `what` it should be."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"Can't parse {what} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """A file given under the name itself or by `attach://` (#sending-files)."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def recorded(self) -> dict[str, Any]:
        """The values with the names of the files in place of the files: what the list of calls keeps."""
        if not self.uploads:
            return self.values
        return self.values | {name: upload.name for name, upload in self.uploads.items()}


def read_parameters(query: bytes, content_type: str, body: bytes) -> Parameters:
    """The parameters of a request from its query string and body; ApiError 400 for a body that cannot be read."""
    parameters = Parameters()
    if query:
        parameters.values.update(_form(query))
    if not body:
        return parameters
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        parameters.values.update(_form(body))
    elif kind == "application/json":
        parameters.values.update(_json_object(body))
    elif kind == "multipart/form-data":
        _read_multipart(parameters, content_type, body)
    return parameters


def _form(data: bytes) -> dict[str, str]:
    text = data.decode("ascii", "replace")
    return dict(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("Can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("Object expected as request body")
    return {name: item for name, item in value.items() if item is not None}


def _read_multipart(parameters: Parameters, content_type: str, body: bytes) -> None:
    """Splits a multipart body (RFC 7578): parts with a file name are uploads, the others are values."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise bad_request("Can't parse multipart/form-data: boundary not found")
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.group(1).encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if name is None:
            raise bad_request("Can't parse multipart/form-data: part without a name")
        key = name.group(1).decode("utf-8", "surrogateescape")
        file_name = _FILE_NAME.search(head)
        if file_name is None:
            parameters.values[key] = content.decode("utf-8", "surrogateescape")
        else:
            parameters.uploads[key] = _upload(file_name.group(1), head, content)


def _upload(file_name: bytes, head: bytes, content: bytes) -> Upload:
    name = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), file_name.decode("utf-8", "replace"))
    mime_type = _CONTENT_TYPE.search(head)
    return Upload(
        name.replace("\\", "/").rsplit("/", 1)[-1],
        content,
        mime_type.group(1).decode("ascii", "replace") if mime_type else "application/octet-stream",
    )
