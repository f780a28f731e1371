#!/usr/bin/env python3
"""Seals, journals and verdicts once more, in another language and without a line of the library.

    python3 conformance/crosscheck/proof.py                  writes the vectors below conformance/vectors/
    python3 conformance/crosscheck/proof.py --out DIR        writes all of them into another folder
    python3 conformance/crosscheck/proof.py --check          compares them with the files and says what differs
    python3 conformance/crosscheck/proof.py --verdict FILE   prints the verdict vector of a record, or of a case
    python3 conformance/crosscheck/proof.py --foreign DIR    checks itself against the vectors of others in a folder

Options for --verdict: --trust FILE, --journal FILE, --bundle FILE, --related FILE (also several times), --now TIME,
--level LEVEL. Needs Python 3.9 and its standard library. Keys and salts of the vectors come from fixed names; inputs
and expected values are computed here, and what the library computes is compared with them by its tests.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

from agent_run import ed25519, merkle  # noqa: E402
from agent_run.reader import read  # noqa: E402
from agent_run.verdict import Given, verify  # noqa: E402
from proof_cases.files import answer, files  # noqa: E402

VECTORS = Path(__file__).parent.parent / "vectors"


def verdict(arguments: argparse.Namespace) -> None:
    """Prints the verdict vector of a record in a file, or of a case of vectors/verify."""
    raw = Path(arguments.verdict).read_bytes()
    value = json.loads(raw) if raw.lstrip().startswith(b'{\n  "name"') else None
    if isinstance(value, dict) and "expect" in value and "input" in value:
        vector = answer(value["input"], value["options"])
    else:
        lines = [read(line) for line in Path(arguments.bundle).read_bytes().splitlines()] if arguments.bundle else []
        beside = [line for line in lines if "steps" not in line]
        proofs = [line for line in beside if "index" in line and "path" in line]
        statements = [line for line in beside if line not in proofs and "kind" in line and "about" in line]
        given = Given(
            now=arguments.now,
            level=arguments.level,
            trust=read(Path(arguments.trust).read_bytes()) if arguments.trust else None,
            journal=Path(arguments.journal).read_bytes() if arguments.journal else None,
            related=[read(Path(each).read_bytes()) for each in arguments.related],
            statements=statements,
            evals=[line for line in beside if line not in proofs and line not in statements],
            proofs=proofs,
        )
        vector = verify(raw, given)
    print(json.dumps(vector, indent=2))


def foreign(folder: Path) -> int:
    """Judges the signatures of Wycheproof and CCTV and the proofs of transparency-dev; how many come out otherwise."""
    wrong = 0
    groups = json.loads((folder / "wycheproof-ed25519_test.json").read_bytes())["testGroups"]
    for group in groups:
        for test in group["tests"]:
            found = ed25519.verify(*map(bytes.fromhex, (group["publicKey"]["pk"], test["msg"], test["sig"])))
            wrong += found != (test["result"] == "valid")
    edges = json.loads((folder / "cctv-ed25519vectors.json").read_bytes())
    accepted = [
        each["number"]
        for each in edges
        if ed25519.verify(bytes.fromhex(each["key"]), each["msg"].encode("utf-8"), bytes.fromhex(each["sig"]))
    ]
    wrong += (len(accepted), len(edges)) != (43, 914)
    proofs = [*(folder / "merkle" / "inclusion").rglob("*.json"), *(folder / "merkle" / "consistency").rglob("*.json")]
    for file in proofs:
        given = json.loads(file.read_bytes())
        hashes = {name: base64.b64decode(given.get(name) or "") for name in ("root", "leafHash", "root1", "root2")}
        path = [base64.b64decode(each) for each in given["proof"] or []]
        if "leafIdx" in given:
            found = merkle.included(hashes["leafHash"], given["leafIdx"], given["treeSize"], path, hashes["root"])
        else:
            found = merkle.consistent(given["size1"], given["size2"], hashes["root1"], hashes["root2"], path)
        wrong += found == given["wantErr"]
    signatures = sum(len(group["tests"]) for group in groups) + len(edges)
    accepted_of = f"{len(accepted)} of {len(edges)}"
    print(f"{signatures} signatures, {accepted_of} edge cases accepted, {len(proofs)} proofs: {wrong} wrong")
    return wrong


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=str(VECTORS))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--verdict")
    parser.add_argument("--foreign")
    for name in ("--trust", "--journal", "--bundle"):
        parser.add_argument(name)
    parser.add_argument("--related", action="append", default=[])
    parser.add_argument("--now", default="2026-11-21T12:00:00Z")
    parser.add_argument("--level", default="sealed", choices=["recorded", "sealed", "accountable"])
    arguments = parser.parse_args()
    if arguments.verdict:
        verdict(arguments)
        return
    if arguments.foreign:
        raise SystemExit(1 if foreign(Path(arguments.foreign)) else 0)
    out, wrong = Path(arguments.out), 0
    computed = dict(files())
    folders = sorted({path.partition("/")[0] for path in computed})
    for file in [file for folder in folders for file in sorted((out / folder).rglob("*.json"))]:
        path = file.relative_to(out).as_posix()
        if path not in computed:
            print(f"conformance/vectors/{path} is not computed by this program")
            wrong += 1
    for path, text in computed.items():
        file = out / path
        if not arguments.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        elif not file.exists() or file.read_bytes() != text.encode("utf-8"):
            print(f"conformance/vectors/{path} is not what this program computes")
            wrong += 1
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
