export {
  type CompareOptions,
  compareReports,
  defaults,
  type FailOn,
  failOnNames,
} from './compare-reports.ts'
export { regressionFrom } from './regression.ts'
export { type CompareFormat, compareFormats, renderComparison } from './render.ts'
