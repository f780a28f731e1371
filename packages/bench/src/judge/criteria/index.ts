export { judgeCriterion } from './judge-criterion.ts'
