// Records, seeded: what languages protect, seal, erase, put into journals and hang together.
import { runHash } from '@agent-run/core'
import fc from 'fast-check'
import { change, changed } from '../../../packages/conformance/test/record/mutation.ts'
import { generatedRun } from '../../../packages/sdk/test/otlp/generated-run.ts'

const nonce = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })

/** Runs that are over and have all that a seal needs, none like another. */
export const sampleRuns = (seed, count) =>
  fc.sample(fc.tuple(generatedRun, nonce), { seed, numRuns: count }).map(([run, own], index) => ({
    ...run,
    id: `run-${index}`,
    started_at: run.started_at ?? '1998-01-01T00:00:00Z',
    ...(run.approvals && {
      approvals: run.approvals.map((event) => ({
        ...event,
        run_id: `run-${index}`,
        at: '1998-01-01T00:00:00Z',
        reason: 'looks right',
      })),
    }),
    policy_decisions: [
      { id: 'd-1', at: '1998-06-01T00:00:00Z', verdict: 'allow', reasons: ['a rule'], basis: 'observed' },
    ],
    artifacts: [{ id: 'a-1', name: 'notes.md', action: 'created', content: { size: index } }],
    provenance: { ...run.provenance, nonce: own },
  }))

/** A copy with one change somewhere, for which nothing was asked. */
export const changedSomewhere = (record, seed) => changed(record, fc.sample(change, { seed, numRuns: 1 })[0])

/** JSON Pointers of some of the objects of a protected record that can be erased; seeded, at least one if there is one. */
export const somePlaces = (record, seed) => {
  const places = ['', ...listed(record)].filter((path) => at(record, path).private_hash !== undefined)
  const chosen = fc.sample(fc.subarray(places, { minLength: Math.min(1, places.length) }), { seed, numRuns: 1 })[0]
  return chosen
}

const listed = (record) => [
  ...record.steps.flatMap(({ side_effects = [] }, index) => [
    `/steps/${index}`,
    ...side_effects.map((_, effect) => `/steps/${index}/side_effects/${effect}`),
  ]),
  ...['approvals', 'policy_decisions', 'artifacts'].flatMap((list) =>
    (record[list] ?? []).map((_, index) => `/${list}/${index}`),
  ),
]

const at = (record, path) =>
  path
    .split('/')
    .slice(1)
    .reduce((value, member) => value[member], record)

/** A parent whose first step hands work to a child; the child's record and then the parent's second step are to come. */
export const family = (index) => {
  const base = (id, steps, provenance) => {
    const run = {
      id,
      spec_version: '1.0',
      agent_id: id.startsWith('parent') ? 'lead' : 'helper',
      status: 'completed',
      started_at: '2026-01-01T00:00:00Z',
      ended_at: '2026-01-01T00:10:00Z',
      steps,
      cost: { input_tokens: null, output_tokens: null },
      provenance,
    }
    return { ...run, provenance: { run_hash: runHash(run), ...provenance } }
  }
  const delegation_id = `delegation-${index}`
  const handoff = {
    id: 's-1',
    type: 'handoff',
    status: 'succeeded',
    started_at: '2026-01-01T00:01:00Z',
    ended_at: '2026-01-01T00:01:01Z',
    child_run_id: `child-${index}`,
    delegation_id,
  }
  return {
    handoff,
    child: (handoff_leaf) =>
      base(`child-${index}`, [], {
        nonce: `${index}`.padStart(32, 'c'),
        parents: [{ run_id: `parent-${index}`, delegation_id, handoff_leaf }],
      }),
    parent: (child_record_hash) =>
      base(
        `parent-${index}`,
        [
          handoff,
          {
            id: 's-2',
            type: 'handoff_result',
            status: 'succeeded',
            started_at: '2026-01-01T00:09:00Z',
            ended_at: '2026-01-01T00:09:00Z',
            child_run_id: `child-${index}`,
            child_record_hash,
            delegation_id,
          },
        ],
        { nonce: `${index}`.padStart(32, 'b') },
      ),
  }
}
