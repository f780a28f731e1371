import { approvalMutants } from './approvals.ts'
import { behaviourMutants } from './behaviour.ts'
import { byteMutants } from './bytes.ts'
import { evalMutants } from './evals.ts'
import { journalMutants } from './journals.ts'
import { lineageMutants } from './lineage.ts'
import type { Mutant } from './mutant.ts'
import { recordMutants } from './records.ts'
import { sealMutants } from './seals.ts'
import { storyMutants } from './stories.ts'

/** Runtimes with one thing broken each. */
export const mutants: readonly Mutant[] = [
  ...byteMutants,
  ...recordMutants,
  ...approvalMutants,
  ...sealMutants,
  ...lineageMutants,
  ...journalMutants,
  ...evalMutants,
  ...storyMutants,
  ...behaviourMutants,
]
