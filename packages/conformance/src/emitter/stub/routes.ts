import type { JsonObject } from '../../bytes/json.ts'
import type { Schemas } from '../../http/schemas.ts'
import { listApprovals, postDecision } from './approvals.ts'
import { getEvents, postEvents } from './events.ts'
import { jsonReply, problemReply, type Reply } from './reply.ts'
import { limits, type StubRequest } from './request.ts'
import { getRun, patchRun, postBatch, postRun, putEval } from './runs.ts'
import type { Shelf, Shelved } from './shelf.ts'

/** What a stub server answers from. */
export interface Desk {
  readonly shelf: Shelf
  readonly schemas: Schemas
  /** The record that a journal gives so far. */
  readonly fold: (journal: Uint8Array) => JsonObject | undefined
  /** Lets the people of a scenario look at new requests. */
  readonly decide: (run: Shelved) => void
}

/** The discovery document (AR-HTTP-002). */
export const discovery = (): Reply =>
  jsonReply(200, {
    protocol: ['1.0.0'],
    capabilities: ['core', 'batch', 'journal', 'approvals'],
    limits,
    server: { name: 'agent-run-conformance stub' },
  })

type Handler = (desk: Desk, request: StubRequest) => Reply

/** Operations by method and shape of the path below `/api/v1`; `*` stands for one segment. */
const operations: Readonly<Record<string, Handler>> = {
  'POST runs': ({ shelf, schemas }, { body, number }) =>
    postRun(shelf, schemas, body, `POST /api/v1/runs, request ${number}`),
  'POST runs:batch': ({ shelf, schemas }, request) => postBatch(shelf, schemas, request),
  'GET runs': ({ shelf }) => jsonReply(200, { runs: [...shelf.runs.values()].slice(-200).reverse().map(summaryOf) }),
  'GET runs/*': (desk, request) => ofRun(desk, request, (run, record) => getRun(run, record, tagOf(request))),
  'PATCH runs/*': (desk, request) => ofRun(desk, request, (run) => patchRun(desk.shelf, desk.schemas, run, request)),
  'POST runs/*/events': (desk, { path, body }) => {
    const reply = postEvents(desk.shelf, path[1]!, body)
    const run = desk.shelf.runs.get(path[1]!)
    if (run !== undefined) desk.decide(run)
    return reply
  },
  'GET runs/*/events': (desk, request) => ofRun(desk, request, (run) => getEvents(run, request.query.get('after'))),
  'GET runs/*/provenance': (desk, request) =>
    ofRun(desk, request, (_run, record) => jsonReply(200, { provenance: record?.provenance ?? {}, statements: [] })),
  'PUT runs/*/eval': (desk, request) =>
    ofRun(desk, request, (run, record) => putEval(desk.schemas, run, record, request.body)),
  'GET runs/*/evals': (desk, request) =>
    ofRun(desk, request, ({ evals }) => jsonReply(200, { evals: [...evals].reverse() })),
  'POST runs/*/approvals/*': (desk, { path, ...request }) =>
    ofRun(desk, { path, ...request }, (run) => postDecision(desk.schemas, run, path[3]!, request.body)),
  'GET approvals': ({ shelf }, { query }) => listApprovals(shelf, query),
}

const tagOf = ({ headers }: StubRequest): string | undefined => headers['if-none-match']

const summaryOf = ({ id, status, record, received }: Shelved): JsonObject => ({
  id,
  agent_id: record?.agent_id ?? 'unknown',
  status,
  started_at: record?.started_at ?? null,
  received_at: received,
})

const ofRun = (
  { shelf, fold }: Desk,
  { path }: StubRequest,
  act: (run: Shelved, record: JsonObject | undefined) => Reply,
): Reply => {
  const run = shelf.runs.get(path[1]!)
  if (run === undefined) return problemReply(404, 'run.unknown')
  return act(run, run.record ?? fold(Buffer.concat(run.journal)))
}

/** The operation that a request names: `POST runs` and the like; undefined if there is none. */
export const operationOf = ({ method, path }: Pick<StubRequest, 'method' | 'path'>): string | undefined => {
  const shape = path.map((segment, index) => (index % 2 === 1 ? '*' : segment)).join('/')
  const name = `${method} ${shape}`
  return Object.hasOwn(operations, name) ? name : undefined
}

/** Whether an operation brings records or lines of a journal. */
export const isWrite = (operation: string | undefined): boolean =>
  operation === 'POST runs' || operation === 'POST runs:batch' || operation === 'POST runs/*/events'

/** The methods that a path has. */
export const methodsOf = (path: readonly string[]): readonly string[] =>
  ['GET', 'POST', 'PUT', 'PATCH'].filter((method) => operationOf({ method, path }) !== undefined)

/** Answers a request. */
export const answer = (desk: Desk, request: StubRequest): Reply => {
  const operation = operationOf(request)
  if (operation !== undefined) return operations[operation]!(desk, request)
  const methods = methodsOf(request.path)
  if (methods.length > 0) return problemReply(405, 'http.method_not_allowed', {}, { allow: methods.join(', ') })
  return problemReply(404, 'http.not_found')
}
