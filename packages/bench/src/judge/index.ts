export { checkCriteria } from './check-criteria.ts'
export { judge } from './judge.ts'
