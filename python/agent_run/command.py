"""The command ``python -m agent_run``: validate, verify and send files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any, Iterator, Sequence, cast

from .errors import CannotDo
from .read import ReadError, read
from .schema import plural, schema_names, shown, validate
from .send_command import EXIT as EXIT_OF_SEND
from .send_command import add_options, send_all
from .trust import TrustError
from .verify import LEVELS, LineFault, read_bundle, sort_of, verify, verify_bundle
from .version import VERSION

if TYPE_CHECKING:
    from .types import Finding, Verdict

_SIGNS = {"pass": "✓", "fail": "✗", "unknown": "?", "absent": "–", "skipped": "·"}
_FILES = "records and bundles; - for standard input"
_EXIT = """exit code
  0  every record is as asked
  1  some record is not, or a line of a bundle is broken
  2  the job could not be done: bad usage, a file that cannot be read, a bad trust file

Works offline. Whom to trust is what your trust file says and nothing else."""


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Runs the command. Results go to standard output, everything else to standard error.
    :param arguments: those of the process unless given
    :returns: the exit code
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a sign gets an escape, not a stack trace.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        is_right = {"verify": _verify_all, "validate": _validate_all, "send": send_all}[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` does.
        sys.stdout = open(os.devnull, "w")
        return 0
    except (CannotDo, TrustError) as refused:
        print(f"agent_run: {shown(str(refused), 500)}", file=sys.stderr)
        return 2
    return 0 if is_right else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m agent_run",
        description="Validate, verify and send records of AI agents' runs.",
        epilog="python -m agent_run COMMAND --help says more.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", required=True, metavar="{validate,verify,send}")

    def command(
        name: str, summary: str, description: str, files: str = _FILES, epilog: str = _EXIT
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=summary,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.add_argument("files", nargs="+", metavar="FILE", help=files)
        added.add_argument("--json", action="store_true", help="one JSON object a record, one a line")
        return added

    checked = command(
        "validate", "check bytes, schema and what a schema cannot say", "Checks records against the standard."
    )
    checked.add_argument("--schema", metavar="NAME", choices=schema_names(), help="what the files have to be")
    checked.add_argument("--strict", action="store_true", help="also warn about members that no schema names")
    judged = command(
        "verify",
        "say what is proven, what is only claimed and what is missing",
        "Says of each record what is proven, what is only claimed and what is missing.",
    )
    judged.add_argument("-t", "--trust", metavar="FILE", help="whose keys you trust, for what")
    levels = LEVELS[1:]
    judged.add_argument("-l", "--level", choices=levels, default="sealed", help="what has to be reached (sealed)")
    judged.add_argument("--require-trusted", action="store_true", help="somebody of the trust file has to answer")
    judged.add_argument("--signed-by", metavar="IDENTITY", action="append", help="the same, and it has to be this one")
    judged.add_argument("--journal", metavar="FILE", help="the journal that was written during the run")
    judged.add_argument("--related", metavar="FILE", action="append", default=[], help="parents, children, other runs")
    judged.add_argument("--statements", metavar="FILE", action="append", default=[], help="statements, evals, proofs")
    judged.add_argument("--now", metavar="TIME", help="judge keys at this time instead of now")
    sent = command(
        "send",
        "send records and journals to a server",
        "Sends records and journals of runs to a server.",
        "records, journals, folders of recorders",
        EXIT_OF_SEND,
    )
    add_options(sent)
    return parser


def _bytes_of(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read()
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise CannotDo(f"{name}: {error.strerror or 'cannot be read'}") from None


def _record_bytes(name: str) -> bytes:
    """The bytes of a file that should be a record or a bundle, and is not what belongs beside one."""
    data = _bytes_of(name)
    first: Any = None
    for text in (data.partition(b"\n")[0], data):
        try:
            first = read(text)
            break
        except ReadError:
            continue
    if isinstance(first, dict):
        if "agent_run_trust" in first:
            raise CannotDo(f"{name}: this is a trust file, expected a record; give it to verify with --trust")
        if "prev" in first and "seq" in first:
            raise CannotDo(f"{name}: this is a journal, expected a record; give it to verify with --journal")
    return data


def _is_lines(data: bytes) -> bool:
    """Whether a file holds several JSON texts, one a line."""
    try:
        read(data)
    except ReadError as fault:
        return fault.code == "json.trailing"
    return False


def _validate_all(options: argparse.Namespace) -> bool:
    is_right = True
    for name in options.files:
        data = _record_bytes(name) if options.schema is None else _bytes_of(name)
        for place, schema, text in _parts(name, data, options.schema):
            report = validate(text, schema, strict=options.strict)
            is_right = is_right and report.ok
            if options.json:
                findings = list(report.findings)
                _print_json({"file": place, "ok": report.ok, "findings": findings, "omitted": report.omitted})
                continue
            for finding in report.findings:
                print(f"{shown(place)}: {_line_of(finding)}")
            count = sum(1 for finding in report.findings if finding["severity"] == "warning")
            if report.ok:
                print(f"{shown(place)}: ok" + (f", {plural(count, 'warning')}" if count else ""))
            elif report.omitted:
                print(f"{shown(place)}: and {report.omitted} more")
    return is_right


def _parts(name: str, data: bytes, schema: str | None) -> Iterator[tuple[str, str, bytes]]:
    """What is to be validated in a file: where it stands, by which schema, and its bytes."""
    if not _is_lines(data):
        yield name, schema or "agent-run", data
        return
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            yield f"{name}:{number}", schema or _schema_of(line), line


def _schema_of(line: bytes) -> str:
    try:
        return sort_of(read(line)) or "agent-run"
    except ReadError:
        return "agent-run"


def _line_of(finding: Finding) -> str:
    place = f" at {finding['path']}" if finding["path"] else ""
    if "position" in finding:
        place = f" at line {finding['position']['line']}, column {finding['position']['column']}"
    return shown(f"{finding['severity']}{place}: {finding['message']} [{finding['code']}]", 500)


def _verify_all(options: argparse.Namespace) -> bool:
    given = _given(options)
    is_right = True
    for name in options.files:
        data = _record_bytes(name)
        verdicts: Sequence[Verdict]
        faults: Sequence[LineFault] = ()
        try:
            if _is_lines(data):
                verdicts, faults = verify_bundle(data, **given)
            else:
                verdicts = [verify(data, **given)]
        except ValueError as refused:
            raise CannotDo(str(refused)) from None
        is_right = is_right and not faults and all(verdict["ok"] for verdict in verdicts)
        for fault in faults:
            print(f"{shown(name)}:{fault.line}: {shown(fault.message)} [{fault.code}]", file=sys.stderr)
        for number, verdict in enumerate(verdicts, start=1):
            place = name if len(verdicts) == 1 else f"{name} #{number}"
            if options.json:
                _print_json({"file": place, "verdict": verdict})
            else:
                print("\n".join([shown(place), *_verdict_lines(verdict)]))
    return is_right


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """What is given beside the records."""
    beside: dict[str, list[Any]] = {"statements": [], "evals": [], "proofs": [], "related": []}
    for name in options.statements:
        bundle = read_bundle(_compact(_bytes_of(name)))
        for fault in bundle.faults:
            raise CannotDo(f"{name}: line {fault.line}: {fault.message}")
        for member in ("statements", "evals", "proofs"):
            beside[member] += getattr(bundle, member)
    for name in options.related:
        bundle = read_bundle(_compact(_bytes_of(name)))
        if not bundle.records:
            raise CannotDo(f"{name}: found no record, expected one or a bundle with some")
        beside["related"] += bundle.records
    signed_by = options.signed_by or ("trusted" if options.require_trusted else None)
    return {
        **beside,
        "trust": None if options.trust is None else _bytes_of(options.trust),
        "journal": None if options.journal is None else _bytes_of(options.journal),
        "level": options.level,
        "signed_by": signed_by,
        "now": options.now,
    }


def _compact(data: bytes) -> bytes:
    """A file with one JSON text over several lines as one line; any other as it is."""
    return data if _is_lines(data) or b"\n" not in data.strip() else b" ".join(data.split(b"\n"))


def _verdict_lines(verdict: Verdict) -> Iterator[str]:
    signs = [f"{_SIGNS[check['result']]} {check['check']}" for check in verdict["checks"]]
    yield "  " + "  ".join(signs[:7])
    yield "  " + "  ".join(signs[7:])
    for check in verdict["checks"]:
        if check["result"] not in ("fail", "unknown"):
            continue
        place = f" at {check['path']}" if check.get("path") else ""
        yield f"  {_SIGNS[check['result']]} {check['check']}{shown(place, 300) if place else ''}: {check['detail']}"
        if check["result"] == "fail":
            yield f"      expected {check['expected']}"
            yield f"      found    {check['found']}"
    by = f" by {shown(verdict['by'])}" if "by" in verdict else ", self-asserted" if "self_asserted" in verdict else ""
    time = verdict["time"]
    when = f"vouched by {shown(time['by'])}" if "by" in time else "asserted"
    state = verdict["completeness"]["state"]
    yield f"  level {verdict['level']}{by} · {state} · time {when}"
    if verdict["ok"]:
        return
    # What failed stands above already.
    below = LEVELS[: LEVELS.index(verdict["asked"]) + 1]
    wanted = [each for each in verdict["missing"] if each["level"] in below and each["code"] != "level.failed"]
    yield f"  not {verdict['asked']}" + (", as was asked" if not wanted else ":")
    for each in wanted[:5]:
        place = f" at {each['path']}" if "path" in each else ""
        yield "    " + shown(f"{each['reason']}{place}", 300)


def _print_json(value: object) -> None:
    print(json.dumps(cast("Any", value), ensure_ascii=True, separators=(",", ":")))
