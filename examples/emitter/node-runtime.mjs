// A runtime in a test mode: it plays the script of a scenario and records it with @agent-run/sdk.
//   agent-run-conformance emitter --listen 127.0.0.1:0 --scenarios all --level accountable -- node examples/emitter/node-runtime.mjs
// With --whole it sends finished records, leaves its journals in AGENT_RUN_OUTPUT, and asks no server for decisions.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner, signObject } from '@agent-run/core'
import { askServer, CallRefused, createClient, createRecorder } from '@agent-run/sdk'

const { AGENT_RUN_SCRIPT, AGENT_RUN_OUTPUT, AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key } = process.env
if (AGENT_RUN_SCRIPT === undefined) {
  console.error('AGENT_RUN_SCRIPT is not set: this runtime plays scenarios only')
  process.exit(64)
}
const script = JSON.parse(readFileSync(AGENT_RUN_SCRIPT, 'utf8'))
const live = !process.argv.includes('--whole')
const signerOf = (name) => createSigner(Uint8Array.from(Buffer.from(script.keys[name].seed, 'hex')))
const client = createClient({ url, key })

/** What the script says about a call, by its id. */
const decisions = new Map()
const note = (moments) => {
  for (const { tool_call: call, handoff } of moments) {
    if (call?.decision) decisions.set(call.id, call.decision)
    if (handoff) note(handoff.play)
  }
}
note(script.play)

const policy = ({ tool_call_id }) => {
  const decision = decisions.get(tool_call_id)
  const about = { policy: script.policy, decider: { kind: 'rule', id: decision?.rule ?? 'allow-all' } }
  if (decision === undefined) return { ...about, verdict: 'allow', matched: 'default' }
  const rule = { ...about, matched: 'rule', rule_ids: [decision.rule ?? 'ask-first'] }
  if (decision.by === 'policy') return { ...rule, verdict: 'block', reasons: [decision.reason] }
  return { ...rule, verdict: 'require_approval', request: { expires_in_ms: 60_000 } }
}

/** The person of the script, who signs. */
const askScript = async ({ event, request_hash, call }) => {
  const { decision, reason, grant } = decisions.get(call.tool_call_id)
  const { approval_id, run_id, step_id, action_hash } = event
  const { tool_name, mcp_server, tool_hash } = call
  const about = { approval_id, run_id, step_id, action_hash, request_hash, ...(reason === undefined ? {} : { reason }) }
  const standing = grant && { ...grant, tool_name, ...(mcp_server && { mcp_server }), ...(tool_hash && { tool_hash }) }
  const said = { event: decision, at: new Date().toISOString(), actor: { kind: 'human', id: 'scenario approver' } }
  return {
    event: await signObject('approval', { ...about, ...said, ...(grant && { grant: standing }) }, signerOf('approver')),
  }
}

const callTool = (run, call, meanwhile) => {
  const { id, name, mcp_server, arguments: args, effects, result, fails, retries, artifact, costs } = call
  const before = retries && steps.get(retries)
  const side_effects = effects.map((effect) => (effect.kind === 'none' ? effect : { ...effect, basis: 'declared' }))
  const members = {
    ...membersOf(id),
    tool_name: name,
    arguments: args,
    side_effects,
    ...(mcp_server && { mcp_server }),
  }
  return run.toolCall(
    { ...members, attempt: (before?.attempt ?? 0) + 1, ...(before && { retry_of: before.id }) },
    async (_, step) => {
      steps.set(id, { id: step.id, attempt: (before?.attempt ?? 0) + 1 })
      await meanwhile
      if (artifact) step.artifact(artifact)
      if (costs) step.add({ cost: { input_tokens: null, output_tokens: null, ...costs } })
      if (fails) throw new Error(fails.message)
      return result
    },
  )
}
const steps = new Map()

/** A call that is not made is a step as well. */
const skipTool = (run, { id, name, arguments: args, effects }) => {
  const side_effects = effects.map((effect) => ({ ...effect, basis: 'declared' }))
  run.note('tool_call', {
    ...membersOf(id),
    tool_name: name,
    input: args,
    side_effects,
    status: 'skipped',
    approval: free,
  })
}
const membersOf = (id) => ({ tool_call_id: id, ...(askedIn.has(id) && { model_call_id: askedIn.get(id) }) })

/** A call whose failure or refusal is part of the story. */
const tryTool = (run, call, meanwhile) =>
  callTool(run, call, meanwhile).catch((error) => {
    if (!(error instanceof CallRefused) && call.fails === undefined) throw error
  })

/** Handing work on needs nobody's consent by this policy. */
const free = { state: 'not_required', policy_id: script.policy.id, basis: 'observed' }

/** Plays moments; what keeps the run from going on, if anything does. */
const play = async (run, moments) => {
  for (const { model_call: model, tool_call: call, parallel, handoff, ...other } of moments) {
    if (model) await askModel(run, model)
    if (call) await tryTool(run, call)
    if (other.skip) skipTool(run, other.skip)
    if (parallel) await playTogether(run, parallel)
    if (handoff)
      await run.handoff({ agent_id: handoff.agent_id, input: handoff.input, approval: free }, async (child) => {
        await play(child, handoff.play)
        return handoff.output
      })
    if (other.pause) run.pause()
    if (other.resume) run.resume()
    if (other.crash) process.kill(process.pid, 'SIGKILL')
    if (other.cancel || other.leave) return other
  }
  return undefined
}

/** Asks the model, and remembers which calls it asked for. */
const askModel = (run, { input, answer, says }) =>
  run.modelCall({ model: script.run.model, input, ...says }, (step) => {
    for (const { type, id } of answer.content ?? []) if (type === 'tool_use') askedIn.set(id, step.id)
    return answer
  })
const askedIn = new Map()

/** Starts calls in their order and lets them end in another one. */
const playTogether = async (run, { calls, ends }) => {
  const gates = new Map(calls.map(({ id }) => [id, Promise.withResolvers?.() ?? gate()]))
  const running = calls.map((call) => [call.id, tryTool(run, call, gates.get(call.id).promise)])
  const under = new Map(running)
  for (const id of ends) {
    gates.get(id).resolve()
    await under.get(id)
  }
}
const gate = () => {
  let resolve
  const promise = new Promise((done) => {
    resolve = done
  })
  return { promise, resolve }
}

// A process that does not end its run leaves its journal where the suite looks for it.
const dies = script.play.some(({ crash, leave }) => crash || leave)
const folder = dies ? AGENT_RUN_OUTPUT : mkdtempSync(join(tmpdir(), 'agent-run-runtime-'))
const { agent_id, ...start } = script.run
const run = createRecorder(
  {
    agent_id: agent_id ?? 'unknown',
    runtime: 'node-runtime',
    runtime_version: '1.0.0',
    tools: script.tools,
    ...(script.mcp_servers && { inventory: { mcp_servers: script.mcp_servers } }),
    ...start,
  },
  {
    directory: folder,
    signer: signerOf('recorder'),
    server: dies ? false : client,
    live: live && !dies,
    policy,
    ask: live && !dies ? askServer(client, { every: 50 }) : askScript,
    onFault: ({ code, message }) => console.error(code, message),
  },
)
const early = await play(run, script.play)
if (early?.leave) {
  run.abandon()
  process.exit()
}
const record = await run.end(early?.cancel ? { status: 'cancelled' } : script.end)
let sent = await run.flush()
for (let tries = 0; sent.digest === undefined && sent.refused === undefined && tries < 5; tries++)
  sent = await run.flush()
if (script.evaluation) {
  const about = { run_id: record.id, record_hash: record.provenance.record_hash, at: new Date().toISOString() }
  const judgement = await signObject('eval', { ...script.evaluation, ...about }, signerOf('evaluator'))
  await client.putEval(record.id, judgement)
  if (!live) writeFileSync(join(AGENT_RUN_OUTPUT, 'judged.json'), JSON.stringify({ ...record, eval: judgement }))
}
if (!dies) {
  const journals = live ? [] : readdirSync(folder).filter((name) => name.endsWith('.journal'))
  for (const name of journals) copyFileSync(join(folder, name), join(AGENT_RUN_OUTPUT, name))
  rmSync(folder, { recursive: true, force: true })
}
