import { checkJournal, foldJournal, readJournal } from '@agent-run/core'
import type { Source } from '../input/source.ts'
import { readWhole } from '../input/whole.ts'
import { startOf } from './failure-place.ts'
import type { Judge } from './judge.ts'
import type { Outcome } from './outcome.ts'

const start = { line: 1, column: 1 }

/** Verifies the record that a journal folds to, against that journal. Throws `Failure` if it cannot be read again. */
export async function journalOutcome(source: Source, judge: Judge, maxSize: number): Promise<Outcome> {
  const journal = readJournal(await readWhole(source, maxSize))
  const { run } = foldJournal(journal)
  if (run !== undefined) return judge.outcomeOfFold(run, journal, start)
  const { code = 'journal.start', expected = 'a journal', found = 'something else' } = checkJournal(journal)
  const message = `the journal has no sound beginning: expected ${expected}, found ${found}`
  return { kind: 'problem', file: source.name, ...startOf(start), code, severity: 'error', message, unusable: false }
}
