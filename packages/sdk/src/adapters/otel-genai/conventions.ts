import { type Span, textOf } from './span.ts'

/**
 * What a span is of.
 *
 * - `agent`: an agent was called; it has a run of its own
 * - `call`: a call of the AI SDK, which may be all of an agent or one request of it
 * - `workflow`: what arranges agents, requests and tools
 * - `model`: one request to a model
 * - `tool`: one call of a tool
 * - `other`: something else that the agent did: a search in documents, a guardrail
 * - `structure`: it only groups other spans
 */
export type Role = 'agent' | 'call' | 'workflow' | 'model' | 'tool' | 'other' | 'structure'

/** How a span is classified, and by whose names. */
export interface Convention {
  readonly role: Role
  /** What was done, in a word that is fit for a reader: `chat`, `embeddings`, `retrieval`. */
  readonly operation: string
}

type Named = Pick<Span, 'attributes' | 'name'>

/** By which conventions a span speaks, and of what; `undefined` for a span that is none of an agent's. */
export const conventionOf = (span: Named): Convention | undefined =>
  ofMcp(span) ?? ofAiSdk(span) ?? ofGenAi(span) ?? ofOpenInference(span) ?? ofTraceloop(span) ?? ofOlder(span)

const operations: ReadonlyMap<string, Role> = new Map([
  ['invoke_agent', 'agent'],
  ['invoke_workflow', 'workflow'],
  ['execute_tool', 'tool'],
  ['chat', 'model'],
  ['text_completion', 'model'],
  ['generate_content', 'model'],
  ['generate', 'model'],
  ['completion', 'model'],
  ['embeddings', 'model'],
  ['embedding', 'model'],
  ['rerank', 'model'],
  ['image_generation', 'model'],
  ['plan', 'structure'],
  ['create_agent', 'structure'],
])

function ofGenAi(span: Named): Convention | undefined {
  const operation = textOf(span, ['gen_ai.operation.name'])
  return operation === undefined ? undefined : { role: operations.get(operation) ?? 'other', operation }
}

/** A request to an MCP server: `tools/call` is a call of a tool, the others are the plumbing around it. */
function ofMcp(span: Named): Convention | undefined {
  const method = textOf(span, ['mcp.method.name'])
  if (method === undefined) return undefined
  return { role: method === 'tools/call' ? 'tool' : 'structure', operation: method }
}

const kinds: ReadonlyMap<string, Role> = new Map([
  ['LLM', 'model'],
  ['EMBEDDING', 'model'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['CHAIN', 'workflow'],
  ['PROMPT', 'structure'],
])

function ofOpenInference(span: Named): Convention | undefined {
  const kind = textOf(span, ['openinference.span.kind'])?.toUpperCase()
  if (kind === undefined) return undefined
  const operation = kind === 'LLM' ? 'chat' : kind === 'EMBEDDING' ? 'embeddings' : kind.toLowerCase()
  return { role: kinds.get(kind) ?? 'other', operation }
}

function ofAiSdk(span: Named): Convention | undefined {
  const operation = textOf(span, ['ai.operationId']) ?? (/^ai\.[A-Za-z.]+$/.test(span.name) ? span.name : undefined)
  if (operation === undefined || !operation.startsWith('ai.')) return undefined
  if (operation === 'ai.toolCall') return { role: 'tool', operation: 'execute_tool' }
  const isEmbedding = /embed/i.test(operation)
  if (/\.do[A-Z]/.test(operation))
    return { role: 'model', operation: isEmbedding ? 'embeddings' : /rerank/i.test(operation) ? 'rerank' : 'chat' }
  return { role: 'call', operation: operation.slice('ai.'.length) }
}

const traceloopKinds: ReadonlyMap<string, Role> = new Map([
  ['workflow', 'workflow'],
  ['agent', 'agent'],
  ['tool', 'tool'],
])

function ofTraceloop(span: Named): Convention | undefined {
  const kind = textOf(span, ['traceloop.span.kind'])
  if (kind !== undefined) return { role: traceloopKinds.get(kind) ?? 'structure', operation: kind }
  const request = textOf(span, ['llm.request.type'])
  if (request === undefined) return undefined
  return { role: 'model', operation: request === 'embedding' ? 'embeddings' : request }
}

/** Spans of instrumentations that wrote no operation: the attributes say what they are of. */
function ofOlder(span: Named): Convention | undefined {
  if (
    textOf(span, ['gen_ai.tool.name', 'tool.name']) !== undefined &&
    textOf(span, ['gen_ai.request.model']) === undefined
  )
    return { role: 'tool', operation: 'execute_tool' }
  if (
    textOf(span, ['gen_ai.request.model', 'gen_ai.response.model', 'llm.request.model', 'llm.model_name']) !== undefined
  )
    return { role: 'model', operation: 'chat' }
  if (textOf(span, ['gen_ai.agent.name', 'gen_ai.agent.id', 'agent_name']) !== undefined)
    return { role: 'agent', operation: 'invoke_agent' }
  return undefined
}
