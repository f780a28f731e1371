import { approvalRules } from './approvals.ts'
import { costRules } from './cost.ts'
import { effectRules } from './effects.ts'
import { evaluationRules } from './evaluation.ts'
import { grantRules } from './grants.ts'
import { inventoryRules } from './inventory.ts'
import { privacyRules } from './privacy.ts'
import { referenceRules } from './references.ts'
import type { Rule, RuleInfo } from './rule.ts'
import { runRules } from './run.ts'
import { stepRules } from './steps.ts'
import { timeRules } from './times.ts'
import { versionRules } from './version.ts'
import { vocabularyRules } from './vocabulary.ts'

/** Every semantic rule, in the order in which they are checked. */
export const semanticRules: readonly Rule[] = [
  ...versionRules,
  ...runRules,
  ...timeRules,
  ...referenceRules,
  ...inventoryRules,
  ...stepRules,
  ...effectRules,
  ...costRules,
  ...approvalRules,
  ...grantRules,
  ...privacyRules,
  ...evaluationRules,
  ...vocabularyRules,
]

/** What is known about every semantic rule: code, severity, requirement and summary. */
export const rules: readonly RuleInfo[] = semanticRules.map(({ check: _, ...info }) => info)
