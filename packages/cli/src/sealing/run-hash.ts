import {
  canonicalize,
  digest,
  documentHash,
  type HashKind,
  pae,
  publicForm,
  recordHash,
  runHash,
  type SignedKind,
  signedBytes,
  stepsRoot,
} from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { oneRecord, oneValue } from './values.ts'
import { bytesOutput } from './write-result.ts'

/** Options of `agent-run hash`, as the command line gives them. */
export interface HashOptions {
  readonly kind?: HashKind
  readonly pae?: boolean
  readonly format: 'text' | 'json'
  readonly output?: string
}

interface Row {
  readonly name: string
  readonly value: string | number
  /** Whether the record says the same. */
  readonly remark?: string
}

/** Prints hashes of a record, or of any JSON value as some kind. Returns the exit code. Throws `Failure`. */
export async function runHashCommand(
  name: string,
  { kind, pae: asBytes, format, output }: HashOptions,
): Promise<number> {
  refuseToReplace(output, [name])
  if (asBytes) {
    await bytesOutput(output, await bytesAs(kind ?? 'run', name))
    return exit.clean
  }
  const rows =
    kind === undefined
      ? hashesOf((await oneRecord(name)).run)
      : [{ name: kind, value: digest(await bytesAs(kind, name)) }]
  const sink = outputTo(output)
  if (format === 'json')
    await sink.write(`${safeJson(Object.fromEntries(rows.map((row) => [row.name, row.value])), 2)}\n`)
  else for (const row of rows) await sink.write(`${rowText(row)}\n`)
  await sink.close()
  return exit.clean
}

const rowText = ({ name, value, remark }: Row): string =>
  `${name.padEnd(15)}${value}${remark === undefined ? '' : `   ${visible(remark)}`}`

const hashesOf = (run: AgentRun): Row[] => {
  const { count, root } = stepsRoot(run.steps)
  const stated = Object.fromEntries<unknown>(Object.entries(run.provenance ?? {}))
  const row = (name: string, value: string | number): Row => {
    const said = stated[name]
    if (said === undefined || said === null) return { name, value }
    return { name, value, remark: said === value ? 'as the record says' : `the record says ${String(said)}` }
  }
  return [
    row('record_hash', recordHash(run)),
    row('document_hash', documentHash(run)),
    row('run_hash', runHash(run)),
    row('steps_root', root),
    row('steps_count', count),
  ]
}

const utf8 = new TextEncoder()

/** The bytes that are hashed, and signed where the kind is signed. */
const bytesAs = async (kind: HashKind, name: string): Promise<Uint8Array> => {
  if (kind === 'run') return signedBytes('run', { ...(await oneRecord(name)).run })
  const value = await oneValue(name)
  if (kind === 'approval' || kind === 'eval' || kind === 'statement' || kind === 'head')
    return signedBytes(kind satisfies SignedKind, objectIn(value, name))
  const plain = kind === 'document' ? withoutEval(objectIn(value, name)) : value
  return pae(`application/vnd.agent-run.${kind}.v1+json`, utf8.encode(canonicalize(plain)))
}

const withoutEval = (run: Readonly<Record<string, unknown>>): object => {
  const { eval: _, ...rest } = publicForm('run', run)
  return rest
}

const objectIn = (value: unknown, name: string): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Failure(`${visibleName(name)}: expected a JSON object`)
}
