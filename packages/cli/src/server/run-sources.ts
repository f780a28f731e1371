import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { visible } from '@agent-run/core/text'
import type { Client } from '@agent-run/sdk/client'
import { Failure } from '../failure.ts'
import { type Expansion, expandArguments } from '../input/expand.ts'
import { isGlob } from '../input/glob.ts'
import type { ServerOptions } from './server-options.ts'

/** A name with a folder or an ending of records is never taken for an id: it is a file that is not there. */
const LIKE_A_FILE = /[\\/]|\.(?:json|jsonl|ndjson)(?:\.gz)?$/i

/** Whether an argument can only be an id: no file, no pattern of files, not standard input. */
export const isId = (name: string): boolean =>
  name !== '-' && !LIKE_A_FILE.test(name) && !existsSync(name) && !isGlob(name)

/**
 * Arguments of a command to sources: with `--server` all of them are ids of runs there; else files, and what is none is an
 * id if the environment names a server. Fetched are the octets of a record and the statements about it, as a bundle.
 * Throws `Failure`.
 */
export async function expandInputs(names: readonly string[], options: ServerOptions): Promise<Expansion> {
  const isServer = options.server !== undefined
  const ids = isServer ? names : process.env['AGENT_RUN_SERVER_URL'] ? names.filter(isId) : []
  if (ids.length === 0) return expandArguments(names)
  const file = isServer ? names.find((name) => !isId(name)) : undefined
  if (file !== undefined) throw new Failure(`${visible(file)} is a file; with --server expected ids of runs`)
  const expansion = expandArguments(names.filter((name) => !ids.includes(name)))
  const [{ asking }, { connect }] = await Promise.all([import('../querying/asking.ts'), import('./connect.ts')])
  const client = connect(options)
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const [index, id] of ids.entries()) {
    const path = join(folder, `${index}.jsonl`)
    const { bundle, name } = await asking(() => fetchBundle(client, id))
    writeFileSync(path, bundle, { mode: 0o600 })
    expansion.sources.push({ name, path, size: bundle.length })
  }
  return expansion
}

/** A record, octet for octet, and a line for every statement about it. */
const fetchBundle = async (client: Client, wanted: string): Promise<{ bundle: Buffer; name: string }> => {
  const { resolveRun } = await import('./resolve-run.ts')
  const { run, octets } = await resolveRun(client, wanted)
  // A run that still goes on has nothing said about it.
  const { statements } = await client.provenance(run.id)
  const lines = statements.map((statement) => Buffer.from(`\n${JSON.stringify(statement)}`))
  return { bundle: Buffer.concat([octets, ...lines, Buffer.from('\n')]), name: run.id }
}
