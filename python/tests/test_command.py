"""The command ``python -m agent_run``."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, List, Tuple

import pytest

from agent_run.command import main
from agent_run.version import VERSION
from tests.repository import REPOSITORY, example
from tests.test_verify import SEALED, TRUST, record


def written(folder: Path, name: str, value: Any) -> str:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], arguments: List[str]) -> Tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_validates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = written(tmp_path, "good.json", record()), written(tmp_path, "bad.json", {**record(), "status": "done"})
    assert run(capsys, ["validate", good]) == (0, f"{good}: ok\n", "")
    code, out, _ = run(capsys, ["validate", good, bad])
    assert code == 1 and f'{bad}: error at /status: "done" is not one of' in out and "[schema.enum]" in out
    assert "--strict" not in out


def test_validates_lines_as_what_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [record(), {"kind": "batch", "about": "x", "at": "2026-11-20T10:00:00Z"}, {"kind": "batch", "about": 1}]
    path = written(tmp_path, "many.jsonl", "\n".join(map(json.dumps, lines)))
    code, out, _ = run(capsys, ["validate", "--json", path])
    reports = [json.loads(line) for line in out.splitlines()]
    assert code == 1 and [report["ok"] for report in reports] == [True, True, False]
    assert [report["file"] for report in reports] == [f"{path}:{at}" for at in (1, 2, 3)]


def test_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sealed, trust = written(tmp_path, "sealed.json", SEALED), written(tmp_path, "trust.json", TRUST)
    code, out, _ = run(capsys, ["verify", sealed, "--trust", trust, "--level", "accountable"])
    assert code == 0 and "level accountable by ci@example.org · sealed · time asserted" in out
    code, out, _ = run(capsys, ["verify", sealed])
    assert code == 0 and "level sealed, self-asserted" in out and "? signer" in out
    assert run(capsys, ["verify", sealed, "--require-trusted"])[0] == 1
    code, out, _ = run(capsys, ["verify", written(tmp_path, "changed.json", {**SEALED, "outcome": "success"})])
    assert code == 1 and "✗ record at /provenance/record_hash" in out and "expected sha256:" in out
    code, out, _ = run(capsys, ["verify", "--json", sealed])
    assert json.loads(out)["verdict"]["level"] == "sealed"


def test_verifies_bundles_and_names_broken_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = written(tmp_path, "bundle.jsonl", "\n".join([json.dumps(SEALED), json.dumps(SEALED), "{}"]))
    code, out, err = run(capsys, ["verify", bundle])
    assert code == 1 and f"{bundle} #2" in out and f"{bundle}:3: " in err


@pytest.mark.parametrize("flag", ["--related", "--statements"])
def test_what_stands_beside_a_record_may_be_one_indented_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    statement = {"kind": "countersignature", "about": "x", "at": "2026-11-20T10:00:00Z"}
    beside = written(tmp_path, "beside.json", json.dumps(SEALED if flag == "--related" else statement, indent=2))
    sealed = written(tmp_path, "sealed.json", SEALED)
    assert run(capsys, ["verify", sealed, flag, beside])[0] == 0


def test_says_what_it_could_not_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sealed = written(tmp_path, "sealed.json", SEALED)
    bad = written(tmp_path, "bad.json", {"agent_run_trust": "1.0", "keys": [{}]})
    for arguments, words in (
        (["verify", str(tmp_path / "none.json")], "No such file"),
        (["verify", str(tmp_path)], "Is a directory"),
        (["verify", sealed, "--trust", bad], "trust file: required member key is missing at /keys/0"),
        (["verify", sealed, "--now", "soon"], "now is no time"),
        (["verify", sealed, "--related", bad], "found no record"),
        (["verify", sealed, "--statements", sealed + "x"], "No such file"),
    ):
        code, out, err = run(capsys, arguments)
        assert (code, out) == (2, "") and words in err
    with pytest.raises(SystemExit) as usage:
        main(["verify"])
    assert usage.value.code == 2


def test_hostile_names_and_values_move_no_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "a\x1b[31m.json", {**record(), "status": "\x1b[2J", "a\x1b": 1})
    code, out, _ = run(capsys, ["validate", "--strict", path])
    assert code == 1 and "\x1b" not in out


def test_runs_as_a_module_and_reads_standard_input() -> None:
    def started(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "agent_run", *arguments]
        place = Path(__file__).resolve().parents[1]
        return subprocess.run(
            command, input=given, capture_output=True, text=True, encoding="utf-8", check=False, cwd=place
        )

    assert started("--version").stdout == VERSION + "\n"
    ended = started("verify", "-", given=json.dumps(SEALED))
    assert ended.returncode == 0 and ended.stdout.startswith("-\n  ✓ schema")
    assert started("validate", "-", given="{").returncode == 1


README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^\$ python -m agent_run (.*)\n((?:(?!\$|```).*\n)*)", README, re.MULTILINE)


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_prints_what_the_readme_shows(
    number: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, shown = SHOWN[number]
    example("records/sealed.json")
    monkeypatch.chdir(REPOSITORY)
    assert run(capsys, arguments.split())[1] == shown


def test_the_readme_shows_something() -> None:
    assert len(SHOWN) >= 3
