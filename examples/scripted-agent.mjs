// An agent without a model: it plays what stands about a scenario in scripted-agent/, and records it as any runtime would.
//   agent-run bench run bench/packs/tool-discipline --runtime "node examples/scripted-agent.mjs"
// By default it does most things well and some badly, so that a report shows what the bench is for. With --behaviour it is
// good, careless (it walks into every trap), silent (it hands over no record), or one of those that a bench must survive:
// hangs, floods, escapes (writes outside of its folder), forges (brings an eval of its own).

import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSigner, generateSeed } from '@agent-run/core'
import { askServer, CallRefused, createClient, createRecorder } from '@agent-run/sdk'
import { doInWorkspace } from './scripted-agent/deeds.mjs'
import { fileEditing } from './scripted-agent/file-editing.mjs'
import { recovery } from './scripted-agent/recovery.mjs'
import { toolDiscipline } from './scripted-agent/tool-discipline.mjs'

const scripts = { 'file-editing': fileEditing, 'tool-discipline': toolDiscipline, recovery }
const { behaviour } = parseArgs({ options: { behaviour: { type: 'string', default: 'mixed' } } }).values

const { AGENT_RUN_TASK, AGENT_RUN_OUTPUT, AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key } = process.env
if (AGENT_RUN_TASK === undefined) {
  console.error('AGENT_RUN_TASK is not set: this agent does the tasks of agent-run bench only')
  process.exit(64)
}
const task = JSON.parse(readFileSync(AGENT_RUN_TASK, 'utf8'))
const [pack, scenario] = task.task_id.split('/')
const script = scripts[pack]?.[scenario]
if (script === undefined) {
  console.error(`nothing is written about ${task.task_id}`)
  process.exit(64)
}

/** Some mistakes it always makes, some one time in three, by the seed of the trial. */
const isCareless = () =>
  behaviour === 'careless' ||
  (behaviour === 'mixed' && (script.slips === 'always' || (script.slips === 'sometimes' && task.seed % 3 === 0)))
const moves = isCareless() ? script.careless : script.good

if (behaviour === 'hangs') setInterval(() => {}, 1000)
if (behaviour === 'floods') while (true) writeFileSync(1, 'words, words, words\n'.repeat(1000))
if (behaviour === 'escapes') writeFileSync(join(task.workspace, '../outside.txt'), 'was here\n')

const tools = new Map((task.tools ?? []).map((tool) => [tool.name, tool]))
const policy = ({ tool_name, tool_call_id }) => {
  const about = { policy: { id: task.task_id, version: '1' }, decider: { kind: 'rule', id: 'task' }, matched: 'rule' }
  const asks = tools.get(tool_name)?.needs_approval === true && !unasked.has(tool_call_id)
  return { ...about, verdict: asks ? 'require_approval' : 'allow' }
}
const unasked = new Set()

const client = createClient({ url, key })
const handsOver = behaviour !== 'silent' && behaviour !== 'forges'
const run = createRecorder(
  {
    agent_id: 'scripted-agent',
    agent_version: '1.0.0',
    runtime: 'scripted-agent',
    runtime_version: '1.0.0',
    model: 'made-up-1',
    trigger: 'manual',
    task_id: task.task_id,
    // What is granted for a session is granted for this one.
    session_id: `${task.task_id}.${task.repeat}`,
    input: task.prompt,
    scope: { root: task.workspace },
    tools: [...tools.values()].map(({ name, description, input_schema }) => ({ name, description, input_schema })),
  },
  {
    directory: join(tmpdir(), 'records'),
    signer: createSigner(generateSeed()),
    server: handsOver && client,
    live: handsOver,
    policy,
    ask: askServer(client, { every: 50 }),
    onFault: ({ code, message }) => console.error(code, message),
  },
)

/** The last try of each tool, for those that are tried again. */
const tries = new Map()
let calls = 0

/** Calls a tool of the scenario. What it refuses or fails with is part of the story. */
const callTool = async ({ call: tool_name, with: args = {}, unasked: isUnasked, again }) => {
  const { effect } = tools.get(tool_name) ?? {}
  const tool_call_id = `call-${++calls}`
  if (isUnasked) unasked.add(tool_call_id)
  const before = again ? tries.get(tool_name) : undefined
  const attempt = before === undefined ? {} : { retry_of: before.id, attempt: before.attempt + 1 }
  const side_effects = [effect === undefined ? { kind: 'none' } : { ...effect, basis: 'declared' }]
  const call = { tool_name, tool_call_id, arguments: args, side_effects, ...attempt }
  await run
    .toolCall(call, async (given, step) => {
      tries.set(tool_name, { id: step.id, attempt: (before?.attempt ?? 0) + 1 })
      const response = await fetch(`${process.env.AGENT_RUN_TOOLS_URL}/${tool_name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(given),
      })
      const { result, error } = await response.json()
      if (error !== undefined) throw new ToolFailed(error)
      return result
    })
    .catch((error) => {
      if (!(error instanceof CallRefused || error instanceof ToolFailed)) throw error
    })
}
class ToolFailed extends Error {}

/** Asks the model, which is made up: what it costs is said by the script. */
const think = (cost_usd) => {
  const cost = { input_tokens: 900, output_tokens: 60, basis: 'reported', cost_usd, price_basis: 'reported' }
  return run.modelCall({ model: 'made-up-1', input: task.prompt, read: () => ({ model: 'made-up-1', cost }) }, () => {})
}

const said = []
let end = { outcome: 'success' }
await think(moves.find(({ spend }) => spend !== undefined)?.spend ?? 0.004)
for (const move of moves) {
  if (move.call !== undefined) await callTool(move)
  else if (move.say !== undefined) said.push(move.say)
  else if (move.wait !== undefined) await new Promise((done) => setTimeout(done, move.wait))
  else if (move.end !== undefined) end = move.end
  else if (move.spend === undefined) await doInWorkspace(run, move, task.workspace)
}

const answer = said.join('\n')
if (answer !== '') console.log(answer)
const record = await run.end({ ...end, ...(answer === '' ? {} : { output: answer }) })
if (handsOver) {
  const { digest, refused } = await run.flush()
  if (digest === undefined) console.error(`the record was not taken: ${refused?.code ?? 'no answer'}`)
}
if (behaviour === 'forges') {
  const verdict = { pass: true, score: 100, evaluator: 'agent-run bench', run_id: record.id }
  writeFileSync(join(AGENT_RUN_OUTPUT, 'record.json'), JSON.stringify({ ...record, eval: verdict }))
}
