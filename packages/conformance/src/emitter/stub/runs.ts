import { canonicalize, equal } from '../../bytes/canonical.ts'
import { digest, hash } from '../../bytes/digest.ts'
import { isObject, type Json, type JsonObject } from '../../bytes/json.ts'
import { fingerprint, runHash } from '../../bytes/seal.ts'
import type { Schemas } from '../../http/schemas.ts'
import { jsonReply, octetsReply, problemReply, type Reply } from './reply.ts'
import { limits, parseBody, type StubRequest } from './request.ts'
import { octetsOf, type Shelf, type Shelved } from './shelf.ts'

/** Statuses of a run that is over. */
export const terminal: ReadonlySet<unknown> = new Set([
  'completed',
  'failed',
  'cancelled',
  'timeout',
  'interrupted',
  'unknown',
])

/** Takes a record (AR-HTTP-020 to AR-HTTP-026). Its schema is looked at, and nothing else: the rest is judged afterwards. */
export const postRun = (shelf: Shelf, schemas: Schemas, body: Uint8Array, origin: string): Reply => {
  shelf.keep(body, origin)
  const record = parseBody(body)
  if (record === undefined) return problemReply(400, 'body.malformed')
  const faults = schemas.faults('agent-run.json', record)
  if (faults.length > 0 || !isObject(record)) return invalid('record.invalid', faults)
  const id = String(record.id)
  if (!isUsableId(id)) return problemReply(422, 'run.id')
  if (!shelf.fits(body.length)) return problemReply(507, 'store.full')
  const known = shelf.runs.get(id)
  if (known?.record !== undefined) return again(known, record)
  if (known !== undefined && known.chain.length > 0) return problemReply(409, 'run.exists')
  const run = shelf.open(id)
  run.record = record
  run.status = String(record.status)
  shelf.grow(body.length)
  return receipt(run, record, 201)
}

const isUsableId = (id: string): boolean => id !== '.' && id !== '..' && [...id].length <= 256 && /^\P{Cc}+$/u.test(id)

const again = (run: Shelved, record: JsonObject): Reply => {
  const stored = run.record!
  if (equal(withoutEval(stored), withoutEval(record))) return receipt(run, stored, 200)
  const sealOf = ({ provenance }: JsonObject): Json | undefined =>
    isObject(provenance) ? provenance.record_hash : undefined
  const isVariant = typeof sealOf(record) === 'string' && sealOf(record) === sealOf(stored)
  return problemReply(409, isVariant ? 'record.variant' : 'run.exists')
}

const withoutEval = ({ eval: _eval, ...record }: JsonObject): JsonObject => record

const receipt = (run: Shelved, record: JsonObject, status: number): Reply => {
  const { provenance } = record
  const sealed = isObject(provenance) && typeof provenance.record_hash === 'string' ? provenance.record_hash : undefined
  const value = {
    id: run.id,
    run_hash: isObject(provenance) && typeof provenance.run_hash === 'string' ? provenance.run_hash : runHash(record),
    ...(sealed !== undefined && /^sha256:[0-9a-f]{64}$/.test(sealed) ? { record_hash: sealed } : {}),
    document_hash: hash('document', withoutEval(record)),
    etag: digest(octetsOf(record)),
    received_at: run.received,
  }
  return jsonReply(status, value, { location: `/api/v1/runs/${encodeURIComponent(run.id)}` })
}

/** 422 with each fault. */
export const invalid = (code: string, faults: readonly string[]): Reply =>
  problemReply(422, code, { errors: faults.map((message) => ({ code: 'schema', message })) })

/** Takes records, one a line (AR-HTTP-070 to AR-HTTP-073). */
export const postBatch = (shelf: Shelf, schemas: Schemas, { body, number }: StubRequest): Reply => {
  const lines = linesOf(body).filter(({ length }) => length > 0)
  if (lines.length > limits.batch_lines) return problemReply(413, 'batch.too_many_lines', { limit: limits.batch_lines })
  const results = lines.map((line, index) => {
    const reply = postRun(shelf, schemas, line, `POST /api/v1/runs:batch, request ${number}, line ${index + 1}`)
    const said = JSON.parse(reply.body.toString()) as Json
    return { line: index + 1, status: reply.status, [reply.status < 300 ? 'receipt' : 'problem']: said }
  })
  return octetsReply(
    200,
    'application/x-ndjson',
    Buffer.from(results.map((each) => `${JSON.stringify(each)}\n`).join('')),
  )
}

/** Octets between line feeds; what follows the last one is a line, too. */
export const linesOf = (octets: Buffer): Buffer[] => {
  const lines: Buffer[] = []
  let start = 0
  for (let end = octets.indexOf(10); end !== -1; end = octets.indexOf(10, start)) {
    lines.push(octets.subarray(start, end))
    start = end + 1
  }
  if (start < octets.length) lines.push(octets.subarray(start))
  return lines
}

/** Answers a record (AR-HTTP-029, AR-HTTP-031), for a live run the fold of its journal (AR-HTTP-085). */
export const getRun = (run: Shelved, record: JsonObject | undefined, ifNoneMatch: string | undefined): Reply => {
  if (record === undefined) return problemReply(404, 'run.unknown')
  const whole = run.evals.length > 0 ? { ...record, eval: run.evals.at(-1)! } : record
  const octets = octetsOf(whole)
  const etag = `"${digest(octets)}"`
  if (ifNoneMatch === etag) return octetsReply(304, 'application/json', Buffer.alloc(0), { etag })
  return octetsReply(200, 'application/json', octets, { etag })
}

/** Changes an unsealed record by a merge patch (AR-HTTP-050 to AR-HTTP-054). */
export const patchRun = (shelf: Shelf, schemas: Schemas, run: Shelved, request: StubRequest): Reply => {
  const { record } = run
  if (record === undefined) return problemReply(409, 'run.journal_fed')
  const patch = parseBody(request.body)
  // A patch that makes no record is judged, whatever it is refused for first.
  const changed = isObject(patch) ? fingerprint(merge(record, patch) as JsonObject) : undefined
  const faults = changed === undefined ? [] : schemas.faults('agent-run.json', changed)
  const keep = (): void => {
    if (changed !== undefined)
      shelf.keep(Buffer.from(canonicalize(changed)), `PATCH of a run, request ${request.number}`)
  }
  if (faults.length > 0) keep()
  const match = request.headers['if-match']
  if (match === undefined || match === '*') return problemReply(428, 'precondition.required')
  if (match.replaceAll('"', '') !== digest(octetsOf(record))) return problemReply(412, 'precondition.failed')
  if (isObject(record.provenance) && record.provenance.record_hash) return problemReply(409, 'run.sealed')
  if (!isObject(patch) || changed === undefined) return problemReply(400, 'body.malformed')
  if ('id' in patch || 'eval' in patch) return problemReply(422, 'patch.member')
  keep()
  if (faults.length > 0) return invalid('record.invalid', faults)
  if (terminal.has(record.status) && changed.status !== record.status) return problemReply(409, 'run.transition')
  run.record = changed
  run.status = String(changed.status)
  return getRun(run, changed, undefined)
}

const merge = (value: Json | undefined, patch: Json): Json => {
  if (!isObject(patch)) return patch
  const members: Record<string, Json> = isObject(value) ? { ...value } : {}
  for (const [name, item] of Object.entries(patch)) {
    if (item === null) delete members[name]
    else members[name] = merge(members[name], item)
  }
  return members
}

/** Attaches a judgement (AR-HTTP-055, AR-HTTP-056). */
export const putEval = (schemas: Schemas, run: Shelved, record: JsonObject | undefined, body: Uint8Array): Reply => {
  const given = parseBody(body)
  if (given === undefined) return problemReply(400, 'body.malformed')
  const faults = schemas.faults('eval.json', given)
  if (faults.length > 0 || !isObject(given)) return invalid('eval.invalid', faults)
  const isOther =
    given.run_id !== undefined && given.run_id !== run.id
      ? true
      : given.record_hash !== undefined && given.record_hash !== recordHash(record)
  if (isOther) return problemReply(422, 'eval.invalid')
  if (run.evals.length < 1_000) run.evals.push(given)
  return getRun(run, record, undefined)
}

const recordHash = (record: JsonObject | undefined): Json | undefined =>
  isObject(record?.provenance) ? record.provenance.record_hash : undefined
