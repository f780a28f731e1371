import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentRun } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { describeError } from '../input/system-error.ts'
import { visibleName } from '../terminal/escape.ts'
import type { Output } from '../terminal/output.ts'

/** Writes records one a line, or as one JSON array. On a terminal what it would obey is escaped. */
export async function writeRuns(
  runs: readonly AgentRun[],
  format: 'ndjson' | 'json',
  output: Output,
  toTerminal: boolean,
): Promise<void> {
  const indent = format === 'json' ? 2 : undefined
  const text = (run: AgentRun): string => (toTerminal ? safeJson(run, indent) : JSON.stringify(run, null, indent))
  if (format === 'ndjson') {
    for (const run of runs) await output.write(`${text(run)}\n`)
    return
  }
  let separator = '[\n'
  for (const run of runs) {
    await output.write(separator + text(run))
    separator = ',\n'
  }
  await output.write('\n]\n')
}

/** Writes every record to a file of its own in a folder, which is made. Returns the file names. Throws `Failure`. */
export function writeRunFiles(runs: readonly AgentRun[], folder: string): string[] {
  const taken = new Set<string>()
  try {
    mkdirSync(folder, { recursive: true })
    return runs.map((run) => {
      const name = fileNameFor(run.id, taken)
      writeFileSync(join(folder, name), `${JSON.stringify(run, null, 2)}\n`)
      return name
    })
  } catch (error) {
    throw new Failure(`cannot write to ${visibleName(folder)}: ${describeError(error)}`, { cause: error })
  }
}

/** A file name from an id, which may be anything: no separators, no hidden files, none taken twice in any case. */
export function fileNameFor(id: string, taken: Set<string>): string {
  const base =
    id
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'run'
  let name = `${base}.json`
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}.json`
  taken.add(name.toLowerCase())
  return name
}
