// Keys and sealed records that the tests of sealing and verifying share, made by the program itself.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { agentRun, folderWith } from '../binary.ts'
import { releaseRun } from '../records.ts'

type Members = Record<string, unknown>

/** A folder with `ci.key`, `trust.json` that names it, and these files. */
export async function folderWithKey(files: Readonly<Record<string, string | Buffer | object>> = {}): Promise<string> {
  const cwd = folderWith(files)
  const args = ['keygen', '--output', 'ci.key', '--no-passphrase', '--identity', 'ci@example.org']
  const { code, stdout, stderr } = await agentRun(args, { cwd })
  if (code !== 0) throw new Error(stderr)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(cwd, 'trust.json'), stdout)
  return cwd
}

/** A run with everything, that can be sealed. */
export const finishedRun = (changes: Members = {}): Members => {
  const run = releaseRun(changes)
  const { run_hash } = run.provenance as Members
  return { ...run, provenance: { run_hash, ...(changes.provenance as object | undefined) } }
}

/** Seals a file of the folder with its key; returns the text of the result. */
export async function seal(cwd: string, file: string, ...more: string[]): Promise<string> {
  const { code, stdout, stderr } = await agentRun(['seal', file, '--key', 'ci.key', ...more], { cwd })
  if (code !== 0) throw new Error(stderr)
  return stdout
}

/** A JSON file of the folder. */
export const json = <T = Members>(cwd: string, file: string): T =>
  JSON.parse(readFileSync(join(cwd, file), 'utf8')) as T

/** Changes a value in the middle of a JSON text, wherever it stands. */
export const changed = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`there is no ${from}`)
  return text.replace(from, to)
}
