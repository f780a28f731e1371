"""The file of a journal: append-only, readable by its owner only, one writer."""

import errno
import os
from hashlib import sha256
from pathlib import Path
from re import compile as pattern
from typing import List, Literal, Optional

from .lock import Lock

Fsync = Literal["every_event", "every_head", "on_close"]
"""When what was written must have reached the disk. An event is always handed to the operating system at once and survives
the death of the process; the choice is about power failures."""

_PORTABLE = pattern(r"[A-Za-z0-9](?:[A-Za-z0-9_~-]|\.(?!\.)){0,127}")
_DEVICE = pattern(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)")


def file_name_of(run_id: str) -> str:
    """A run's id as the beginning of a file name: as it is where it is safe everywhere, else its digest."""
    is_safe = _PORTABLE.fullmatch(run_id) and not run_id.endswith(".") and not _DEVICE.match(run_id)
    return run_id if is_safe else f"run-{sha256(run_id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


class JournalFile:
    """A journal file: a new one, which never takes the place of what is there, or one that is gone on with.

    :param is_new: whether it is made; otherwise it is there, and :meth:`content` says what is in it
    :raises FileExistsError: if there is a file of that name, or another process writes it
    :raises OSError: if it cannot be made, or is not there
    """

    def __init__(self, path: Path, fsync: Fsync, is_new: bool = True) -> None:
        self.path = path if is_new else path.resolve(strict=True)
        self._fsync = fsync
        self._pending = b""
        self._descriptor: Optional[int] = None
        if is_new:
            _make_folder(self.path.parent)
        self._lock = Lock(self.path)
        try:
            make = os.O_WRONLY | os.O_CREAT | os.O_EXCL if is_new else os.O_RDWR
            self._descriptor = os.open(self.path, make | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            if is_new and fsync != "on_close":
                _sync_folder(self.path.parent)
        except OSError:
            self._lock.release()
            raise

    def content(self) -> bytes:
        """What stands in it.

        :raises OSError: if it cannot be read
        """
        return self.path.read_bytes()

    def cut(self, octets: int) -> None:
        """Takes away what stands behind so many bytes: a line that was torn.

        :raises OSError: if it cannot be written
        """
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, octets)

    @property
    def is_behind(self) -> bool:
        """Whether lines are waiting because they could not be written."""
        return self._pending != b""

    def append(self, lines: List[str], is_head: bool = False) -> None:
        """Appends lines, each without its line feed.

        What cannot be written now is kept and written before the next lines, so that the file never has a gap.

        :raises OSError: if it cannot be written; the lines are kept
        """
        self._pending += "".join(line + "\n" for line in lines).encode("utf-8")
        if self._descriptor is None:
            raise OSError(errno.EBADF, "the journal is closed")
        while self._pending:
            self._pending = self._pending[os.write(self._descriptor, self._pending) :]
        if self._fsync == "every_event" or (is_head and self._fsync == "every_head"):
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Writes what is left, waits for the disk and gives the file back.

        :raises OSError: if it cannot be written
        """
        descriptor = self._descriptor
        if descriptor is None:
            return
        try:
            self.append([])
            os.fsync(descriptor)
        finally:
            self._descriptor = None
            os.close(descriptor)
            self._lock.release()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None


def write_whole(path: Path, text: str) -> None:
    """Writes a file that is there whole or not at all, readable by its owner only, and replaces none.

    :raises FileExistsError: if there is a file of that name
    :raises OSError: if it cannot be written
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        _place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _place(part: Path, path: Path) -> None:
    try:
        # Unlike a rename, a link replaces nothing.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.replace(part, path)


def _sync_folder(folder: Path) -> None:
    """What a folder lists reaches the disk, where the system can do that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
