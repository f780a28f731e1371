import { canonicalize } from '@agent-run/core'
import type { Performance } from '../../../src/emitter/play.ts'
import { behaves, everywhere, type Loose, type Mutant, reseal } from './mutant.ts'

const repeated = ['id_taken', 'record_refused', 'too_large']

/** Changes the body of the last of several writes. */
const changeLast = ({ writes }: Performance): Partial<Performance> => {
  const last = writes.at(-1)
  if (writes.length < 2 || last?.operation !== 'POST runs') return {}
  const record: Loose = JSON.parse(last.body.toString('utf8'))
  const body = Buffer.from(canonicalize(reseal({ ...record, tags: ['second try'] })))
  return { writes: [...writes.slice(0, -1), { ...last, body }] }
}

/** Runtimes that treat the server wrongly. */
export const behaviourMutants: readonly Mutant[] = [
  everywhere(
    behaves('stored_twice', '', 'gives a run another id when it sends it again', ({ stored, writes }) =>
      writes.length > 1 ? { stored: stored + 1 } : {},
    ),
  ),
  everywhere(behaves('changed_between_tries', '', 'changes a record when it sends it again', changeLast)),
  everywhere(
    behaves('impatient', '', 'sends again at once', ({ writes }) => ({
      writes: writes.map((write, index) => ({ ...write, came: writes[index - 1]?.answered ?? write.came })),
    })),
  ),
  ...repeated.map((scenario) =>
    behaves(`never_gives_up_${scenario}`, scenario, 'sends the same again and again', ({ writes }) => ({
      writes: Array.from({ length: 20 }, () => writes[0]!),
    })),
  ),
  ...repeated.map((scenario) =>
    behaves(`never_ends_${scenario}`, scenario, 'never ends', ({ ending }) => ({
      exit: null,
      ending: { ...ending, exit: null, signal: 'SIGTERM', timedOut: true },
    })),
  ),
  behaves('judgement_of_nothing', 'judged', 'does not say what a judgement is about', ({ evals, deposits }) => ({
    deposits: deposits.filter(({ origin }) => !origin.endsWith('judged.json')),
    evals: evals.map((each) => {
      const { run_id: _, ...rest }: Loose = each
      return rest
    }),
  })),
]
