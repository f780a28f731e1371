// A model without a model: an HTTP server on the loopback interface that speaks the Messages API (Claude Code) and the
// Responses API (Codex), and answers by a script. So it is known what really was said, called and counted.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One answer of the model. Arguments that are a text belong to a custom tool. */
export interface Reply {
  readonly text?: string
  readonly calls?: readonly { readonly name: string; readonly namespace?: string; readonly input: object | string }[]
}

/** What an answer of a conversation is to be, by its number from 0. A conversation is known by what its prompt holds. */
export type Script = Readonly<Record<string, readonly Reply[]>>

/** A model that runs. */
export interface ScriptedModel {
  readonly url: string
  /** How many answers were given, by conversation. */
  readonly answered: Readonly<Record<string, number>>
  stop(): void
}

/** Tokens of every answer: as the APIs count them, and as a record has to say it. */
export const counted = { fresh: 1000, cached: 200, written: 50, output: 30 } as const

type Json = Readonly<Record<string, unknown>>

/** Starts a model that plays these conversations; any other request is answered with a word, and counts nowhere. */
export async function startModel(script: Script): Promise<ScriptedModel> {
  const answered: Record<string, number> = {}
  let count = 0
  const server = createServer(async (request, response) => {
    const asked = await bodyOf(request)
    const kind = kinds.find(({ path }) => request.url?.split('?')[0]?.endsWith(path))
    if (!kind || request.method !== 'POST') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such path"}}')
      return
    }
    const key = conversationOf(asked, script)
    const number = key === undefined ? 0 : (answered[key] ?? 0)
    if (key !== undefined) answered[key] = number + 1
    const reply = (key === undefined ? undefined : script[key]?.[number]) ?? { text: 'Done.' }
    stream(response, kind.events(asked, reply, `${process.pid}x${++count}`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : (JSON.parse(text) as Json)
}

function stream(response: ServerResponse, events: readonly Json[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) response.write(`event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`)
  response.end()
}

/**
 * The conversation whose prompt was said last by the user. What calls returned is not searched. Requests without tools are
 * the client's own, such as that for a title.
 */
function conversationOf(asked: Json, script: Script): string | undefined {
  const isMessages = Array.isArray(asked['messages'])
  if (isMessages && !(Array.isArray(asked['tools']) && asked['tools'].length > 0)) return undefined
  const said = ((isMessages ? asked['messages'] : asked['input']) as Json[])
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) =>
      typeof content === 'string'
        ? content
        : (content as Json[]).filter(({ type }) => type === 'text' || type === 'input_text').map(({ text }) => text),
    )
    .join('\n')
  const places = Object.keys(script).map((key) => ({ key, at: said.lastIndexOf(key) }))
  return places.filter(({ at }) => at >= 0).sort((a, b) => b.at - a.at)[0]?.key
}

function messageEvents({ model }: Json, { text, calls = [] }: Reply, id: string): Json[] {
  const usage = {
    input_tokens: counted.fresh,
    cache_read_input_tokens: counted.cached,
    cache_creation_input_tokens: counted.written,
  }
  const blocks = [
    ...(text === undefined ? [] : [{ start: { type: 'text', text: '' }, delta: { type: 'text_delta', text } }]),
    ...calls.map(({ name, input }, index) => ({
      start: { type: 'tool_use', id: `toolu_${id}_${index}`, name, input: {} },
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
    })),
  ]
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null }
  return [
    { type: 'message_start', message: { ...message, stop_sequence: null, usage: { ...usage, output_tokens: 1 } } },
    ...blocks.flatMap(({ start, delta }, index) => [
      { type: 'content_block_start', index, content_block: start },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { ...usage, output_tokens: counted.output },
    },
    { type: 'message_stop' },
  ]
}

function responseEvents({ model }: Json, { text, calls = [] }: Reply, id: string): Json[] {
  const words = { type: 'message', id: `m_${id}`, role: 'assistant', status: 'completed' }
  const items: Json[] = [
    ...(text === undefined ? [] : [{ ...words, content: [{ type: 'output_text', text, annotations: [] }] }]),
    ...calls.map(({ name, namespace, input }, index) => ({
      ...(typeof input === 'string'
        ? { type: 'custom_tool_call', input }
        : { type: 'function_call', arguments: JSON.stringify(input), ...(namespace && { namespace }) }),
      id: `c_${id}_${index}`,
      call_id: `call_${id}_${index}`,
      name,
      status: 'completed',
    })),
  ]
  const input = counted.fresh + counted.cached
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: counted.cached },
    output_tokens: counted.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + counted.output,
  }
  const response = { id: `resp_${id}`, object: 'response', model, status: 'completed', output: items, usage }
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    ...items.map((item, index) => ({ type: 'response.output_item.done', output_index: index, item })),
    { type: 'response.completed', response },
  ]
}

const kinds = [
  { path: '/v1/messages', events: messageEvents },
  { path: '/responses', events: responseEvents },
] as const
