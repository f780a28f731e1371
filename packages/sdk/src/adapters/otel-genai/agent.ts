import { names } from './names.ts'
import { type Span, textOf } from './span.ts'

/** Who worked, as far as spans say it. */
export interface AgentIdentity {
  readonly id: string
  readonly version: string | undefined
}

/**
 * The agent of a run: its name on the span of its call, or on the spans inside; then what the call, the workflow or the
 * service is called; `unknown` if nothing is said.
 */
export function agentOf(root: Span | undefined, inside: readonly Span[]): AgentIdentity {
  const spans = root ? [root] : inside
  const first = (list: readonly string[]): string | undefined => {
    for (const span of spans) {
      const text = textOf(span, list)
      if (text !== undefined) return text
    }
    return undefined
  }
  const [any = root] = inside
  const service = any && textOf({ attributes: any.resource }, ['service.name'])
  const isAgentKind = root !== undefined && textOf(root, ['openinference.span.kind'])?.toUpperCase() === 'AGENT'
  const id =
    first(names.agentName) ??
    first(names.agentId) ??
    first(names.entity) ??
    (isAgentKind && root.name !== '' ? root.name : undefined) ??
    first(names.workflow) ??
    (service?.startsWith('unknown_service') ? undefined : service) ??
    'unknown'
  const versioned = any ?? root
  const version =
    first(names.agentVersion) ?? (versioned && textOf({ attributes: versioned.resource }, ['service.version']))
  return { id, version }
}
