"""The arguments of a function by their names, as a tool call has them."""

from __future__ import annotations

import inspect
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Sequence

_VAR_POSITIONAL, _VAR_KEYWORD = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD


class Given(NamedTuple):
    """What a function is called with: arguments of the call, and what is handed in beside them."""

    arguments: dict[str, Any]
    beside: dict[str, Any]
    #: Whether nobody knows the names: the arguments are ``args`` and ``kwargs``.
    is_raw: bool = False


class Form:
    """How a function is called."""

    def __init__(self, function: Callable[..., Any], leave_out: Iterable[str] = ()) -> None:
        """:param leave_out: names of parameters that are no arguments of the call; ``self`` and ``cls`` come first anyway"""
        self._function = function
        try:
            self._signature: inspect.Signature | None = inspect.signature(function)
        except (TypeError, ValueError):
            # Some functions that are not written in Python don't say.
            self._signature = None
        # A wrapper may be called otherwise than it says.
        self._is_certain = inspect.isfunction(function) and not {"__wrapped__", "__signature__"} & {*vars(function)}
        names = list(self._signature.parameters) if self._signature else []
        self._left_out = {*leave_out, *(name for name in names[:1] if name in ("self", "cls"))}
        kinds = {each.kind: each.name for each in self._signature.parameters.values()} if self._signature else {}
        self._more: str | None = kinds.get(_VAR_KEYWORD)

    def given(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Given | None:
        """What a call gives; ``None`` if it does not fit, and Python says best why."""
        if self._signature is None:
            return _raw(args, kwargs) if args else Given(dict(kwargs), {})
        try:
            bound = dict(self._signature.bind(*args, **kwargs).arguments)
        except TypeError:
            return None if self._is_certain else _raw(args, kwargs)
        more = bound.pop(self._more, {}) if self._more else {}
        if any(name in self._signature.parameters and name != self._more for name in more):
            # Two arguments of one name, of which one stands by its place.
            return _raw(args, kwargs)
        beside = {name: bound.pop(name) for name in list(bound) if name in self._left_out}
        return Given({**bound, **more}, beside)

    def call(self, given: Given, arguments: Mapping[str, Any]) -> Any:
        """Calls the function with arguments by their names.

        :param given: what it was called with
        :param arguments: what it may be called with instead
        """
        if given.is_raw:
            return self._function(*arguments["args"], **arguments["kwargs"])
        if self._signature is None:
            return self._function(**arguments)
        bound = self._signature.bind_partial()
        known = self._signature.parameters
        more = {name: value for name, value in arguments.items() if name not in known or name == self._more}
        values = {**{name: value for name, value in arguments.items() if name not in more}, **given.beside}
        if self._more and more:
            values[self._more] = more
        # In the order of the parameters: what stands by its place has to.
        bound.arguments.update({name: values[name] for name in known if name in values})
        return self._function(*bound.args, **bound.kwargs)


def _raw(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Given:
    return Given({"args": list(args), "kwargs": dict(kwargs)}, {}, is_raw=True)
