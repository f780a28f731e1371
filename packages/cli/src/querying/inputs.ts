import { existsSync } from 'node:fs'
import { createVerifier, type Verifier } from '@agent-run/core'
import { Failure } from '../failure.ts'
import { type Expansion, expandArguments } from '../input/expand.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { loadEvidence } from '../verification/evidence.ts'

/** Folder that the recorder writes to unless it is told otherwise. */
const RECORDED = '.agent-run'

/** The inputs that are meant: those named, else what the recorder has left here. Throws `Failure` if there are none. */
export function inputsOf(names: readonly string[]): Expansion {
  if (names.length > 0) return expandArguments(names)
  if (existsSync(RECORDED)) return expandArguments([RECORDED])
  throw new Failure(`name files to look in, or --server (there is no folder ${RECORDED} here)`)
}

/** Whether a server is meant: it is named, or no file is and the environment names one. Throws `Failure` for both. */
export function asksServer({ server }: ServerOptions, inputs: readonly string[]): boolean {
  if (server !== undefined && inputs.length > 0) throw new Failure('files and --server: expected one of them')
  return server !== undefined || (inputs.length === 0 && !!process.env['AGENT_RUN_SERVER_URL'])
}

/** A verifier for the level of records, by a trust file where one is given. */
export async function levelVerifier(trustFile: string | undefined, maxSize: number): Promise<Verifier> {
  const { trust } = await loadEvidence({ trust: trustFile, journal: undefined, statements: [], related: [] }, maxSize)
  return createVerifier({ level: 'none', ...(trust === undefined ? {} : { trust }) })
}
