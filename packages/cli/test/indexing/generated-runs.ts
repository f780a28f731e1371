// Runs that differ in everything that can be asked for; the same seed gives the same ones.
import { runHash } from '@agent-run/core'
import { NAMES } from './questions.ts'

type Members = Record<string, unknown>

/** Draws numbers; seeded. */
export interface Dice {
  below(n: number): number
  pick<T>(list: readonly T[]): T
  chance(one: number): boolean
}

export const createDice = (seed: number): Dice => {
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { below, pick: (list) => list[below(list.length)] as never, chance: (one) => below(one) === 0 }
}

const time = (dice: Dice): string =>
  `2026-03-0${1 + dice.below(5)}T0${dice.below(10)}:00:0${dice.below(3)}${dice.pick(['Z', '+01:00', '.5Z'])}`

const step = (dice: Dice, id: string): Members => {
  const name = dice.pick(NAMES)
  const kind = dice.pick(['write', 'exec', 'network', 'delete'])
  const status = dice.pick(['succeeded', 'succeeded', 'failed', 'denied', 'skipped'])
  const states = status === 'denied' ? ['denied'] : status === 'skipped' ? ['expired'] : ['approved', 'not_required']
  const basis = status === 'denied' || status === 'skipped' ? 'declared' : 'observed'
  return {
    id,
    type: 'tool_call',
    status,
    started_at: null,
    ended_at: null,
    tool_name: `tool-${name}`,
    tool_call_id: `call-${id}`,
    ...(dice.chance(3) ? { mcp_server: `server-${dice.pick(NAMES)}` } : {}),
    ...(dice.chance(4) ? { turn_id: `turn-${dice.pick(NAMES)}` } : {}),
    ...(dice.chance(4) ? { approval: { state: dice.pick(states) } } : {}),
    ...(dice.chance(2) ? { input_preview: `look at ${name}` } : {}),
    side_effects: [
      { kind, target_kind: kind === 'exec' ? 'command' : 'file', target: `${dice.pick(NAMES)}.txt`, basis },
    ],
  }
}

const approvals = (dice: Dice): Members[] => {
  const about = { approval_id: 'ap-1', step_id: 's-0' }
  const asked = { ...about, event: 'requested', at: '2026-03-01T00:00:00Z' }
  const person = { kind: 'human', name: dice.pick(['Ada', 'Bo']) }
  const second = { approval_id: 'ap-2', event: 'requested', at: '2026-03-01T00:00:02Z', tool_call_id: 'call-s-1' }
  return dice.pick([
    [asked],
    [asked, { ...about, event: 'denied', at: '2026-03-01T00:00:05Z', actor: person, reason: 'not today' }],
    [second, asked, { ...about, event: 'approved', at: '2026-03-01T00:00:05Z', actor: person }],
  ])
}

/** A valid record. Ids are few, so that two may share one. */
export function makeRun(dice: Dice): Members {
  const steps = Array.from({ length: dice.below(5) }, (_, n) => step(dice, `s-${n}`))
  const id = `run-${dice.pick(NAMES)}-${dice.below(4)}${dice.chance(3) ? `-${dice.below(50)}` : ''}`
  const other = (number: number): string => `run-${dice.pick(NAMES.filter((name) => !id.includes(name)))}-${number}`
  const run: Members = {
    id,
    spec_version: '1.0',
    agent_id: `agent-${dice.pick(NAMES)}`,
    model: dice.pick(['m-1', 'm-2']),
    status: dice.pick(['completed', 'failed', 'running']),
    ended_at: null,
    started_at: dice.chance(8) ? null : time(dice),
    ...(dice.chance(2) ? { outcome: dice.pick(['success', 'failed']) } : {}),
    ...(dice.chance(2) ? { turn_id: `turn-${dice.pick(NAMES)}` } : {}),
    ...(dice.chance(3) ? { parent_run_id: other(dice.below(4)) } : {}),
    ...(dice.chance(2) ? { task_id: `task-${dice.pick(NAMES)}` } : {}),
    ...(dice.chance(2) ? { tags: NAMES.filter(() => dice.chance(2)).map((name) => `tag-${name}`) } : {}),
    ...(dice.chance(3) ? { scope: { repository: `https://git.example.org/${dice.pick(NAMES)}` } } : {}),
    ...(dice.chance(6) ? { related: [{ relation: 'baseline', run_id: other(1) }] } : {}),
    ...(dice.chance(3)
      ? { eval: { pass: dice.chance(2), score: dice.below(100), benchmark_id: `bench-${dice.pick(NAMES)}` } }
      : {}),
    ...(dice.chance(4) ? { metadata: { received_at: 'no time', __proto__x: '\u2028' } } : {}),
    steps,
    ...(steps.length > 1 && dice.chance(2) ? { approvals: approvals(dice) } : {}),
    ...(dice.chance(2)
      ? {
          artifacts: [
            { id: 'f-1', name: `${dice.pick(NAMES)}.md`, ...(steps.length > 0 ? { step_id: 's-0' } : {}) },
            { id: 'f-2', name: 'x', content: { digest: `sha256:${dice.pick(NAMES).repeat(64)}`, size: 1 } },
          ].slice(0, 1 + dice.below(2)),
        }
      : {}),
    cost: {
      input_tokens: dice.below(1000),
      output_tokens: 1,
      ...(dice.chance(2) ? { cost_usd: dice.below(97) / 7 } : {}),
    },
    provenance: { run_hash: '0'.repeat(64) },
  }
  return { ...run, provenance: { run_hash: runHash(run as never) } }
}
