"""The members of a request, as the operations ask for them. One that can't be read is a fault of the suite."""

from __future__ import annotations

from typing import Any, cast

from ..read import read


class Input:
    """What stands in ``input`` of a request (conformance/harness.md)."""

    def __init__(self, members: dict[str, Any]) -> None:
        """:param members: as they came"""
        self._members = members

    def has(self, name: str) -> bool:
        """Whether there is a member."""
        return name in self._members

    def value(self, name: str) -> Any:
        """A member that has to be there."""
        return self._members[name]

    def optional(self, name: str, otherwise: Any = None) -> Any:
        """A member that may be missing or null."""
        value = self._members.get(name)
        return otherwise if value is None else value

    def object(self, name: str) -> dict[str, Any]:
        """A member that is an object."""
        return cast("dict[str, Any]", self._members[name])

    def text(self, name: str) -> str:
        """A member that is a string."""
        return str(self._members[name])

    def octets(self, name: str) -> bytes:
        """A member that is bytes in hexadecimal digits."""
        return bytes.fromhex(self._members[name])

    def all_octets(self, name: str) -> list[bytes]:
        """A list of such."""
        return [bytes.fromhex(each) for each in self._members[name]]

    def file(self) -> bytes:
        """The bytes of a file, as ``input_hex`` or as ``input_text``."""
        return self.octets("input_hex") if self.has("input_hex") else self.text("input_text").encode("utf-8")

    def parsed(self) -> Any:
        """The value in a file that is good."""
        return read(self.file())
