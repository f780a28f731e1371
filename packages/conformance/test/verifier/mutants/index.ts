import { approvalMutants } from './approvals.ts'
import { formMutants } from './forms.ts'
import { lineageMutants } from './lineage.ts'
import type { Mutant } from './mutant.ts'
import { readingMutants } from './reading.ts'
import { sealingMutants } from './sealing.ts'
import { trustingMutants } from './trusting.ts'
import { verdictMutants } from './verdicts.ts'

/** All broken verifiers. */
export const mutants: readonly Mutant[] = [
  ...readingMutants,
  ...formMutants,
  ...sealingMutants,
  ...trustingMutants,
  ...approvalMutants,
  ...lineageMutants,
  ...verdictMutants,
]
