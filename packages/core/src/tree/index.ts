export { createInclusionMemo, type InclusionMemo } from './inclusion-memo.ts'
export { createProver } from './inclusion-paths.ts'
export {
  createTreeAppender,
  emptyRoot,
  hashLeaf,
  hashNode,
  proveConsistency,
  proveInclusion,
  type TreeAppender,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-tree.ts'
