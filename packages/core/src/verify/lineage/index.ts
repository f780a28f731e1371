export type { LineageRule } from './edge.ts'
export { resolveLineage } from './resolve.ts'
