import { isObject, type Json } from '../bytes/json.ts'
import { linesOf } from './stub/runs.ts'

/** Something that a runtime wrote or sent. */
export interface Deposit {
  readonly kind: 'record' | 'journal' | 'companion' | 'refused'
  /** Of something refused: the code of the check that it breaks, and how, without a payload. */
  readonly refusal?: { readonly check: string; readonly message: string }
  /** Where it came from, safe to show: `out/run.json`, `out/runs.jsonl:3`, `POST /api/v1/runs, request 2`. */
  readonly origin: string
  readonly octets: Uint8Array
}

/**
 * Sorts the octets of a file: one record; lines of records with what belongs to them (a bundle); or a journal. What is
 * none of these is taken for a record, and the judge says what is wrong with it.
 */
export const sortOctets = (octets: Uint8Array, origin: string): readonly Deposit[] => {
  if (parse(octets) !== undefined) return [sortLine(octets, origin)]
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const lines = linesOf(buffer)
  const first = lines.map((line) => parse(line)).find((value) => value !== undefined)
  if (isObject(first) && isJournalLine(first)) return [{ kind: 'journal', origin, octets }]
  const isLines = lines.length > 1 && isObject(first) && parse(lines[0]!) !== undefined
  if (!isLines) return [{ kind: 'record', origin, octets }]
  return lines.flatMap((line, index) =>
    line.toString().trim() === '' ? [] : [sortLine(line, `${origin}:${index + 1}`)],
  )
}

const sortLine = (octets: Uint8Array, origin: string): Deposit => {
  const value = parse(octets)
  if (isObject(value) && isJournalLine(value)) return { kind: 'journal', origin, octets }
  const isCompanion =
    isObject(value) &&
    !('steps' in value) &&
    (('index' in value && 'path' in value) ||
      ('kind' in value && 'about' in value) ||
      ('pass' in value && 'score' in value))
  return { kind: isCompanion ? 'companion' : 'record', origin, octets }
}

/** Whether a deposit is JSON that has none of the members that every record has: something else that lies in a folder. */
export const isForeign = ({ kind, octets }: Deposit): boolean => {
  const value = parse(octets)
  return (
    kind === 'record' &&
    value !== undefined &&
    !(isObject(value) && REQUIRED.some((name) => Object.hasOwn(value, name)))
  )
}

const REQUIRED = ['id', 'agent_id', 'status', 'started_at', 'steps', 'cost', 'provenance']

const isJournalLine = (value: { readonly [name: string]: Json }): boolean =>
  'private' in value ? 'salt' in value : 'seq' in value && 'prev' in value

const parse = (octets: Uint8Array): Json | undefined => {
  try {
    return JSON.parse(Buffer.from(octets).toString('utf8')) as Json
  } catch {
    return undefined
  }
}
