import { digest } from '../../bytes/digest.ts'
import { isObject, type JsonObject } from '../../bytes/json.ts'
import { jsonReply, octetsReply, problemReply, type Reply } from './reply.ts'
import { parseBody } from './request.ts'
import { linesOf } from './runs.ts'
import type { Shelf, Shelved } from './shelf.ts'

const START = `sha256:${'0'.repeat(64)}`

/**
 * Appends lines of a journal (AR-HTTP-080 to AR-HTTP-083): all of a request or none. Only what ties the lines together is
 * looked at here; the journal is judged as a whole afterwards.
 */
export const postEvents = (shelf: Shelf, id: string, body: Buffer): Reply => {
  const known = shelf.runs.get(id)
  if (known?.record !== undefined) return problemReply(409, 'run.journal_fed')
  const lines = linesOf(body)
  if (lines.length === 0 || body.at(-1) !== 10) return problemReply(422, 'journal.invalid')
  if (!shelf.fits(body.length)) return problemReply(507, 'store.full')
  const values = lines.map(parseBody)
  if (!values.every(isObject)) return problemReply(400, 'body.malformed')
  const fresh: { readonly line: Buffer; readonly value: JsonObject; readonly digest: string }[] = []
  const chain = known?.chain ?? []
  for (const [index, value] of values.entries()) {
    const line = lines[index]!
    const name = digest(line)
    if ('private' in value) {
      if (!known?.privateLines.has(name)) fresh.push({ line, value, digest: name })
      continue
    }
    const next = chain.length + fresh.filter(({ value: { seq } }) => seq !== undefined).length
    if (typeof value.seq !== 'number') return problemReply(422, 'journal.invalid')
    if (value.seq < chain.length && chain[value.seq] === name) continue
    const head = fresh.findLast(({ value: { seq } }) => seq !== undefined)?.digest ?? chain.at(-1) ?? START
    if (value.seq !== next || value.prev !== head) return fork(next - 1, head)
    if (known?.sealed !== undefined) return problemReply(409, 'run.sealed')
    if (next === 0 && (!isObject(value.data) || value.data.id !== id)) return problemReply(422, 'journal.invalid')
    fresh.push({ line, value, digest: name })
  }
  if (known === undefined && !fresh.some(({ value: { seq } }) => seq === 0)) return problemReply(404, 'run.unknown')
  const run = shelf.open(id)
  for (const each of fresh) append(run, each)
  shelf.grow(fresh.reduce((sum, { line }) => sum + line.length + 1, 0))
  return acknowledge(run)
}

const fork = (seq: number, head: string): Reply =>
  problemReply(409, 'journal.fork', seq < 0 ? {} : { expected: { seq, head } })

const append = (
  run: Shelved,
  { line, value, digest: name }: { readonly line: Buffer; readonly value: JsonObject; readonly digest: string },
): void => {
  run.journal.push(line, Buffer.from('\n'))
  if ('private' in value) {
    run.privateLines.add(name)
    return
  }
  run.chain.push(name)
  const data = isObject(value.data) ? value.data : {}
  if ((value.type === 'run.started' || value.type === 'run.updated') && typeof data.status === 'string')
    run.status = data.status
  if (value.type === 'run.paused') run.status = 'paused'
  if (value.type === 'run.resumed') run.status = 'running'
  if (value.type === 'run.sealed') run.sealed = data
  if (value.type === 'approval') run.approvals.push(data)
  if (value.type === 'step.started' && typeof data.id === 'string' && typeof data.tool_name === 'string')
    run.tools.set(data.id, data.tool_name)
}

const STATUSES = 'pending running paused completed failed cancelled timeout interrupted unknown'.split(' ')

const acknowledge = (run: Shelved): Reply => {
  const provenance = isObject(run.sealed?.provenance) ? run.sealed.provenance : {}
  const sealed = typeof provenance.record_hash === 'string' ? { record_hash: provenance.record_hash } : {}
  return jsonReply(200, {
    run_id: run.id,
    seq: run.chain.length - 1,
    head: run.chain.at(-1) ?? START,
    status: STATUSES.includes(run.status) ? run.status : 'unknown',
    ...sealed,
  })
}

/** Answers the lines after a chained one (AR-HTTP-084). */
export const getEvents = (run: Shelved, after: string | null): Reply => {
  const lines = linesOf(Buffer.concat(run.journal))
  let last = -1
  const rest = lines.filter((line) => {
    const value = parseBody(line)
    if (isObject(value) && typeof value.seq === 'number') last = value.seq
    return after === null || last > Number(after)
  })
  return octetsReply(200, 'application/x-ndjson', Buffer.from(rest.map((line) => `${line}\n`).join('')))
}
