import { createHash } from 'node:crypto'

/**
 * Seeded AgentRuns for measuring: the same seed gives the same bytes on every machine. They are valid against the
 * schemas and the semantic rules, so a benchmark may assert the verdict before it takes a time.
 */

const WORDS =
  `the of to and in is for on that with as it from by this at are be not was or an file test run build type value name
line error module import export function return string number list path index order record schema field result check
change update write read call model token cost step tool user branch commit merge review deploy config option default
version package server client request response header body stream buffer cache queue worker thread timeout retry
failed passed skipped expected received missing found added removed renamed moved src lib docs readme`
    .split(/\s+/)
    .filter(Boolean)
const FOREIGN = ['naïve', 'Größe', 'café', 'São', 'résumé', 'Привет', '日本語', '→', '…', 'Łódź', '🚀']
const FOLDERS = ['src', 'src/read', 'src/routes', 'test', 'docs', 'scripts']
const TOOLS = ['Bash', 'Read', 'Edit', 'Grep', 'Write']
const EFFECTS = { Bash: 'exec', Read: 'read', Edit: 'write', Grep: 'read', Write: 'write' }
const MODEL = 'claude-sonnet-4-5'
const START = Date.UTC(2026, 10, 20, 9, 0, 0)

/** Mulberry32: a small seeded generator of numbers in [0, 1). */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Everything drawn from one generator, so that a run depends on its seed alone. */
class Source {
  constructor(seed) {
    this.next = random(seed)
  }
  below(n) {
    return Math.floor(this.next() * n)
  }
  pick(list) {
    return list[this.below(list.length)]
  }
  hex(digits) {
    let text = ''
    while (text.length < digits)
      text += Math.floor(this.next() * 0x100000000)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, digits)
  }
  /** About two words in a hundred are not ASCII; some lines hold a line break or quoted text, which JSON escapes. */
  words(count) {
    const words = Array.from({ length: count }, () => (this.next() < 0.02 ? this.pick(FOREIGN) : this.pick(WORDS)))
    if (this.next() < 0.25) words[this.below(count)] += '\n'
    if (this.next() < 0.15) words[this.below(count)] = `"${this.pick(WORDS)}"`
    return words.join(' ')
  }
  file() {
    return `${this.pick(FOLDERS)}/${this.pick(WORDS)}-${this.pick(WORDS)}.ts`
  }
}

const time = (ms) => new Date(START + ms).toISOString()
const digest = (source) => `sha256:${source.hex(64)}`

function modelCall(source, base, words) {
  const input = 9000 + source.below(90_000)
  const output = 40 + source.below(1500)
  return {
    ...base,
    type: 'model_call',
    role: 'assistant',
    model: MODEL,
    response_id: `msg_${source.hex(24)}`,
    stop_reason: 'tool_use',
    output_preview: source.words(words),
    cost: {
      input_tokens: input,
      output_tokens: output,
      cache_read_tokens: source.below(input),
      total_tokens: input + output,
      cost_usd: Math.round(input * 0.3 + output * 15) / 1e6,
      model: MODEL,
      basis: 'reported',
    },
  }
}

function toolCall(source, base, callId, tools, words) {
  const tool = source.pick(tools)
  const kind = EFFECTS[tool]
  const file = source.file()
  const effect = { kind, target_kind: kind === 'exec' ? 'command' : 'file', target: file, basis: 'inferred' }
  if (kind === 'write') Object.assign(effect, { reversible: 'full', after_digest: digest(source) })
  return {
    ...base,
    type: 'tool_call',
    status: source.next() < 0.05 ? 'failed' : 'succeeded',
    model_call_id: callId,
    tool_name: tool,
    tool_call_id: `toolu_${source.hex(24)}`,
    input_preview: JSON.stringify({ file_path: file, pattern: source.words(3) }),
    output_preview: source.words(words),
    side_effects: [effect],
    approval: { state: 'not_required', policy_id: 'workspace-default' },
  }
}

function makeSteps(source, count, tools) {
  // Long runs work on larger things: their previews are a little longer than those of a quick question.
  const words = Math.round(3.2 * Math.log2(count) - 4)
  const steps = []
  let clock = 0
  let callId
  for (let seq = 0; seq < count; seq++) {
    const started = clock + source.below(40)
    clock = started + 20 + source.below(9000)
    const base = {
      id: `step_${String(seq).padStart(4, '0')}`,
      type: 'message',
      seq,
      status: 'succeeded',
      started_at: time(started),
      ended_at: time(clock),
      duration_ms: clock - started,
    }
    if (seq === 0) steps.push({ ...base, role: 'user', input_preview: source.words(words * 2) })
    else if (callId === undefined || source.next() < 0.4) {
      steps.push(modelCall(source, base, words))
      callId = base.id
    } else steps.push(toolCall(source, base, callId, tools, words))
  }
  return steps
}

function sum(steps) {
  const total = { input_tokens: 0, output_tokens: 0, cache_read_tokens: 0, total_tokens: 0 }
  let microUsd = 0
  for (const { cost } of steps) {
    if (cost === undefined) continue
    for (const name of Object.keys(total)) total[name] += cost[name]
    microUsd += Math.round(cost.cost_usd * 1e6)
  }
  return { ...total, cost_usd: microUsd / 1e6, basis: 'reported' }
}

/** The fingerprint of standard 1.0, written out here because the generator must not depend on what it measures. */
function runHash({ agent_id, config_hash, model, tools, trigger }) {
  const type = 'application/vnd.agent-run.run-inputs.v1+json'
  const body = JSON.stringify({ agent_id, config_hash, model, tools, trigger })
  return createHash('sha256')
    .update(`DSSEv1 ${type.length} ${type} ${Buffer.byteLength(body)} ${body}`)
    .digest('hex')
}

/**
 * One completed AgentRun of spec_version 1.0.
 * @param {number} seed any integer; equal seeds give equal runs
 * @param {number} stepCount number of steps, at least 1
 */
export function makeRun(seed, stepCount) {
  const source = new Source(seed)
  const steps = makeSteps(source, stepCount, TOOLS)
  const duration = Date.parse(steps.at(-1).ended_at) - START
  return {
    id: `run_${source.hex(20)}`,
    spec_version: '1.0',
    session_id: `sess_${source.hex(12)}`,
    agent_id: 'coding-agent',
    agent_version: '2.1.38',
    runtime: 'claude-code',
    model: MODEL,
    provider: 'anthropic',
    status: 'completed',
    outcome: 'success',
    trigger: 'manual',
    started_at: time(0),
    ended_at: time(duration),
    duration_ms: duration,
    tools_available: TOOLS,
    policies: [{ id: 'workspace-default', version: '3' }],
    git_branch: 'main',
    git_commit: source.hex(40),
    steps,
    cost: sum(steps),
    provenance: {
      run_hash: runHash({
        agent_id: 'coding-agent',
        config_hash: null,
        model: MODEL,
        tools: [...TOOLS].sort(),
        trigger: 'manual',
      }),
      runtime: 'agent-run-recorder 0.9.0',
      created_at: time(duration),
      nonce: source.hex(32),
    },
  }
}

/** The three sizes of the benchmarks: about 4.8 KB, 39 KB and 1.4 MB of compact JSON in UTF-8. */
export const corpus = {
  small: (seed = 1) => makeRun(seed, 8),
  typical: (seed = 1) => makeRun(seed, 60),
  large: (seed = 1) => makeRun(seed, 2000),
}
