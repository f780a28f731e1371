import type { Check } from '../check.ts'
import type { RecordView } from '../view.ts'
import { approvalRules } from './approvals.ts'
import { costRules } from './cost.ts'
import { privacyRules } from './privacy.ts'
import { referenceRules } from './references.ts'
import { runRules } from './run.ts'
import { stepRules } from './steps.ts'

/** What a record means beyond its shape: the semantic rules. */
export const rules: readonly Check<RecordView>[] = [
  ...runRules,
  ...referenceRules,
  ...stepRules,
  ...costRules,
  ...approvalRules,
  ...privacyRules,
]
