import {
  createJournalWriter,
  describeRun,
  foldJournal,
  type JournalState,
  openJournal,
  privateHash,
  readJournal,
} from '@agent-run/core'
import type { AgentRun, RunSummary } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incrementOf, type LiveState } from '../../src/live/increment.ts'
import { seed } from '../seed.ts'

const at = '2026-11-20T15:00:00Z'
const hidden = (kind: 'step' | 'artifact' | 'side_effect', n: number, object: object): object => {
  const salted = { ...object, salt: String(n % 10).repeat(64) }
  return { ...salted, private_hash: privateHash(kind, salted) }
}

type Event = readonly [
  type: 'step.ended' | 'approval' | 'policy_decision' | 'artifact' | 'run.updated' | 'run.paused' | 'run.resumed',
  data: object,
]

const states = ['not_required', 'approved', 'denied', 'auto_approved']
const steps = fc.record({
  status: fc.constantFrom('succeeded', 'failed', 'denied', 'skipped', 'timeout'),
  tool_name: fc.constantFrom('Bash', 'Edit'),
  mcp_server: fc.option(fc.constantFrom('github', 'slack'), { nil: undefined }),
  approval: fc.option(
    fc.constantFrom(...states).map((state) => ({ state })),
    { nil: undefined },
  ),
  cost: fc.option(
    fc.record({
      input_tokens: fc.oneof(fc.nat(9), fc.constantFrom(null, Number.MAX_SAFE_INTEGER)),
      output_tokens: fc.constantFrom(null, 3),
      cost_usd: fc.constantFrom(0.25, 0.5, null),
    }),
    { nil: undefined },
  ),
  effects: fc.array(
    fc.record({
      kind: fc.constantFrom('write', 'read', 'exec', 'delete'),
      target_kind: fc.constantFrom('file', 'database'),
      target: fc.constantFrom('a.md', 'b.md'),
    }),
    { maxLength: 2 },
  ),
  hide: fc.boolean(),
})
const events: fc.Arbitrary<Event> = fc.oneof(
  steps.map(
    ({ hide, effects, ...step }): Event => [
      'step.ended',
      {
        ...step,
        type: 'tool_call',
        started_at: at,
        ended_at: at,
        side_effects: effects.map((effect, n) => (hide ? hidden('side_effect', n, effect) : effect)),
      },
    ],
  ),
  fc
    .constantFrom('requested', 'approved', 'denied')
    .map((event): Event => ['approval', { approval_id: 'ap', event, at }]),
  fc
    .constantFrom('block', 'allow')
    .map(
      (verdict): Event => ['policy_decision', { id: 'pd', verdict, enforcement: 'blocked', boundary: 'tool_call', at }],
    ),
  fc
    .tuple(fc.constantFrom('x', 'y'), fc.boolean())
    .map(([name, hide]): Event => ['artifact', hide ? hidden('artifact', 3, { id: 'a', name }) : { id: 'a', name }]),
  fc.constantFrom<Event>(
    ['run.paused', {}],
    ['run.resumed', {}],
    ['run.updated', { status: 'failed', ended_at: at }],
    ['run.updated', { status: 'completed', outcome: 'success', ended_at: at, duration_ms: 7 }],
    ['run.updated', { outcome: null, duration_ms: null, ended_at: null }],
    ['run.updated', { cost: { input_tokens: 5, output_tokens: 6, cost_usd: 1, amount: 2, unit: 'usd' } }],
    ['run.updated', { tags: ['t'] }],
    ['run.updated', { model: 'm', turn_id: 'turn' }],
    ['run.updated', { error: 'no', error_type: 'timeout' }],
    ['run.updated', { scope: { repository: 'r' }, related: [{ relation: 'baseline', run_id: 'b' }] }],
    ['run.updated', { inventory: { mcp_servers: [{ name: 'linear' }] }, provenance: { config_hash: 'c' } }],
    [
      'run.updated',
      {
        job_id: 'j',
        links: {},
        agent_role: 'r',
        runtime_version: '2',
        provider: 'p',
        model_config: {},
        prompt_version: '1',
        permissions: {},
        sandbox: {},
        policies: [],
        git_branch: 'b',
        git_commit: 'c',
        setup: {},
        checkpoints: [],
        recovery: {},
        metadata: { a: 1 },
      },
    ],
  ),
)

const begin = () => {
  const writer = createJournalWriter()
  const lines = writer.append('run.started', at, {
    id: 'r',
    spec_version: '1.0',
    agent_id: 'a',
    started_at: at,
    provenance: { nonce: '0'.repeat(32) },
  })
  return { writer, lines }
}

const write = (writer: ReturnType<typeof begin>['writer'], [type, data]: Event, n: number): string[] => {
  if (type === 'run.resumed') return writer.resume(at)
  return writer.append(type, at, type === 'step.ended' ? { id: `s-${n}`, ...data } : data)
}

const whole = (lines: readonly string[]) => {
  const journal = readJournal(lines.map((line) => `${line}\n`).join(''))
  expect(journal.findings).toEqual([])
  const run = foldJournal(journal, { live: true }).run as AgentRun
  const { summary, facts } = describeRun({ ...run, steps: run.steps.slice(0, journal.leaves.length) }, { live: true })
  return { summary, facts: new Set(facts.map(({ kind, value }) => `${kind} ${value}`)) }
}

describe('what lines add to a live run', () => {
  it('is what describing it whole gives, however the lines are cut into requests', () => {
    let increments = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(events, fc.boolean()), { maxLength: 12 }), (sequence) => {
        const { writer, lines } = begin()
        let { summary, facts } = whole(lines)
        const reader = openJournal()
        for (const line of lines) reader.take(Buffer.from(line))
        let costGiven = false
        let pending: string[] = []
        for (const [n, [event, cut]] of sequence.entries()) {
          pending.push(...write(writer, event, n))
          if (!cut && n < sequence.length - 1) continue
          const state = { ...(reader.state() as JournalState), cost_given: costGiven, octets: 0 } as LiveState
          const increment = incrementOf(
            { summary, state },
            pending.map((line) => reader.take(Buffer.from(line))),
          )
          lines.push(...pending)
          pending = []
          const expected = whole(lines)
          if (increment === undefined) {
            ;({ summary, facts } = expected)
            costGiven = lines.some((line) => line.includes('"run.updated"') && line.includes('"cost"'))
            continue
          }
          increments++
          const dropped = new Set(increment.dropFacts.map(({ kind, value }) => `${kind} ${value}`))
          facts = new Set([
            ...[...facts].filter((fact) => !dropped.has(fact)),
            ...increment.addFacts.map(({ kind, value }) => `${kind} ${value}`),
          ])
          summary = increment.summary
          costGiven = increment.costGiven
          expect(summary).toEqual(expected.summary satisfies RunSummary)
          expect([...facts].sort()).toEqual([...expected.facts].sort())
        }
      }),
      { numRuns: 300, seed },
    )
    expect(increments).toBeGreaterThan(300)
  })
})
