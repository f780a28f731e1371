import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createVerifier, sortInstant, type Verifier } from '@agent-run/core'
import type { Trust } from '@agent-run/types'
import { LARGEST_RECORD } from '../commands/option-values.ts'
import { Failure } from '../failure.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { loadEvidence } from '../verification/evidence.ts'
import type { ReadingOptions } from './read-runs.ts'

/** Folder that the recorder writes to unless it is told otherwise. */
export const RECORDED = '.agent-run'

/** The names of the inputs that are meant: those given, else what the recorder has left here. Throws `Failure` if there are none. */
export function inputNames(names: readonly string[]): readonly string[] {
  if (names.length > 0) return names
  if (existsSync(RECORDED)) return [RECORDED]
  throw new Failure(`name files to look in, or --server (there is no folder ${RECORDED} here)`)
}

/** Whether a server is meant: it is named, or no file is and the environment names one. Throws `Failure` for both. */
export function asksServer({ server }: ServerOptions, inputs: readonly string[]): boolean {
  if (server !== undefined && inputs.length > 0) throw new Failure('files and --server: expected one of them')
  return server !== undefined || (inputs.length === 0 && !!process.env['AGENT_RUN_SERVER_URL'])
}

/** Judges how far records are proven. */
export interface Judge {
  readonly verify: Verifier
  /** Equal if all verdicts are: the same trust, at a time at which the same keys of it count. */
  readonly trustKey: string
}

/** A judge of levels, by a trust file where one is given. All is judged as of now, however long it takes. */
export async function levelJudge(trustFile: string | undefined, maxSize: number): Promise<Judge> {
  const { trust } = await loadEvidence({ trust: trustFile, journal: undefined, statements: [], related: [] }, maxSize)
  if (trust === undefined) return { verify: createVerifier({ level: 'none' }), trustKey: '' }
  const now = new Date().toISOString()
  return { verify: createVerifier({ level: 'none', trust, now }), trustKey: keyOf(trust, now) }
}

const keyOf = (trust: Trust, now: string): string => {
  const at = sortInstant(now)
  const times = trust.keys.flatMap(({ valid_from, valid_until, revoked }) => [valid_from, valid_until, revoked?.at])
  const order = times.map((time) => {
    const other = time === undefined ? at : sortInstant(time)
    return at < other ? '<' : at > other ? '>' : '='
  })
  return createHash('sha256')
    .update(JSON.stringify([trust, order]))
    .digest('hex')
}

/** How inputs are read. Who sets another limit is not answered from what the usual one has let through. */
export const readingOptions = (
  {
    maxSize,
    quiet = false,
    index = true,
  }: { readonly maxSize: number; readonly quiet?: boolean; readonly index?: boolean },
  judge: Judge,
): ReadingOptions => ({ maxSize, quiet, ...judge, index: index && maxSize === LARGEST_RECORD })
