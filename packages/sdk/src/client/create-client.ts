import type {
  AgentRun,
  ApprovalEntry,
  ApprovalPage,
  ArtifactEntry,
  ArtifactPage,
  EvalPage,
  EvalResult,
  JournalAck,
  McpServerPage,
  McpServerUse,
  RunPage,
  RunReceipt,
  RunSummary,
  Step,
  StepPage,
} from '@agent-run/types'
import { queryOf, runPath, segment } from './address.ts'
import type { Request } from './attempt.ts'
import { readObject } from './body.ts'
import type { Client, ReadRun } from './client.ts'
import { type Answer, createExchange } from './exchange.ts'
import { newIdempotencyKey } from './idempotency.ts'
import { joined } from './octet-lines.ts'
import { type CallOptions, type ClientOptions, readOptions } from './options.ts'
import { type Pages, pagesOf } from './pages.ts'
import { postRuns } from './post-runs.ts'
import { readEvents } from './read-events.ts'
import { bodyOf, checkTag, confirm } from './record-body.ts'
import { subscribe } from './subscribe.ts'

const json = { 'content-type': 'application/json' }
const encoder = new TextEncoder()

/**
 * A client of an agent-run server, for Node, browsers and workers: it needs `fetch` and nothing else.
 * @throws TypeError for options that cannot be meant
 */
export function createClient(options: ClientOptions): Client {
  const settings = readOptions(options)
  const { api, base } = settings
  const exchange = createExchange(settings)

  const get = (path: string, { signal }: CallOptions = {}): Request => ({
    method: 'GET',
    url: api + path,
    repeatable: true,
    signal,
  })
  const put = (
    method: 'POST' | 'PUT',
    path: string,
    body: Uint8Array,
    { signal }: CallOptions = {},
    headers: Readonly<Record<string, string>> = {},
  ): Request => ({
    method,
    url: api + path,
    headers: { ...json, ...(method === 'POST' ? { 'idempotency-key': newIdempotencyKey() } : {}), ...headers },
    body,
    repeatable: true,
    signal,
  })
  const asJson = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value))
  const list = <Item, Page extends { readonly next?: string }>(
    path: string,
    query: object,
    options: CallOptions | undefined,
    items: (page: Page) => readonly Item[],
  ): Pages<Item, Page> =>
    pagesOf((cursor) => exchange.json<Page>(get(path + queryOf({ ...query, cursor }), options)), items)
  const record = ({ octets, status, header }: Answer): ReadRun => {
    const etag = checkTag(octets, header('etag'))
    return { run: readObject<AgentRun>(octets, status), octets, ...(etag === undefined ? {} : { etag }) }
  }
  const readRun: Client['readRun'] = async (id, options) => record(await exchange.whole(get(runPath(id), options)))

  return {
    url: base,
    info: (options) => exchange.json({ ...get('', options), url: `${base}/.well-known/agent-run` }),

    async postRun(given, { idempotencyKey, ...options } = {}) {
      const body = bodyOf(given)
      const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
      const { octets, status } = await exchange.whole(put('POST', '/runs', body.octets, options, headers))
      return confirm(readObject<RunReceipt>(octets, status), body, status)
    },
    postRuns: (records, options) => postRuns(settings, records, options),
    getRun: async (id, options) => (await readRun(id, options)).run,
    readRun,
    listRuns: (query = {}, options) => list<RunSummary, RunPage>('/runs', query, options, ({ runs }) => runs),
    async patchRun(id, patch, etag, { signal } = {}) {
      const answer = await exchange.whole({
        method: 'PATCH',
        url: api + runPath(id),
        headers: {
          'content-type': 'application/merge-patch+json',
          'if-match': `"${etag.replace(/^"|"$/g, '')}"`,
          'idempotency-key': newIdempotencyKey(),
        },
        body: asJson(patch),
        // Done twice it would be refused the second time, since the etag has changed: the caller would take it for undone.
        repeatable: false,
        signal,
      })
      return record(answer)
    },
    erase: (id, scope, { signal } = {}) =>
      exchange.json({ method: 'DELETE', url: api + runPath(id) + queryOf({ scope }), repeatable: false, signal }),

    appendEvents: (id, lines, options) =>
      exchange.json<JournalAck>(
        put('POST', runPath(id, '/events'), octetsOf(lines), options, { 'content-type': 'application/x-ndjson' }),
      ),
    readEvents: (id, { after, ...options } = {}) => readEvents(exchange, settings, id, after, options),
    steps: (id, query = {}, options) =>
      list<Step, StepPage>(runPath(id, '/steps'), query, options, ({ steps }) => steps),

    provenance: (id, options) => exchange.json(get(runPath(id, '/provenance'), options)),
    verify: (id, options) => exchange.json(get(runPath(id, '/verify'), options)),
    proof: (id, stepId, options) => exchange.json(get(runPath(id, `/proof${queryOf({ step: stepId })}`), options)),

    putEval: (id, judgement, options) => exchange.json(put('PUT', runPath(id, '/eval'), asJson(judgement), options)),
    evals: (id, query = {}, options) =>
      list<EvalResult, EvalPage>(runPath(id, '/evals'), query, options, ({ evals }) => evals),
    decide: (id, approvalId, event, options) =>
      exchange.json(
        put('POST', runPath(id, `/approvals/${segment(approvalId, 'an approval')}`), asJson(event), options),
      ),
    approvals: (query = {}, options) =>
      list<ApprovalEntry, ApprovalPage>('/approvals', query, options, ({ approvals }) => approvals),

    diff: (id, against, options) => exchange.json(get(runPath(id, `/diff${queryOf({ against })}`), options)),
    artifacts: (query, options) =>
      list<ArtifactEntry, ArtifactPage>('/artifacts', query, options, ({ artifacts }) => artifacts),
    mcpServers: (query = {}, options) =>
      list<McpServerUse, McpServerPage>('/mcp-servers', query, options, ({ servers }) => servers),
    leaderboard: (query = {}, options) => exchange.json(get(`/evals/leaderboard${queryOf(query)}`, options)),

    stream: (options) => subscribe(settings, options),
  }
}

const lineFeed = Uint8Array.of(0x0a)

/** Lines as one body, each with its line feed. */
const octetsOf = (lines: readonly (string | Uint8Array)[] | Uint8Array): Uint8Array => {
  if (lines instanceof Uint8Array) return lines
  const parts = lines.flatMap((line) => [typeof line === 'string' ? encoder.encode(line) : line, lineFeed])
  return joined(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  )
}
