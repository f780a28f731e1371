export { compareBaseline, readBaseline, writeBaseline } from './baseline.ts'
export { identity } from './identity.ts'
export { type CaseOutcome, type Counts, countStatuses, type Role, type Status } from './outcome.ts'
export {
  loadProfile,
  loadRequirements,
  type Profile,
  profileVersions,
  type RoleProfile,
} from './profile.ts'
export { assembleReport, exitCodeOf, type Report, type ReportSubject, type Seen, type Trial } from './report.ts'
export { isSelected, selectCases } from './selection.ts'
export type { RequirementVerdict } from './verdict.ts'
