import { isIndexTrouble } from '../indexing/failure.ts'
import type { IndexPool } from '../indexing/open-index.ts'
import type { Expansion } from '../input/expand.ts'
import type { Archive } from './archive.ts'
import { createFileArchive } from './file-archive.ts'
import { type ReadingOptions, RunReader } from './read-runs.ts'

/**
 * Answers from inputs: from an index beside them where there is one, or they are worth one; otherwise, and whenever
 * something is wrong with it, from the files. The answers are the same.
 */
export async function createInputArchive(
  names: readonly string[],
  expansion: Expansion,
  options: ReadingOptions,
  pool: IndexPool,
): Promise<Archive> {
  const files = createFileArchive(new RunReader(expansion, options))
  const index = await pool.find(names, expansion, options)
  if (index === undefined) return files
  const { createIndexArchive } = await import('./index-archive.ts')
  let answering = createIndexArchive(index, options)
  const ask = async <T>(question: (archive: Archive) => Promise<T>): Promise<T> => {
    try {
      return await question(answering)
    } catch (error) {
      if (!isIndexTrouble(error)) throw error
      pool.giveUp(error)
      answering = files
      return question(files)
    }
  }
  return {
    runs: (query) => ask((archive) => archive.runs(query)),
    artifacts: (query) => ask((archive) => archive.artifacts(query)),
    approvals: (query) => ask((archive) => archive.approvals(query)),
    mcpServers: (query) => ask((archive) => archive.mcpServers(query)),
    leaderboard: (query) => ask((archive) => archive.leaderboard(query)),
    remarks: () => answering.remarks(),
    isIncomplete: () => answering.isIncomplete(),
  }
}
