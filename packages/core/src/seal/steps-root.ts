import { digestText, stepLeafBytes } from '../hash/index.ts'
import { createTreeAppender } from '../tree/index.ts'

/** The step tree in two members: `steps_count` and `steps_root` of a record. */
export interface StepsRoot {
  readonly count: number
  /** `sha256:` and 64 hexadecimal digits. */
  readonly root: string
}

/**
 * Size and root of the RFC 6962 tree over the canonical public forms of the steps in their order (AR-SEAL-007). No steps
 * have the root of the empty tree: SHA-256 of nothing.
 * @throws {TypeError} if a step is not JSON
 */
export const stepsRoot = (steps: Iterable<object>): StepsRoot => {
  const tree = createTreeAppender()
  for (const step of steps) tree.append(stepLeafBytes(step))
  return { count: tree.size, root: digestText(tree.root()) }
}
