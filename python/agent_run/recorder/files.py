"""Where journal and record of a run stand. Nothing of somebody else's is ever overwritten."""

import json
from pathlib import Path
from secrets import token_hex
from typing import Mapping, Optional, Tuple, Union

from .faults import Faults, name_of
from .journal_file import Fsync, JournalFile, file_name_of, write_whole


def place_of(directory: Union[str, Path], run_id: str, faults: Faults) -> Optional[Path]:
    """Where the files of a run stand, without their endings; ``None`` if nobody can say."""
    try:
        return Path(directory).absolute() / file_name_of(run_id)
    except OSError as error:
        # The present folder is gone.
        faults.report("recorder.journal_failed", f"there is no journal ({name_of(error)})", error)
        return None


def open_journal(place: Path, fsync: Fsync, faults: Faults) -> Optional[JournalFile]:
    """Makes the journal at ``<place>.journal``, or under another name if there is one; ``None`` if it cannot be made."""
    for path in _names(place, ".journal"):
        try:
            return JournalFile(path, fsync)
        except FileExistsError as error:
            faults.report("journal_file.exists", "there is a journal of this id; another name is taken", error)
        except (OSError, ValueError) as error:
            faults.report("recorder.journal_failed", f"there is no journal at {path} ({name_of(error)})", error)
            return None
    return None


def write_record(place: Path, record: Mapping[str, object], faults: Faults) -> Optional[Path]:
    """Writes the record to ``<place>.json``, or under another name if there is one; where it stands, if it does."""
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    for path in _names(place, ".json"):
        try:
            write_whole(path, text)
            return path
        except FileExistsError as error:
            faults.report("journal_file.exists", "there is a record of this id; another name is taken", error)
        except (OSError, ValueError) as error:
            faults.report("recorder.write_failed", f"the record cannot be written to {path} ({name_of(error)})", error)
            return None
    return None


def _names(place: Path, ending: str) -> Tuple[Path, Path]:
    return place.with_name(place.name + ending), place.with_name(f"{place.name}~{token_hex(4)}{ending}")
