import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import type { Deposit } from './deposit.ts'
import { parseBody } from './stub/request.ts'
import { linesOf } from './stub/runs.ts'

/** All that a runtime left of one run. */
export interface RunTraces {
  readonly id: string
  /** Its records, as they came; the last one is what it came to. */
  readonly records: readonly { readonly deposit: Deposit; readonly value: JsonObject }[]
  readonly journals: readonly Deposit[]
}

/** Sorts what a runtime left by run, in the order in which the runs appear. What names no run is left out. */
export const groupByRun = (deposits: readonly Deposit[]): readonly RunTraces[] => {
  const runs = new Map<string, { records: { deposit: Deposit; value: JsonObject }[]; journals: Deposit[] }>()
  const of = (id: string) => {
    const known = runs.get(id) ?? { records: [], journals: [] }
    runs.set(id, known)
    return known
  }
  for (const deposit of deposits) {
    if (deposit.kind === 'record') {
      const value = parseBody(deposit.octets)
      if (isObject(value) && typeof value.id === 'string') of(value.id).records.push({ deposit, value })
    }
    if (deposit.kind === 'journal') {
      const id = runOfJournal(deposit.octets)
      if (id !== undefined) of(id).journals.push(deposit)
    }
  }
  return [...runs].map(([id, traces]) => ({ id, ...traces }))
}

/** Values of the chained lines of a journal; a line that is no JSON ends it. */
export const chainedLines = (octets: Uint8Array): readonly JsonObject[] => {
  const lines: JsonObject[] = []
  for (const line of linesOf(Buffer.from(octets))) {
    const value = parseBody(line)
    if (!isObject(value)) break
    if (!('private' in value)) lines.push(value)
  }
  return lines
}

const runOfJournal = (octets: Uint8Array): string | undefined => {
  const data: Json | undefined = chainedLines(octets)[0]?.data
  return isObject(data) && typeof data.id === 'string' ? data.id : undefined
}

/** The record that a run came to: the last sealed one, else the last one; undefined where there is only a journal. */
export const finalRecord = ({
  records,
}: RunTraces): { readonly deposit: Deposit; readonly value: JsonObject } | undefined =>
  records.findLast(({ value }) => isSealed(value)) ?? records.at(-1)

/** Whether a record names a seal. */
export const isSealed = ({ provenance }: JsonObject): boolean =>
  isObject(provenance) && typeof provenance.record_hash === 'string'
