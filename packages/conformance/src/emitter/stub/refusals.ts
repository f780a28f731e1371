import { isObject, type Json } from '../../bytes/json.ts'
import type { Schemas } from '../../http/schemas.ts'
import type { Reply } from './reply.ts'
import { parseBody } from './request.ts'
import { linesOf } from './runs.ts'

/** Why a stub server refused what a runtime sent. */
export interface Refusal {
  /** Code of the check that it breaks; undefined where no sentence says so, and its content was not judged. */
  readonly check?: string
  /** One sentence, without a payload. */
  readonly message: string
}

/** A request that was refused, and not because a scenario says so. */
export interface RefusedRequest {
  /** As `operationOf` names it; undefined for a path or method that there is not. */
  readonly operation: string | undefined
  readonly method: string
  readonly body: Uint8Array
  readonly reply: Pick<Reply, 'status' | 'body'>
  /** Lines of the run's journal that the server has. */
  readonly lines: number
}

/**
 * What a refusal says about the runtime; undefined where a right client may come by it, and where the body is judged as a
 * record anyway.
 */
export const refusalOf = (
  schemas: Schemas,
  { operation, method, body, reply, lines }: RefusedRequest,
): Refusal | undefined => {
  if (reply.status < 400 || method === 'GET') return undefined
  const { status } = reply
  if (status === 413 || status === 507) return { message: `a request was answered ${status}: it was too much to judge` }
  const code = codeOf(reply)
  if (operation === 'POST runs/*/events') {
    const message = lineFault(schemas, body, code)
    if (message !== undefined) return { check: 'journal.line', message }
    if (code === 'journal.fork' && lines === 0)
      return { check: 'journal.start', message: 'a journal was begun with a line that is not the first of one' }
  }
  if (operation === 'PUT runs/*/eval') {
    const given = parseBody(body)
    const faults = given === undefined ? ['it is no JSON'] : schemas.faults('eval.json', given)
    if (faults.length > 0) return { check: 'schema.eval', message: `a judgement was refused: ${faults.join('; ')}` }
    if (code === 'eval.invalid')
      return { check: otherOf(given), message: 'a judgement was sent to what it is not about' }
  }
  const isJson = operation === undefined || operation === 'PATCH runs/*' || operation === 'POST runs/*/approvals/*'
  if (isJson && body.length > 0 && !isText(body))
    return { check: 'json.syntax', message: `what a ${method} brought is no JSON` }
  return isOdd(status, code, operation)
    ? { message: `a ${method} was answered ${status}: what it brought is not judged` }
    : undefined
}

/** Refusals that no client of the protocol comes by. */
const isOdd = (status: number, code: string, operation: string | undefined): boolean =>
  operation === undefined ||
  (status === 400 && code !== 'body.incomplete') ||
  status === 405 ||
  status === 415 ||
  code === 'patch.member' ||
  code === 'idempotency.reused' ||
  (status === 422 && operation === 'POST runs/*/approvals/*')

const lineFault = (schemas: Schemas, body: Uint8Array, code: string): string | undefined => {
  if (body.length > 0 && body.at(-1) !== 10) return 'the last line of a request has no line feed'
  for (const [index, line] of linesOf(Buffer.from(body)).entries()) {
    const value = parseBody(line)
    const faults = isObject(value) ? schemas.faults('journal-line.json', value) : ['it is no JSON object']
    if (faults.length > 0) return `line ${index + 1} was refused: ${faults.join('; ')}`
  }
  return code === 'journal.invalid' ? 'lines were refused: they are not of this run or not numbered' : undefined
}

const otherOf = (given: Json | undefined): string =>
  isObject(given) && given.run_id !== undefined && given.record_hash === undefined
    ? 'eval.other_run'
    : 'eval.other_record'

/** One JSON value, or one a line. */
const isText = (body: Uint8Array): boolean =>
  parseBody(body) !== undefined ||
  linesOf(Buffer.from(body)).every((line) => line.length === 0 || parseBody(line) !== undefined)

const codeOf = ({ body }: Pick<Reply, 'body'>): string => {
  const value = parseBody(body)
  return isObject(value) && typeof value.code === 'string' ? value.code : ''
}
