import type { BenchCriterion } from '@agent-run/types'
import { compileGlobs } from '../../matching/glob.ts'
import { judgeInTime } from '../judge-in-time.ts'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { counted, listed } from '../words.ts'

/** `tree`: everything but the files that may change is as in the fixture. Folders are what is in them. */
export function judgeTree({ changed_only = [] }: BenchCriterion, { evidence }: JudgedTrial): Outcome {
  const changes = evidence.changes.filter(({ kind }) => kind !== 'folder')
  return judgeInTime(() => {
    const isAllowed = compileGlobs(changed_only)
    const others = changes.filter(({ path }) => !isAllowed(path))
    if (changes.length === 0) return met('nothing was changed')
    if (others.length === 0) return met(`${counted(changes.length, 'file')} changed, and nothing else`)
    const expected = changed_only.length === 0 ? 'no change' : `changes of ${listed(changed_only)} only`
    return missed(`${listed(others.map(({ path, change }) => `${path} was ${change}`))}; expected ${expected}`)
  })
}
