import { documentHash, isSealed, type SignedObjectKind, signObject } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { sortOf } from '../input/line-sort.ts'
import { refuseToReplace } from '../terminal/output.ts'
import { orFailure } from './core-errors.ts'
import { type PassphraseOptions, signerOf } from './signer.ts'
import { oneRecord, oneValue } from './values.ts'
import { writeValues } from './write-result.ts'

/** Options of `agent-run sign`, as the command line gives them. */
export interface SignOptions extends PassphraseOptions {
  readonly key: string
  readonly record?: string
  readonly at?: string
  readonly output?: string
}

type Members = Readonly<Record<string, unknown>>
type Kind = Exclude<SignedObjectKind, 'head'>

/** Signs one object that is said about a record. Returns the exit code. Throws `Failure`. */
export async function runSign(name: string, options: SignOptions): Promise<number> {
  const { key, record, at, output } = options
  refuseToReplace(output, [name, key, record, options.passphraseFile])
  const value = await oneValue(name)
  const kind = kindOf(value, name)
  const run = record === undefined ? undefined : (await oneRecord(record)).run
  const about = run === undefined ? {} : membersAbout(kind, run)
  const object = { ...merge(value as Members, about), at: (value as Members)['at'] ?? at ?? new Date().toISOString() }
  const signer = await signerOf(key, options)
  const signed = await orFailure(() => signObject(kind, object, signer))
  await writeValues([signed], output === undefined ? {} : { output })
  process.stderr.write(`${kind} signed with ${signer.did}\n`)
  return exit.clean
}

const kindOf = (value: unknown, name: string): Kind => {
  const sort = sortOf(value)
  if (sort === 'eval' || sort === 'statement') return sort
  if (isObject(value) && Object.hasOwn(value, 'approval_id') && Object.hasOwn(value, 'event')) return 'approval'
  // A statement about --record has no `about` yet.
  if (isObject(value) && Object.hasOwn(value, 'kind') && !Object.hasOwn(value, 'steps')) return 'statement'
  throw new Failure(
    `${visibleName(name)}: expected an evaluation (pass, score), an approval event (approval_id, event) or a statement (kind, about); a record is sealed with agent-run seal`,
  )
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How an object of a kind names a record: sealed by record_hash, else by document_hash. */
const membersAbout = (kind: Kind, run: AgentRun): Members => {
  const sealed = isSealed(run) ? run.provenance.record_hash : undefined
  const hash = typeof sealed === 'string' ? sealed : documentHash(run)
  if (kind === 'statement') return { about: hash }
  if (kind === 'approval') return { run_id: run.id }
  return { run_id: run.id, ...(typeof sealed === 'string' ? { record_hash: hash } : { document_hash: hash }) }
}

/** Puts members in. Throws `Failure` where the object says something else already. */
const merge = (object: Members, about: Members): Members => {
  for (const [name, value] of Object.entries(about)) {
    const said = object[name]
    if (said !== undefined && said !== null && said !== value)
      throw new Failure(`it is about another record than --record: its ${name} is not that of the record`)
  }
  return { ...object, ...about }
}
