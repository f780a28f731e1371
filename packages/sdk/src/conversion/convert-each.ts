import type { AgentRun } from '@agent-run/types'
import type { SourceFile } from './adapter.ts'
import { assembleConversion, type Found } from './assemble-conversion.ts'
import type { InputRead } from './read-input.ts'
import type { Conversion, FileReport } from './report.ts'

/** What came of one file. */
export interface FileRuns {
  readonly read: InputRead
  /** What it was recognised as; `undefined`: nothing. */
  readonly role: FileReport['role'] | undefined
  readonly runs: readonly AgentRun[]
  /** Steps that end before they begin in the source. */
  readonly contradictions?: number
}

/** Converts files of which each stands for itself, in their order. A run that occurs in several counts once. */
export async function convertEach(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  { about, expected }: Pick<Found, 'about' | 'expected'>,
  convert: (file: SourceFile) => Promise<FileRuns>,
): Promise<Conversion> {
  const reads: InputRead[] = []
  const roles: FileReport['role'][] = []
  const runs = new Map<string, AgentRun>()
  let contradictions = 0
  for await (const file of files) {
    const found = await convert(file)
    reads.push(found.read)
    roles.push(found.role ?? 'unrecognised')
    for (const run of found.runs) if (!runs.has(run.id)) runs.set(run.id, run)
    contradictions += found.contradictions ?? 0
  }
  return assembleConversion({ about, reads, roles, runs: [...runs.values()], contradictions, expected })
}
