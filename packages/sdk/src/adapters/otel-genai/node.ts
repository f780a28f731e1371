import type { Convention, Role } from './conventions.ts'
import type { Span } from './span.ts'

/** What a span becomes. */
export type Part =
  /** The root of a run. */
  | 'unit'
  /** A step. */
  | 'step'
  /** A call of a tool that is nothing but the call of an agent. */
  | 'handoff'
  /** Nothing of its own: others say the same, or it says nothing. */
  | 'nothing'

/** A span in its trace. */
export interface Node {
  readonly span: Span
  /** Place in the order in which all spans began, and in that in which they ended, from 1. */
  began: number
  ended: number
  readonly convention: Convention | undefined
  parent: Node | undefined
  readonly children: Node[]
  part: Part
  /** The nearest span above that becomes something. */
  above: Node | undefined
  /** The unit whose run this belongs to; undefined if there is none. A unit belongs to the one above it. */
  owner: Node | undefined
  /** Spans that say the same, seen from elsewhere: their facts complete this one's. */
  readonly doubles: Node[]
  /** Why it becomes nothing. */
  reason: SkipReason
}

/** Why a span becomes nothing. */
export type SkipReason = 'no span of an agent' | 'only groups others' | 'says what another span says'

/** What a span is of. */
export const roleOf = (node: Node): Role | undefined => node.convention?.role

/** Everything under the roots, in the order of their lists, parents first. */
export function* preorder(roots: readonly Node[]): Generator<Node> {
  const waiting = [...roots].reverse()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at]
      if (child) waiting.push(child)
    }
  }
}
