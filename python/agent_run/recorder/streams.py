"""Results that come in pieces: the step or run that they belong to goes on until they end."""

import inspect
from typing import Any, AsyncGenerator, Callable, ContextManager, Generator, List, Optional

# Pieces that are kept for the preview.
_MOST = 1000

Within = Callable[[], ContextManager[None]]
"""Makes the step or run the present one, while a piece is made; not while its reader works."""
Done = Callable[[object, Optional[BaseException]], None]
"""Is told what came, or what was raised."""


def followed(result: Any, within: Within, done: Done) -> Any:
    """A generator of the same pieces as a generator, sync or async."""
    return _followed_later(result, within, done) if inspect.isasyncgen(result) else _followed(result, within, done)


def is_generator(result: object) -> bool:
    """Whether a result is a generator: made by a function with ``yield``, and by nobody else."""
    return inspect.isgenerator(result) or inspect.isasyncgen(result)


def _followed(pieces: "Generator[Any, Any, Any]", within: Within, done: Done) -> "Generator[Any, Any, Any]":
    kept: List[object] = []
    ask: Callable[..., Any] = pieces.send
    given: Any = None
    try:
        while True:
            try:
                with within():
                    piece = ask(given)
            except StopIteration as end:
                done(_whole(kept, end.value), None)
                return end.value
            _keep(kept, piece)
            ask = pieces.send
            try:
                given = yield piece
            except GeneratorExit:
                with within():
                    pieces.close()
                raise
            except BaseException as error:  # noqa: BLE001 - whoever reads throws it to who writes
                ask, given = pieces.throw, error
    except BaseException as error:
        done(_whole(kept, None), error)
        raise


async def _followed_later(pieces: "AsyncGenerator[Any, Any]", within: Within, done: Done) -> "AsyncGenerator[Any, Any]":
    kept: List[object] = []
    ask: Callable[..., Any] = pieces.asend
    given: Any = None
    try:
        while True:
            try:
                with within():
                    piece = await ask(given)
            except StopAsyncIteration:
                done(_whole(kept, None), None)
                return
            _keep(kept, piece)
            ask = pieces.asend
            try:
                given = yield piece
            except GeneratorExit:
                with within():
                    await pieces.aclose()
                raise
            except BaseException as error:  # noqa: BLE001 - whoever reads throws it to who writes
                ask, given = pieces.athrow, error
    except BaseException as error:
        done(_whole(kept, None), error)
        raise


def _keep(kept: List[object], piece: object) -> None:
    if len(kept) < _MOST:
        kept.append(piece)


def _whole(kept: List[object], returned: object) -> object:
    """What the preview shows: what was returned, else the pieces."""
    if returned is not None:
        return returned
    texts = [piece for piece in kept if isinstance(piece, str)]
    return "".join(texts) if len(texts) == len(kept) else kept
