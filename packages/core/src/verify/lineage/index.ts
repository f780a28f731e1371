export type { EdgeState, LineageRule } from './edge.ts'
export { type Lineage, resolveLineage } from './resolve.ts'
