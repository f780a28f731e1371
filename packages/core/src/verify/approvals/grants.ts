import type { Instant } from '../../semantics/instant.ts'
import { objectOf, textOf } from '../../semantics/object.ts'
import { type Approvals, type ApprovedStep, instantOf, lastEnd } from './gather.ts'

/** The standing permissions of a record, found by what they allow. */
export interface Grants {
  /** Whether the approval that a step names grants calls of its tool, server and definition. What a grant leaves open, it allows. */
  covers(step: ApprovedStep): boolean
  /** When the last grant that covers a step ends; `undefined` is never. */
  end(step: ApprovedStep): Instant | undefined
}

/** Indexes the grants by approval and by what they allow, so that no step has to look through all of them. */
export const grantsOf = ({ byId }: Approvals): Grants => {
  const ends = new Map<string, Instant | undefined>()
  for (const [id, { approved }] of byId) {
    for (const { value } of approved) {
      const grant = objectOf(value, 'grant')
      if (grant === undefined) continue
      const key = keyOf(id, textOf(grant, 'tool_name'), textOf(grant, 'mcp_server'), textOf(grant, 'tool_hash'))
      const end = instantOf(grant, 'expires_at')
      ends.set(key, ends.has(key) ? lastEnd([ends.get(key), end]) : end)
    }
  }
  const covering = (step: ApprovedStep): string[] => keysOf(step).filter((key) => ends.has(key))
  return {
    covers: (step) => covering(step).length > 0,
    end: (step) => lastEnd(covering(step).map((key) => ends.get(key))),
  }
}

/** Every key of a grant that covers a step: each of the three is left open or the step's own. */
const keysOf = ({ approvalId, value }: ApprovedStep): string[] => {
  const choices = (member: string): (string | undefined)[] => {
    const own = textOf(value, member)
    return own === undefined ? [own] : [undefined, own]
  }
  return choices('tool_name').flatMap((name) =>
    choices('mcp_server').flatMap((server) =>
      choices('tool_hash').map((hash) => keyOf(approvalId, name, server, hash)),
    ),
  )
}

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts)
