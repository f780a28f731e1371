"""Decorators: tools and agents that record themselves."""

import asyncio
import functools
import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any, AsyncIterator, Iterator, List, Optional

import pytest

from agent_run import CallRefused, Recorder, current_run, recorded, tool, verify
from tests.recorded import SIGNER, ended, steps_of


def quiet(**options: Any) -> Recorder:
    return Recorder("a", directory=None, **options)


@tool
def add(a: int, b: int = 2, *more: int, **named: int) -> int:
    """Adds numbers."""
    return a + b + sum(more) + sum(named.values())


@tool(name="read-file", side_effects=["read"], leave_out=["context"])
async def read_file(context: object, path: str) -> str:
    await asyncio.sleep(0)
    assert context == "handed in"
    return f"{path}: {current_run() is not None}"


class Files:
    @tool(side_effects=["write"])
    def write(self, path: str, /, content: str) -> "Files":
        assert isinstance(self, Files)
        return self

    @classmethod
    @tool
    def make(cls, name: str) -> str:
        return f"{cls.__name__} {name}"


def test_outside_of_a_run_a_tool_is_what_it_was() -> None:
    assert (add(1), add.__doc__, str(inspect.signature(add))[:8]) == (3, "Adds numbers.", "(a: int,")
    assert inspect.iscoroutinefunction(read_file)
    assert asyncio.run(read_file("handed in", "x")) == "x: False"
    with pytest.raises(TypeError):
        add()  # type: ignore[call-arg]


def test_calls_are_recorded_by_the_names_of_their_arguments() -> None:
    files = Files()
    with quiet() as run:
        assert add(1) == 3
        assert add(1, 2, 3, 4, c=5) == 15
        assert files.write("notes.md", content="x") is files
        assert Files.make("new") == "Files new"
        assert asyncio.run(read_file("handed in", path="x")) == "x: True"
        with pytest.raises(TypeError):
            add()  # type: ignore[call-arg]
    assert [(step["tool_name"], step["input_preview"]) for step in steps_of(ended(run))] == [
        ("add", '{"a":1}'),
        ("add", '{"a":1,"b":2,"more":[3,4],"c":5}'),
        ("write", '{"path":"notes.md","content":"x"}'),
        ("make", '{"name":"new"}'),
        ("read-file", '{"path":"x"}'),
    ]
    assert current_run() is None


def test_people_are_asked_about_decorated_tools() -> None:
    with quiet(ask=lambda request: request.call.arguments != {"a": 7}) as run:
        assert add(1, 2, 3, x=4) == 10
        assert Files().write("a", content="b")
        with pytest.raises(CallRefused):
            add(7)
    states = [step["approval"]["state"] for step in steps_of(ended(run))]
    assert states == ["approved", "approved", "denied"]


def test_an_agent_is_a_run_of_its_own(tmp_path: Path) -> None:
    runs: List[Recorder] = []

    def note() -> None:
        run = current_run()
        assert run is not None
        runs.append(run)

    @recorded("lead", directory=tmp_path, signer=SIGNER)
    def lead(question: str) -> str:
        note()
        return asyncio.run(helper(question, depth=add(1)))

    @recorded("helper")
    async def helper(question: str, depth: int) -> str:
        note()
        await asyncio.sleep(0)
        return f"{question} {depth}"

    assert lead("why") == "why 3"
    parent, child = (ended(run) for run in runs)
    assert (parent["agent_id"], parent["input_preview"], parent["output_preview"]) == ("lead", "why", "why 3")
    assert (child["parent_run_id"], child["input_preview"]) == (parent["id"], '{"question":"why","depth":3}')
    assert [step["type"] for step in steps_of(parent)] == ["tool_call", "handoff", "handoff_result"]
    assert steps_of(parent)[2]["output_preview"] == "why 3"
    assert [edge["state"] for edge in verify(child, related=[parent])["edges"]] == ["mutual"]


def test_an_agent_that_fails() -> None:
    error = ConnectionResetError("gone")
    seen: List[Optional[Recorder]] = []

    @recorded("a", directory=None)
    def agent() -> None:
        seen.append(current_run())
        raise error

    with pytest.raises(ConnectionResetError) as caught:
        agent()
    assert caught.value is error and seen[0] is not None
    assert (ended(seen[0])["status"], ended(seen[0])["error_type"]) == ("failed", "network")


def test_pieces_are_recorded_until_they_end() -> None:
    @tool
    def count(to: int) -> Iterator[str]:
        assert current_run() is not None
        for number in range(to):
            yield str(number)
        return None

    @tool
    async def count_later(to: int) -> AsyncIterator[str]:
        for number in range(to):
            await asyncio.sleep(0)
            yield str(number)

    async def later() -> None:
        assert [piece async for piece in count_later(3)] == ["0", "1", "2"]

    with quiet() as run:
        pieces = count(3)
        assert "".join(pieces) == "012" and inspect.isgenerator(pieces)
        asyncio.run(later())
        some = count(5)
        assert next(some) == "0"
        some.close()  # type: ignore[attr-defined]
        with pytest.raises(TypeError):
            list(count("x"))  # type: ignore[arg-type]
    told = [(step["status"], step.get("output_preview")) for step in steps_of(ended(run))]
    assert told == [("succeeded", "012"), ("succeeded", "012"), ("cancelled", "0"), ("failed", None)]


def test_agents_that_speak_in_pieces_do_not_get_mixed_up() -> None:
    runs: List[Recorder] = []

    @recorded("a", directory=None)
    def agent(name: str) -> Iterator[str]:
        for number in range(3):
            run = current_run()
            assert run is not None
            runs.append(run)
            run.message("assistant", f"{name} {number}")
            yield f"{name}{number}"

    @recorded("b", directory=None)
    async def agent_later(name: str) -> AsyncIterator[str]:
        for number in range(3):
            run = current_run()
            assert run is not None
            runs.append(run)
            run.message("assistant", f"{name} {number}")
            yield f"{name}{number}"

    async def together() -> List[str]:
        first, second = agent_later("x"), agent_later("y")
        pieces: List[str] = []
        for _ in range(3):
            pieces += [await first.__anext__(), await second.__anext__()]
            assert current_run() is None
        await first.aclose()  # type: ignore[attr-defined]
        assert [piece async for piece in second] == []
        return pieces

    pairs = list(zip(agent("x"), agent("y")))
    assert pairs == [("x0", "y0"), ("x1", "y1"), ("x2", "y2")]
    assert asyncio.run(together()) == ["x0", "y0", "x1", "y1", "x2", "y2"]
    # zip asked the first one once more, and let go of the second.
    status = {run.id: (ended(run)["status"], len(steps_of(ended(run)))) for run in runs}
    assert sorted(status.values()) == [("cancelled", 3), ("cancelled", 3), ("completed", 3), ("completed", 3)]


def test_threads_have_the_run_that_they_are_given() -> None:
    found: List[Optional[Recorder]] = []
    with quiet() as run:
        thread = threading.Thread(target=lambda: found.append(current_run()))
        thread.start()
        thread.join()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(copy_context().run, lambda: found.append(current_run())).result()
            pool.submit(copy_context().run, add, 1).result()
    assert found == [None, run]
    assert len(steps_of(ended(run))) == 1


def test_a_task_that_is_cancelled() -> None:
    started = asyncio.Event

    @tool
    async def wait(ready: Any) -> None:
        ready.set()
        await asyncio.Event().wait()

    async def main() -> None:
        ready = started()
        async with quiet() as run:
            task = asyncio.ensure_future(wait(ready))
            await ready.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert [step["status"] for step in steps_of(ended(run))] == ["cancelled"]

    asyncio.run(main())


def test_a_program_that_is_done_has_not_failed() -> None:
    for code, status in ((0, "completed"), (None, "completed"), (3, "interrupted")):
        with pytest.raises(SystemExit):
            with quiet() as run:
                raise SystemExit(code)
        assert ended(run)["status"] == status


def test_an_agent_that_is_called_as_it_cannot_be_ends_all_the_same(tmp_path: Path) -> None:
    @recorded("a", directory=tmp_path)
    async def later(question: str) -> str:
        return question

    @recorded("a", directory=tmp_path)
    def pieces(question: str) -> Iterator[str]:
        yield question

    with pytest.raises(TypeError):
        asyncio.run(later())  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        list(pieces())  # type: ignore[call-arg]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".journal", ".journal", ".json", ".json"]


def test_an_agent_that_gives_a_coroutine_is_not_done_before_it_is() -> None:
    runs: List[Any] = []

    @recorded("a", directory=None)
    def agent() -> Any:
        async def work() -> str:
            runs.append(current_run())
            assert runs[0].record is None
            return "done"

        return work()

    assert asyncio.run(agent()) == "done"
    assert ended(runs[0])["output_preview"] == "done"


def injecting(function: Any) -> Any:
    @functools.wraps(function)
    def made(*args: Any) -> Any:
        return function("handed in", *args)

    return made


@tool
@injecting
def of_context(context: str, path: str) -> str:
    return f"{context} {path}"


@tool
def of_one_name(path: str, /, *args: str, **named: str) -> Any:
    return path, args, named


def test_every_form_of_a_call_is_asked_about() -> None:
    largest: Any = tool(max)
    calls: List[Any] = [
        lambda: of_context("x"),
        lambda: largest(1, 2),
        lambda: of_one_name("x", path="y"),
        lambda: of_one_name("x", args="y"),
    ]
    plain = [call() for call in calls]
    with quiet(policy=lambda call: "block") as run:
        for call in calls:
            with pytest.raises(CallRefused):
                call()
    assert len(steps_of(ended(run))) == len(calls)
    for options in ({}, {"ask": lambda request: True}):
        with quiet(**options) as run:
            assert [call() for call in calls] == plain
        assert len(steps_of(ended(run))) == len(calls)


def test_an_async_generator_gets_what_its_reader_sends_and_throws() -> None:
    @tool
    async def echo() -> Any:
        given = None
        try:
            while True:
                given = yield given
        except ValueError:
            yield "caught"

    async def main() -> None:
        pieces = echo()
        await pieces.asend(None)
        assert await pieces.asend("sent") == "sent"
        assert await pieces.athrow(ValueError()) == "caught"
        await pieces.aclose()

    asyncio.run(main())
    with quiet() as run:
        asyncio.run(main())
    assert [step["status"] for step in steps_of(ended(run))] == ["cancelled"]


def test_what_a_generator_does_when_it_is_closed_is_asked_about() -> None:
    told: List[str] = []

    def end() -> None:
        try:
            add(1)
        except CallRefused:
            told.append("refused")

    @recorded("a", directory=None, policy=lambda call: "block")
    def agent() -> Iterator[int]:
        try:
            yield 1
        finally:
            end()

    @recorded("a", directory=None, policy=lambda call: "block")
    async def agent_later() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            end()

    async def later() -> None:
        pieces: Any = agent_later()
        await pieces.__anext__()
        await pieces.aclose()

    some: Any = agent()
    next(some)
    some.close()
    asyncio.run(later())
    assert told == ["refused", "refused"]
