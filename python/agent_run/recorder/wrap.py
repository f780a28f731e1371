"""Decorators: tools and agents that record themselves."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, Iterable, Mapping, Sequence, TypeVar, overload

from .form import Form
from .present import RUN, Present, current_run
from .recorder import Recorder
from .step import Effect
from .streams import followed, is_generator

F = TypeVar("F", bound=Callable[..., Any])
_Call = Callable[[Sequence[Any], Mapping[str, Any]], Any]


@overload
def tool(function: F) -> F: ...


@overload
def tool(
    *,
    name: str | None = None,
    side_effects: Sequence[Effect] = (),
    leave_out: Iterable[str] = (),
    show: Callable[[Any], object] | None = None,
    **members: Any,
) -> Callable[[F], F]: ...


def tool(
    function: Any = None,
    *,
    name: str | None = None,
    side_effects: Sequence[Effect] = (),
    leave_out: Iterable[str] = (),
    show: Callable[[Any], object] | None = None,
    **members: Any,
) -> Any:
    """Makes a function a tool whose calls are recorded, in the run in whose ``with`` block it is called.

    Outside of any it works as before. Policy and people decide about it as about :meth:`Recorder.tool_call`.

    >>> @tool(side_effects=["write"])
    ... def write_file(path: str, content: str) -> str:
    ...     return f"wrote {path}"
    >>> with Recorder("release-bot", directory=None) as run:
    ...     answer = write_file("notes.md", content="…")
    >>> run.record["steps"][0]["tool_name"], answer
    ('write_file', 'wrote notes.md')

    :param name: of the tool; that of the function unless given
    :param side_effects: what a call promises to do: kinds, such as ``"write"``, or their members
    :param leave_out: names of parameters that are no arguments of the call, such as a context that a framework hands in;
        ``self`` and ``cls`` are left out anyway
    :param show: what of the result the preview shows
    :param members: members of the step, such as ``mcp_server``
    """

    def decorate(function: Any) -> Any:
        form = Form(function, leave_out)
        tool_name = name or str(getattr(function, "__name__", "unknown"))
        said: dict[str, Any] = {"side_effects": side_effects, "show": show, **members}

        def call(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
            run, given = current_run(), form.given(args, kwargs)
            if run is None or given is None:
                return function(*args, **kwargs)

            def execute(**allowed: Any) -> Any:
                return form.call(given, allowed)

            async def execute_later(**allowed: Any) -> Any:
                return await form.call(given, allowed)

            is_async = inspect.iscoroutinefunction(function)
            return run.tool_call(tool_name, given.arguments, execute_later if is_async else execute, **said)

        return _alike(function, call)

    return decorate if function is None else decorate(function)


def recorded(agent_id: str, **options: Any) -> Callable[[F], F]:
    """Makes a function an agent: each call of it is a run of its own, with what it was given and what it returned.

    Called by another agent that is recorded, it is work that was handed on: both records name each other. Inside of it,
    ``current_run()`` is its recorder.

    >>> @recorded("release-bot", directory=None)
    ... def release(tag: str) -> str:
    ...     return f"released {tag}"
    >>> release("beta")
    'released beta'

    :param options: as those of :class:`Recorder`
    """

    def decorate(function: Any) -> Any:
        form = Form(function)

        def begin(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Recorder:
            given = form.given(args, kwargs)
            asked = dict(kwargs) if given is None else given.arguments
            start = {"input": next(iter(asked.values())) if len(asked) == 1 else asked or None, **options}
            above = current_run()
            return Recorder(agent_id, **start) if above is None else above.child(agent_id, start=start)

        async def later(run: Recorder, pending: Any) -> Any:
            async with run:
                result = await pending
                run.end(output=result)
            return result

        def call(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
            run = begin(args, kwargs)
            try:
                with Present(RUN, run):
                    result = function(*args, **kwargs)
            except BaseException:
                # It failed, or is not called as it has to be.
                with run:
                    raise
            if is_generator(result):
                return followed(result, lambda: Present(RUN, run), functools.partial(_end, run))
            if inspect.isawaitable(result):
                return later(run, result)
            with run:
                run.end(output=result)
            return result

        return _alike(function, call)

    return decorate


def _end(run: Recorder, result: object, error: BaseException | None) -> None:
    # Whoever reads may have had enough.
    run.end("cancelled" if isinstance(error, GeneratorExit) else None, output=result, error=error)


def _alike(function: Any, call: _Call) -> Any:
    """A function of the same kind as another one, by which frameworks tell what to do with it."""
    made: Any
    if inspect.isasyncgenfunction(function):

        async def made(*args: Any, **kwargs: Any) -> Any:
            pieces = call(args, kwargs)
            if inspect.isawaitable(pieces):
                # Somebody was asked first.
                pieces = await pieces
            # What the reader sends and throws goes on to the function, as with ``yield from``.
            ask, given = pieces.asend, None
            while True:
                try:
                    piece = await ask(given)
                except StopAsyncIteration:
                    return
                ask = pieces.asend
                try:
                    given = yield piece
                except GeneratorExit:
                    await pieces.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001 - whoever reads throws it to who writes
                    ask, given = pieces.athrow, error
    elif inspect.isgeneratorfunction(function):

        def made(*args: Any, **kwargs: Any) -> Any:
            return (yield from call(args, kwargs))
    elif inspect.iscoroutinefunction(function):

        async def made(*args: Any, **kwargs: Any) -> Any:
            return await call(args, kwargs)
    else:

        def made(*args: Any, **kwargs: Any) -> Any:
            return call(args, kwargs)

    return functools.wraps(function)(made)
