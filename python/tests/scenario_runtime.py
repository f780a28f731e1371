"""A runtime in a test mode: plays the script of a scenario and writes what was recorded to a folder.

    agent-run-conformance emitter --listen 127.0.0.1:0 --scenarios all -- python -m tests.scenario_runtime

The scripts are those of conformance/scenarios.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, cast

from agent_run import AgentRun, CallRefused, Recorder, Server, Signer, sign_object
from agent_run.recorder import ApprovalRequest, Call, read_answer

Moment = Dict[str, Any]


class Runtime:
    """One run of a script."""

    def __init__(self, script: Mapping[str, Any], folder: str) -> None:
        self._script = script
        self._folder = Path(folder)
        self._calls: Dict[str, Moment] = {
            call["id"]: call for moment in moments_of(script["play"]) for call in calls_of(moment)
        }
        self._asked_in: Dict[str, str] = {}
        self._made: Dict[str, str] = {}
        self._attempts: Dict[str, int] = {}
        start = dict(script["run"])
        self.run = Recorder(
            start.pop("agent_id") or "unknown",
            runtime="scenario-runtime",
            runtime_version="1.0.0",
            tools=script.get("tools", ()),
            inventory={"mcp_servers": script["mcp_servers"]} if "mcp_servers" in script else None,
            signer=self._signer("recorder"),
            directory=folder,
            server=Server.from_environment(),
            policy=self._decide,
            ask=self._ask,
            on_fault=lambda fault: print(fault.code, fault.message, file=sys.stderr),
            **start,
        )

    def _signer(self, name: str) -> Signer:
        return Signer.from_seed(bytes.fromhex(self._script["keys"][name]["seed"]))

    def _decide(self, call: Call) -> Mapping[str, Any]:
        decision = self._calls.get(call.tool_call_id or "", {}).get("decision")
        rule = "allow-all" if decision is None else decision.get("rule", "ask-first")
        about = {"policy": self._script["policy"], "decider": {"kind": "rule", "id": rule}}
        if decision is None:
            return {**about, "verdict": "allow", "matched": "default"}
        if decision["by"] == "policy":
            return {**about, "verdict": "block", "matched": "rule", "rule_ids": [rule], "reasons": [decision["reason"]]}
        return {**about, "verdict": "require_approval", "matched": "rule", "rule_ids": [rule]}

    def _ask(self, request: ApprovalRequest) -> Mapping[str, Any]:
        decision = self._calls[request.call.tool_call_id or ""]["decision"]
        about = {name: request.event[name] for name in ("approval_id", "run_id", "step_id", "action_hash", "at")}
        said = {"event": decision["decision"], "actor": {"kind": "human", "id": "scenario approver"}}
        if "reason" in decision:
            said["reason"] = decision["reason"]
        if "grant" in decision:
            tool = {"tool_name": request.call.tool_name, "tool_hash": request.call.tool_hash}
            said["grant"] = {**decision["grant"], **tool}
        event = {**about, **said, "request_hash": request.request_hash}
        return sign_object("approval", event, self._signer("approver"))

    async def play(self, moments: Optional[List[Moment]] = None) -> Optional[Moment]:
        """Plays moments, those of the script unless told; the one that keeps the run from going on, if any does."""
        for moment in self._script["play"] if moments is None else moments:
            if "model_call" in moment:
                self._model_call(moment["model_call"])
            elif "tool_call" in moment:
                await self._tool_call(moment["tool_call"], None)
            elif "skip" in moment:
                self._skip(moment["skip"])
            elif "handoff" in moment:
                await self._handoff(moment["handoff"])
            elif "parallel" in moment:
                await self._together(moment["parallel"])
            elif "pause" in moment:
                self.run.pause()
            elif "resume" in moment:
                self.run.resume()
            elif "crash" in moment:
                os.kill(os.getpid(), signal.SIGKILL)
            else:
                return cast(Moment, moment)
        return None

    def judge(self, record: AgentRun, evaluation: Mapping[str, Any]) -> None:
        """Writes the record anew, with a signed judgement that came afterwards."""
        about = {"run_id": self.run.id, "record_hash": record["provenance"]["record_hash"], "at": record["ended_at"]}
        judgement = sign_object("eval", {**evaluation, **about}, self._signer("evaluator"))
        (self._folder / "judged.json").write_text(json.dumps({**record, "eval": judgement}), "utf-8")

    def _model_call(self, call: Moment) -> None:
        with self.run.step("model_call", role="assistant", input=call["input"], **call.get("says", {})) as step:
            step.add(**{**read_answer(call["answer"]), **call.get("says", {})})
        for block in call["answer"].get("content", ()):
            if block["type"] == "tool_use":
                self._asked_in[block["id"]] = step.id

    async def _tool_call(self, call: Moment, gate: Optional[asyncio.Event]) -> None:
        before: Optional[str] = call.get("retries")
        attempt = self._attempts[call["id"]] = self._attempts.get(before or "", 0) + 1
        members: Dict[str, Any] = {"attempt": attempt, **self._about(call)}
        if before is not None:
            members["retry_of"] = self._made[before]
        if "costs" in call:
            members["cost"] = {"input_tokens": None, "output_tokens": None, **call["costs"]}

        async def execute(**_: object) -> object:
            step = self.run.current_step
            assert step is not None
            self._made[call["id"]] = step.id
            if "artifact" in call:
                step.artifact(**call["artifact"])
            if gate is not None:
                await gate.wait()
            if "fails" in call:
                raise RuntimeError(call["fails"]["message"])
            return call.get("result")

        try:
            pending = self.run.tool_call(call["name"], call["arguments"], execute, **members)
            await pending
        except CallRefused:
            pass
        except RuntimeError:
            if "fails" not in call:
                raise

    def _about(self, call: Moment) -> Dict[str, Any]:
        about = {"tool_call_id": call["id"], "side_effects": call["effects"]}
        if call["id"] in self._asked_in:
            about["model_call_id"] = self._asked_in[call["id"]]
        if "mcp_server" in call:
            about["mcp_server"] = call["mcp_server"]
        return about

    def _skip(self, call: Moment) -> None:
        approval = {"state": "not_required", "policy_id": self._script["policy"]["id"], "basis": "observed"}
        members = {**self._about(call), "input": call["arguments"], "approval": approval}
        self.run.note("tool_call", tool_name=call["name"], status="skipped", **members)

    async def _handoff(self, work: Moment) -> None:
        approval = {"state": "not_required", "policy_id": self._script["policy"]["id"], "basis": "observed"}
        parent = self.run
        with parent.handoff(work["agent_id"], input=work["input"], approval=approval) as self.run:
            await self.play(work["play"])
            self.run.end(output=work["output"])
        self.run = parent

    async def _together(self, moment: Moment) -> None:
        gates = {call["id"]: asyncio.Event() for call in moment["calls"]}
        tasks = {}
        for call in moment["calls"]:
            tasks[call["id"]] = asyncio.ensure_future(self._tool_call(call, gates[call["id"]]))
            await asyncio.sleep(0)
        for name in moment["ends"]:
            gates[name].set()
            await tasks[name]


def moments_of(moments: List[Moment]) -> Iterator[Moment]:
    """The moments of a script, those of the agents that work is given to included."""
    for moment in moments:
        yield moment
        if "handoff" in moment:
            yield from moments_of(moment["handoff"]["play"])


def calls_of(moment: Moment) -> List[Moment]:
    """The calls of tools that a moment is made of."""
    if "parallel" in moment:
        return list(moment["parallel"]["calls"])
    return [moment[name] for name in ("tool_call", "skip") if name in moment]


def main() -> int:
    """Plays the script that the environment names."""
    with open(os.environ["AGENT_RUN_SCRIPT"], encoding="utf-8") as file:
        script = json.load(file)
    runtime = Runtime(script, os.environ["AGENT_RUN_OUTPUT"])
    early = asyncio.run(runtime.play())
    if early is not None and "leave" in early:
        os._exit(0)
    record = runtime.run.end(**({"status": "cancelled"} if early is not None else script["end"]))
    if "evaluation" in script:
        runtime.judge(record, script["evaluation"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
