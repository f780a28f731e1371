import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { readDocuments } from '../input/documents.ts'
import type { SourceFile } from './source-files.ts'

/** Largest record in bytes. */
const MAX_SIZE = 256 * 1024 * 1024

/** What became of inputs that are records already. */
export interface RecordsRead {
  readonly runs: number
  /** What could not be read, each with the name of its file. */
  readonly problems: readonly { readonly name: string; readonly message: string }[]
}

/** Reads records and hands over the valid ones. */
export async function readRecords(
  files: readonly SourceFile[],
  take: (run: AgentRun) => Promise<void>,
): Promise<RecordsRead> {
  const problems: { name: string; message: string }[] = []
  let runs = 0
  for (const { source } of files) {
    for await (const item of readDocuments(source, { maxSize: MAX_SIZE })) {
      if (item.kind === 'problem') {
        if (item.problem.severity === 'error') problems.push({ name: source.name, message: item.problem.message })
        continue
      }
      const { ok, value } = validate(item.bytes, { limit: 1 })
      if (!ok) {
        problems.push({ name: `${source.name}:${item.line}`, message: 'no valid record (agent-run validate says why)' })
        continue
      }
      runs++
      await take(value as AgentRun)
    }
  }
  return { runs, problems }
}
