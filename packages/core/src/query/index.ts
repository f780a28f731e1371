export { hasRun } from '../verify/approvals/gather.ts'
export { approvalsOf, concernsTool } from './approvals.ts'
export { type ArtifactQuery, artifactsOf } from './artifacts.ts'
export { describeRun, type Given, type RunDescription } from './describe-run.ts'
export { describeApproval, describeArtifact, describeDecision, describeStep } from './describe-step.ts'
export { type Fact, type FactKind, factValue } from './fact.ts'
export {
  createLastGoodFinder,
  isGood,
  type LastGood,
  type LastGoodCriterion,
  type LastGoodFinder,
  type LastGoodSearch,
  lastGood,
  searchesForLastGood,
} from './last-good.ts'
export { type Evaluation, evaluationOf, type GroupBy, Leaderboard } from './leaderboard.ts'
export { type RunFilterResult, readRunFilter } from './read-run-filter.ts'
export { matchesRun, type RunFilter, timeOf } from './run-filter.ts'
export { type RunParameter, runParameters, sideEffectKinds } from './run-parameters.ts'
export { sortInstant } from './sort-instant.ts'
export { createEffectCount } from './summarize.ts'
