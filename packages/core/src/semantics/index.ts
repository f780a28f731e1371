export { checkSemantics } from './check.ts'
export type { RuleInfo } from './rule.ts'
export { rules } from './rules.ts'
