import { accessMutants } from './access.ts'
import { batchMutants } from './batch.ts'
import { bodyMutants } from './bodies.ts'
import { changingMutants } from './changing.ts'
import { erasureMutants } from './erasure.ts'
import { journalMutants } from './journal.ts'
import { judgingMutants } from './judging.ts'
import type { Mutant } from './mutant.ts'
import { pageMutants } from './pages.ts'
import { parameterMutants } from './parameters.ts'
import { protocolMutants } from './protocol.ts'
import { queryMutants } from './querying.ts'
import { readingMutants } from './reading.ts'
import { recordMutants } from './records.ts'
import { selectionMutants } from './selection.ts'
import { storingMutants } from './storing.ts'
import { streamMutants } from './streams.ts'

/** Servers with one thing broken each. */
export const mutants: readonly Mutant[] = [
  ...protocolMutants,
  ...accessMutants,
  ...bodyMutants,
  ...recordMutants,
  ...storingMutants,
  ...readingMutants,
  ...pageMutants,
  ...parameterMutants,
  ...selectionMutants,
  ...changingMutants,
  ...streamMutants,
  ...batchMutants,
  ...journalMutants,
  ...judgingMutants,
  ...queryMutants,
  ...erasureMutants,
]
