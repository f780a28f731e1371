export { type DiffOptions, diffRuns, type RunComparison } from './diff-runs.ts'
