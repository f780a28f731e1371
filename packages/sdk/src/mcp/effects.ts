import type { SideEffect } from '@agent-run/types'
import { inferEffects, type Place } from '../effects/index.ts'
import { type Members, own } from './json-rpc.ts'

/** What a call touches, as far as its name, its arguments and its declaration tell. */
export interface CallEffects {
  readonly effects: readonly SideEffect[]
  /** What the tool declares and its name or arguments contradict, in words without payload. */
  readonly contradiction?: string
}

/** Kinds that no tool has that only reads. */
const changing: ReadonlySet<string> = new Set([
  ...['write', 'delete', 'deploy', 'payment', 'message', 'credential', 'schedule', 'process'],
])

/**
 * The side effects of a call: by what its name and arguments say (basis `inferred`); where they say nothing, by what the
 * tool declares (`declared`); where it declares nothing either, something that is not known. What a tool declares about
 * itself is a claim: where it and its name disagree, the name counts and the disagreement is said.
 */
export function effectsOfCall(
  call: { readonly tool: string; readonly server: string; readonly arguments: unknown; readonly annotations: Members },
  place: Place,
): CallEffects {
  const { tool, server, annotations } = call
  const inferred = inferEffects({ tool_name: tool, mcp_server: server }, call.arguments, place)
  const isReadOnly = own(annotations, 'readOnlyHint') === true
  if (inferred === undefined) {
    const unknown = { target_kind: 'service' as const, target: server }
    return {
      effects: [
        isReadOnly ? { kind: 'read', ...unknown, basis: 'declared' } : { kind: 'other', ...unknown, basis: 'inferred' },
      ],
    }
  }
  const kinds = [...new Set(inferred.map(({ kind }) => kind))]
  const told = kinds.filter((kind) => changing.has(kind))
  if (isReadOnly && told.length > 0)
    return {
      effects: inferred,
      contradiction: `the tool declares that it only reads (readOnlyHint), and its name or arguments say: ${told.join(', ')}`,
    }
  if (own(annotations, 'destructiveHint') === false && kinds.includes('delete'))
    return {
      effects: inferred,
      contradiction:
        'the tool declares that it destroys nothing (destructiveHint), and its name or arguments say: delete',
    }
  return { effects: inferred }
}
