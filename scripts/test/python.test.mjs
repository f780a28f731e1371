// The Python package: its own tests, its types, what is published of it, and what others say of what it writes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { pageServer } from '../page-server.mjs'
import { buildPython, pythonGoldenFile } from './python-package.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

// Some tests start thousands of others.
vi.setConfig({ testTimeout: 1_800_000 })

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'python')
const cli = join(root, 'packages/cli/bin/agent-run.mjs')
const conformance = join(root, 'packages/conformance/bin/agent-run-conformance.mjs')
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', NO_COLOR: '1' }

/** Runs a program; fails with all it said. */
const run = (program, args, options = {}) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: folder, env, ...options })
  expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, output: '' })
  return stdout
}

/** Runs the package's tests: nearly all of them are vectors and cases, and none is skipped where those are at hand. */
const test = (python, ...options) => {
  const output = run(python, ['-m', 'pytest', '-q', ...options])
  expect(Number(/(\d+) passed/.exec(output)?.[1])).toBeGreaterThan(2_000)
  if (tool('shared')) expect(output).not.toMatch(/\bskipped\b/)
}

describe.skipIf(!tool('python-dev'))('in development', () => {
  const python = tool('python-dev')

  it('passes its tests', () => {
    test(python)
  })

  it('is typed, strictly', () => {
    const cache = join(root, 'node_modules/.cache/agent-run-mypy')
    expect(run(python, ['-m', 'mypy', '--cache-dir', cache])).toContain('Success: no issues found')
  })

  it('is written in one style', () => {
    run(python, ['-m', 'ruff', 'check', '--no-cache', '.'])
    run(python, ['-m', 'ruff', 'format', '--no-cache', '--check', '.'])
  })

  it('is published as the golden lists say, and works where it is installed', () => {
    const built = buildPython(root, python, temporaryFolder())
    expect(built.map(({ kind }) => kind).sort()).toEqual(['sdist', 'wheel'])
    for (const { kind, files } of built)
      expect(files, `${kind}; "node scripts/test/golden.mjs" writes the list`).toEqual(
        readFileSync(pythonGoldenFile(root, kind), 'utf8').trimEnd().split('\n'),
      )

    const place = temporaryFolder({ 'use.py': USE })
    run(python, ['-m', 'venv', '--without-pip', 'venv'], { cwd: place })
    const installed = join(place, 'venv/bin/python')
    const { path } = built.find(({ kind }) => kind === 'wheel')
    const flags = ['--no-index', '--no-deps', '--quiet', '--disable-pip-version-check']
    run(python, ['-m', 'pip', '--python', installed, 'install', ...flags, path], { cwd: place })
    // The one dependency, from where it is.
    const site = run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']).trim()
    const output = run(installed, ['use.py'], { cwd: place, env: { ...env, PYTHONPATH: site } })
    expect(output).toMatch(/venv.*agent_run\n0\.\d+\.\d+\nsealed\n$/)
  })
})

describe.skipIf(!tool('python39'))('on Python 3.9, the floor', () => {
  const python = tool('python39')
  const own = { ...env, PYTHONPATH: [folder, process.env.PYTHONPATH].filter(Boolean).join(delimiter) }

  it('passes its tests', () => {
    // What strangers hand in is changed at random in development only: it is the slowest, and asks no version of Python.
    test(python, '--ignore=tests/test_mutants.py')
  })

  it('writes records and journals that others find right', () => {
    const place = temporaryFolder({ 'agent.py': AGENT })
    const output = join(place, 'out')
    mkdirSync(output)
    run(python, ['agent.py', output], { cwd: place, env: own })
    const paths = (ending) =>
      readdirSync(output)
        .filter((name) => name.endsWith(ending))
        .map((name) => join(output, name))
    expect([paths('.json').length, paths('.journal').length]).toEqual([2, 2])
    for (const record of paths('.json')) {
      const journal = record.replace('.json', '.journal')
      expect(run(process.execPath, [cli, 'verify', '--journal', journal, record])).toContain('sealed, self-asserted')
      expect(run(process.execPath, [cli, 'journal', 'verify', journal])).toContain('holds')
    }
    run(process.execPath, [cli, 'validate', '--max-warnings', '0', ...paths('.json')])
    const judged = run(process.execPath, [conformance, 'emitter', '--format', 'line', output])
    expect(judged).toMatch(/verdict: pass: compliant with the emitter profile .* saw 2 records, 2 journals/)
  })

  it('records what happened in the scenarios', () => {
    const runtime = ['--', python, '-m', 'tests.scenario_runtime']
    const asked = [
      'emitter',
      '--format',
      'line',
      '--listen',
      '127.0.0.1:0',
      '--scenarios',
      'all',
      '--capabilities',
      'journal',
    ]
    const judged = run(process.execPath, [conformance, ...asked, ...runtime])
    expect(judged).toMatch(/verdict: pass: compliant with the emitter profile .* 29 of 29 scenarios/)
  })

  it('sends what it recorded to our server', async () => {
    const server = pageServer(root)
    try {
      const known = server.environment()
      const place = temporaryFolder({ 'agent.py': SENDER })
      const options = { cwd: place, env: { ...own, ...known } }
      const [sent, live] = run(python, ['agent.py'], options).trimEnd().split('\n')
      const get = async (id) => {
        const headers = { authorization: `Bearer ${known.AGENT_RUN_KEY}` }
        const answer = await fetch(`${known.AGENT_RUN_SERVER_URL}/api/v1/runs/${id}`, { headers })
        return answer.json()
      }
      expect(await get(sent)).toEqual(JSON.parse(readFileSync(join(place, '.agent-run', `${sent}.json`), 'utf8')))
      expect((await get(live)).status).toBe('running')
      // What could not be sent then is sent now, and the whole journal of the run that was going on.
      const rest = run(
        python,
        ['-m', 'agent_run', 'send', '.agent-run', join('.agent-run', `${live}.journal`)],
        options,
      )
      expect(rest.match(/: stored/g)).toHaveLength(2)
      const [record, journal] = ['json', 'journal'].map((ending) => join(place, '.agent-run', `${live}.${ending}`))
      expect(await get(live)).toEqual(JSON.parse(readFileSync(record, 'utf8')))
      expect(run(process.execPath, [cli, 'verify', '--journal', journal, record])).toContain('sealed, self-asserted')
    } finally {
      server.stop()
    }
  })
})

/** What somebody does first with an installed package, far from the repository. */
const USE = `
from pathlib import Path
import agent_run
from agent_run import Recorder, Signer, verify

with Recorder("a", signer=Signer.generate(), directory="runs") as run:
    run.tool_call("add", {"a": 1, "b": 2}, lambda a, b: a + b)
print(Path(agent_run.__file__).parent)
print(agent_run.VERSION)
print(verify(run.record, journal=run.journal_path.read_bytes())["level"])
`

/** Runs that are sent: one at its end, one while it goes on, one that finds nobody at first. */
const SENDER = `
import socket
from agent_run import Recorder, Server, Signer, send

signer, here = Signer.generate(), Server.from_environment()
with Recorder("sender", signer=signer, server=here, live=True, strict=True) as run:
    run.message("user", "Hello ✓")
assert run.faults == []
print(run.id)

live = Recorder("sender", signer=signer)
live.message("user", "Hello")
live.head()
send(live.journal_path)
print(live.id)
live.message("assistant", "Done")
live.end()

with socket.socket() as taken:
    # A port that is taken, and on which nobody listens.
    taken.bind(("127.0.0.1", 0))
    nobody = Server(f"http://127.0.0.1:{taken.getsockname()[1]}", attempts=1)
    with Recorder("sender", server=nobody, on_fault=lambda fault: None) as run:
        pass
assert [fault.code for fault in run.faults] == ["recorder.transport_failed"]
`

/** Two agents that use most of the recorder: one whose work comes to an end, one that fails. */
const AGENT = `
import sys
from agent_run import CallRefused, Recorder, Signer

signer = Signer.generate()
tools = [{"name": "write_file", "description": "Writes a file", "input_schema": {"type": "object"}}, {"name": "publish"}]
policy = lambda call: "require_approval" if call.tool_name == "publish" else {"verdict": "allow", "policy": {"id": "p"}}
ask = lambda request: {"decision": "approved" if request.call.arguments["tag"] == "beta" else "denied",
                       "actor": {"kind": "human", "id": "u-17"}, "reason": "as agreed"}

with Recorder("release-bot", model="m-1", trigger="manual", session_id="s", input="Release it", signer=signer,
              directory=sys.argv[1], tools=tools, policy=policy, ask=ask, head_every=2, strict=True) as run:
    run.message("user", "Release it")
    answer = {"id": "msg_1", "model": "m-1.1", "stop_reason": "tool_use", "content": [{"type": "text", "text": "I shall."}],
              "usage": {"input_tokens": 90, "output_tokens": 12, "cache_read_input_tokens": 400}}
    run.model_call(lambda: answer, model="m-1", input="Release it")
    run.tool_call("write_file", {"path": "notes.md"}, lambda path: "written", tool_call_id="c-1",
                  side_effects=[{"kind": "write", "target_kind": "file", "target": "notes.md"}])
    run.tool_call("publish", {"tag": "beta"}, lambda tag: tag, side_effects=["deploy"])
    try:
        run.tool_call("publish", {"tag": "latest"}, lambda tag: tag, side_effects=["deploy"])
    except CallRefused:
        run.message("assistant", "I may not publish it.")
    with run.step("model_call", role="assistant") as step:
        step.first_token()
        step.add(output="Done.", cost={"input_tokens": 5, "output_tokens": 2})
        step.artifact("notes.md", b"# 1.0", kind="file", action="created")
        step.evidence("test", name="pytest", result="pass")
    run.update(git_commit="0" * 40, intent="A release")
    run.end(outcome="partial", output="Released as beta")

def fail():
    raise ConnectionResetError("the connection was reset")

try:
    with Recorder("release-bot", signer=signer, directory=sys.argv[1], strict=True) as run:
        run.model_call(fail)
except ConnectionResetError:
    pass
`
