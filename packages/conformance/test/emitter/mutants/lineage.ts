import { sealHash } from '../../../src/bytes/covered.ts'
import { type Loose, type Mutant, reseal, writes } from './mutant.ts'

const handoff = (run: Loose): Loose => run.steps.find(({ type }: Loose) => type === 'handoff')
const entry = (child: Loose): Loose => child.provenance.parents[0]

/** Runtimes whose parents and children do not know each other. */
export const lineageMutants: readonly Mutant[] = [
  writes(
    'entry_without_leaf',
    'handed_off',
    'does not name the handoff',
    (_run, [child]) => delete entry(child).handoff_leaf,
  ),
  writes('leaf_of_another', 'handed_off', 'names the leaf of another step', (_run, [child]) => {
    entry(child).handoff_leaf = `sha256:${'0'.repeat(64)}`
  }),
  writes('delegation_used_again', 'handed_off', 'hands off twice under one delegation', (run) => {
    const again = { ...handoff(run), id: 's-90', child_run_id: 'another' }
    run.steps.push({ ...again, started_at: run.ended_at, ended_at: run.ended_at, seq: 90 })
  }),
  writes('result_of_another', 'handed_off', 'names another record as the result', (run) => {
    const result = run.steps.find(({ type }: Loose) => type === 'handoff_result')
    result.child_record_hash = `sha256:${'0'.repeat(64)}`
  }),
  writes('parent_of_another_hash', 'handed_off', 'names another record of the parent', (_run, [child]) => {
    entry(child).record_hash = `sha256:${'0'.repeat(64)}`
  }),
  writes('ancestors_mixed_up', 'handed_off', 'names other ancestors', (_run, [child]) => {
    child.provenance.parent_run_hash = '0'.repeat(64)
  }),
  writes('own_ancestor', 'handed_off', 'lets two runs start each other', (run, [child]) => {
    run.provenance.parents = [{ run_id: child.id, record_hash: sealHash('run', reseal(child)) }]
  }),
]
