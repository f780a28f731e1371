import { harmlessLines } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { IndexPool } from '../indexing/open-index.ts'
import { outputTo } from '../terminal/output.ts'
import { redraw } from '../watching/redraw.ts'
import { type Answer, writeAnswer } from './answer.ts'
import type { Archive } from './archive.ts'
import type { FormatName, QueryOptions } from './options.ts'

/** Asks a question once. */
type Ask = (pool: IndexPool) => Promise<{ readonly answer: Answer; readonly archive: Archive }>

/**
 * Answers a question again whenever the inputs change, until the program is told to end: on a terminal in place of the
 * last answer; elsewhere, line by line, only what is new or different. Returns the exit code.
 */
export async function watchQuery(
  names: readonly string[],
  options: QueryOptions,
  format: FormatName,
  ask: Ask,
): Promise<number> {
  if (names.includes('-')) throw new Failure('standard input can be read once; --watch needs files')
  const pool = new IndexPool({ isWatching: true })
  const isByLine = options.output === undefined && !process.stdout.isTTY && (format === 'line' || format === 'ndjson')
  const written = new Set<string>()
  try {
    await redraw(names, options, async (screen) => {
      const { answer, archive } = await ask(pool)
      if (isByLine) await writeNew(linesOf(answer, format), written)
      else if (options.output !== undefined) {
        const output = outputTo(options.output)
        await writeAnswer(answer, format, options, output)
        await output.close()
      } else await writeAnswer(answer, format, { ...options, quiet: true }, screen)
      return [...(format === 'line' && !isByLine ? answer.remarks : []), ...archive.remarks()]
    })
  } finally {
    pool.close()
  }
  return 0
}

const linesOf = (answer: Answer, format: FormatName): string[] => {
  if (format === 'ndjson') return answer.items.map((item) => safeJson(item))
  return harmlessLines(answer.lines()).split('\n').slice(0, -1)
}

/** The first answer as it is, then what is added to it, the newest last. */
const writeNew = async (lines: readonly string[], written: Set<string>): Promise<void> => {
  const isFirst = written.size === 0
  const added = lines.filter((line) => !written.has(line))
  for (const line of added) written.add(line)
  const output = outputTo(undefined)
  for (const line of isFirst ? added : added.reverse()) await output.write(`${line}\n`)
  await output.close()
}
