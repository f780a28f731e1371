"""Requests to a server of the protocol (spec/http.md), with the standard library."""

from __future__ import annotations

import email.utils
import http.client
import os
import random
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from secrets import token_hex
from typing import Any, Mapping, NamedTuple
from urllib.parse import urlsplit

from .read import ReadError, read
from .schema import shown

_KEY = re.compile(r"[!#-\[\]-~]{1,512}")
_CODE = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
# The server has not worked on the request; it, or something in front of it, failed halfway.
_WORTH_REPEATING = frozenset((429, 503, 507, 408, 425, 500, 502, 504))
# It breaks a rule, its id is taken, it was erased, it is too large.
_REFUSED = frozenset((400, 409, 410, 413, 422))
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
_LONGEST_ANSWER = 4 * 1024 * 1024
_LONGEST_PROBLEM = 256 * 1024
_LONGEST_CODE = 100


class SendError(Exception):
    """A server did not take what was sent.

    ``code`` is that of the server's Problem, such as ``record.invalid``, or ``client.unreachable``, ``client.timeout``,
    ``client.redirected``, ``client.status`` (an error without a Problem), ``client.answer`` (an answer that the protocol does
    not know) or ``client.digest`` (the server has something else than what was sent). ``status`` is that of HTTP, ``None``
    without an answer. No key stands in it.
    """

    def __init__(self, code: str, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        #: Seconds after which the server wants to be asked again.
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.message, self.status, self.retry_after)

    @property
    def may_succeed_later(self) -> bool:
        """Whether the same may be sent again: the server did not answer, had no time or no room, or failed."""
        return self.code in ("client.unreachable", "client.timeout") or self.status in _WORTH_REPEATING

    @property
    def is_refusal(self) -> bool:
        """Whether the server has looked at it and will never take it, whatever the key and the address."""
        return self.status in _REFUSED and not self.code.startswith("client.")


class Server(NamedTuple):
    """Where records are sent to.

    :param url: its address, such as ``http://127.0.0.1:3000``; a path in front of ``/api/v1`` is kept
    :param key: its key. It is sent to this address and nowhere else, and stands in no message
    :param attempts: most requests for one thing, the first one included
    :param timeout: most seconds without an answer
    """

    url: str
    key: str | None = None
    attempts: int = 4
    timeout: float = 30.0

    def __repr__(self) -> str:
        """Without the key."""
        return f"Server(url={self.url!r}, attempts={self.attempts!r}, timeout={self.timeout!r})"

    @classmethod
    def from_environment(cls) -> Server | None:
        """That of ``AGENT_RUN_SERVER_URL`` and ``AGENT_RUN_KEY``; ``None`` without the first."""
        url = os.environ.get("AGENT_RUN_SERVER_URL")
        return cls(url, os.environ.get("AGENT_RUN_KEY") or None) if url else None

    def check(self) -> None:
        """
        :raises ValueError: for an address or a key that cannot be meant; the key is never repeated
        """
        try:
            parts = urlsplit(self.url)
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except (ValueError, AttributeError, TypeError):
            is_address = False
        if not is_address or re.search(r"[\x00-\x20\x7f]", self.url):
            raise ValueError("url: expected the address of a server, such as http://127.0.0.1:3000")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise ValueError(
                "url: found a user, a query or a fragment, expected none: the key is an argument of its own"
            )
        if self.key is not None and (not isinstance(self.key, str) or _KEY.fullmatch(self.key) is None):
            raise ValueError("key: expected 1 to 512 visible ASCII characters without quote and backslash")

    def post(self, path: str, body: bytes, media_type: str) -> tuple[int, Mapping[str, Any]]:
        """Posts something that may be posted twice, and tries again where that can help: status and answer.

        :raises SendError: if it is not taken
        :raises ValueError: for an address or a key that cannot be meant
        """
        self.check()
        headers = {
            "Accept": "application/json, application/problem+json",
            "Content-Type": media_type,
            # One key for all attempts: the server knows that they are one request (AR-HTTP-028).
            "Idempotency-Key": token_hex(16),
            **({} if self.key is None else {"Authorization": f"Bearer {self.key}"}),
        }
        request = urllib.request.Request(f"{self.url.rstrip('/')}/api/v1{path}", body, headers, method="POST")
        failures = 0
        while True:
            try:
                return self._ask(request)
            except SendError as error:
                failures += 1
                wait = _wait_before(failures, error.retry_after or 0.0)
                if failures >= self.attempts or not error.may_succeed_later or wait is None:
                    raise
            time.sleep(wait)

    def _ask(self, request: urllib.request.Request) -> tuple[int, Mapping[str, Any]]:
        # A proxy of the environment is for other machines.
        is_here = urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1")
        proxies = [urllib.request.ProxyHandler({})] if is_here else []
        opener = urllib.request.build_opener(_NoRedirects, *proxies)
        try:
            with opener.open(request, timeout=self.timeout) as answer:
                return answer.status, _object(self._body(answer, _LONGEST_ANSWER), answer.status)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            if isinstance(reason, (TimeoutError, socket.timeout)):
                raise SendError("client.timeout", f"the server was silent for {self.timeout:g} s") from None
            if isinstance(reason, ssl.SSLError):
                words = f"no connection that can be trusted: {getattr(reason, 'verify_message', '') or reason.reason}"
            else:
                words = f"there is no answer: {getattr(reason, 'strerror', None) or type(reason).__name__}"
            raise SendError("client.unreachable", self._harmless(words)) from None

    def _refused(self, answer: urllib.error.HTTPError) -> SendError:
        if 300 <= answer.code < 400:
            return SendError(
                "client.redirected", f"the server redirects ({answer.code}); make where to the url", answer.code
            )
        retry_after = _seconds(answer.headers.get("Retry-After"), answer.headers.get("Date"))
        problem: Any = None
        try:
            problem = read(self._body(answer, _LONGEST_PROBLEM))
        except (ReadError, OSError, http.client.HTTPException):
            pass
        code = self._code_of(problem)
        if code is None or not isinstance(problem.get("title"), str):
            words = f"the server answered {answer.code} and did not say why"
            return SendError("client.status", words, answer.code, retry_after)
        detail = problem.get("detail")
        said = [problem["title"] if not isinstance(detail, str) else f"{problem['title']}: {detail}"]
        errors = problem.get("errors")
        for each in errors[:3] if isinstance(errors, list) else ():
            if isinstance(each, dict) and isinstance(each.get("message"), str):
                place = each.get("pointer", each.get("parameter"))
                said.append(f"{each.get('code')} at {place or 'the root'}: {each['message']}")
        return SendError(code, self._harmless("; ".join(said) + f" ({answer.code})"), answer.code, retry_after)

    def _code_of(self, problem: Any) -> str | None:
        """The code of a Problem: none of this client, and nothing that gives back the key."""
        code = problem.get("code") if isinstance(problem, dict) else None
        if not isinstance(code, str) or len(code) > _LONGEST_CODE or _CODE.fullmatch(code) is None:
            return None
        return None if code.startswith("client.") or (self.key is not None and self.key in code) else code

    def _body(self, answer: Any, most: int) -> bytes:
        """What a server says: one byte too much where it is too long, and no longer waited for than for the answer.

        :raises TimeoutError: if it comes too slowly
        """
        body, end = bytearray(), time.monotonic() + self.timeout
        while len(body) <= most:
            piece = answer.read1(min(65536, most + 1 - len(body)))
            if not piece:
                break
            body += piece
            if time.monotonic() > end:
                raise TimeoutError
        return bytes(body)

    def _harmless(self, text: str) -> str:
        """A text of somebody else for a message: without the key, in one line, nothing in it that moves a cursor."""
        return shown(text if self.key is None else text.replace(self.key, "…"), 400)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A key goes to the address that it was given for, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _object(data: bytes, status: int) -> Mapping[str, Any]:
    value: Any = None
    try:
        value = read(data) if len(data) <= _LONGEST_ANSWER else None
    except ReadError:
        pass
    if not isinstance(value, dict):
        raise SendError("client.answer", "the answer is none of the protocol; look at what listens there", status)
    return value


def _wait_before(failures: int, retry_after: float) -> float | None:
    """Seconds before the next request, drawn at random; ``None`` if the server wants more patience than there is."""
    if retry_after > _LONGEST_WAIT:
        return None
    spread = random.random() * min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (failures - 1))
    return float(min(_LONGEST_WAIT, retry_after + spread))


def _seconds(header: str | None, date: str | None) -> float | None:
    """``Retry-After``: seconds, or a time, counted from the ``Date`` of the same answer."""
    if header is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", header.strip()):
        return float(header)
    try:
        now = time.time() if date is None else email.utils.parsedate_to_datetime(date).timestamp()
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None
