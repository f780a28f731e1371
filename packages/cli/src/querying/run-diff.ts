import { diffRuns } from '@agent-run/core'
import { harmlessLines, styleOf, visible, wantsColour } from '@agent-run/core/text'
import type { ReadRun } from '@agent-run/sdk/client'
import type { RunDiff } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { formatForFile } from '../format/formats.ts'
import { safeJson } from '../format/safe-json.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { nearestName } from '../terminal/nearest.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { describe, type FoundRun, isFile, runInFile } from './find-run.ts'
import { asksServer, inputNames, levelJudge, readingOptions } from './inputs.ts'
import { createLookup, type Lookup } from './lookup.ts'
import { diffLines, diffMarkdown, diffText } from './report/diff.ts'

/** Options of `agent-run diff`, as the command line gives them. */
export interface DiffOptions extends ServerOptions {
  readonly against?: string
  readonly format?: 'pretty' | 'line' | 'json' | 'markdown'
  readonly output?: string
  readonly maxSize: number
  readonly all?: boolean
  readonly quiet?: boolean
  readonly index?: boolean
  readonly color?: boolean
}

const LAST_GOOD = 'last_good'

/** Compares two runs. Returns the exit code. Throws `Failure` if they cannot be compared. */
export async function runDiff(names: readonly string[], options: DiffOptions): Promise<number> {
  const { against } = options
  const [first, ...others] = names as [string, ...string[]]
  const [second, ...inputs] = against === undefined ? others : [against, ...others]
  if (second === undefined) throw new Failure('name the other run, or --against last_good')
  // With --against the run in question comes first on the command line, and second in the comparison.
  const pair = against === undefined ? { before: first, after: second } : { before: second, after: first }
  const areFiles = isFile(pair.before) && isFile(pair.after)
  if (areFiles && options.server !== undefined)
    throw new Failure('both runs are files; there is nothing to ask a server')
  const isAsked = !areFiles && asksServer(options, inputs)
  const diff = await (isAsked ? askServer(pair, options) : compareFiles(pair, inputs, options)).catch((error) =>
    Promise.reject(withHint(error, against)),
  )
  await write(diff, options)
  if (diff.against === null) return exit.failure
  return diff.same ? exit.clean : exit.findings
}

/** A run that is not there, named by what is nearly `last_good`. */
const withHint = (error: unknown, against: string | undefined): unknown => {
  const isMeant = against !== undefined && against !== LAST_GOOD && nearestName(against, [LAST_GOOD]) === LAST_GOOD
  if (!isMeant || !(error instanceof Failure)) return error
  return new Failure(`${error.message} (did you mean --against ${LAST_GOOD}?)`, { cause: error })
}

interface Pair {
  readonly before: string
  readonly after: string
}

/** Fewer than core's own limit are listed, unless all are asked for. */
const limitOf = ({ all }: DiffOptions): { limit?: number } => (all ? { limit: Number.MAX_SAFE_INTEGER } : {})

const compareFiles = async (pair: Pair, inputs: readonly string[], options: DiffOptions): Promise<RunDiff> => {
  const reading = readingOptions(options, await levelJudge(undefined, options.maxSize))
  const byFile = new Map<string, FoundRun>()
  const named = [pair.before, pair.after].filter((name) => name !== LAST_GOOD || options.against === undefined)
  refuseToReplace(options.output, named)
  for (const name of named) if (isFile(name)) byFile.set(name, await runInFile(name, reading))
  const isLastGood = options.against === LAST_GOOD
  const sought = named.filter((name) => !byFile.has(name))
  if (!isLastGood && sought.length === 0) {
    if (inputs.length > 0) throw new Failure('both runs are files; expected nothing more to look in')
    return compare(byFile.get(pair.before) as FoundRun, byFile.get(pair.after) as FoundRun, options)
  }
  if (isLastGood && sought.length > 0 && inputs.includes('-'))
    throw new Failure('standard input can be read once, and this needs it twice: name the run by a file')
  const { IndexPool } = await import('../indexing/open-index.ts')
  const pool = new IndexPool()
  try {
    const lookup = await createLookup(inputNames(inputs), reading, pool)
    const found = sought.length === 0 ? undefined : await lookup.find(sought)
    const get = (name: string): FoundRun => byFile.get(name) ?? (found as (name: string) => FoundRun)(name)
    if (isLastGood) return await againstLastGood(get(pair.after), lookup, options)
    tell(lookup, options)
    return compare(get(pair.before), get(pair.after), options)
  } finally {
    pool.close()
  }
}

const compare = (before: FoundRun, after: FoundRun, options: DiffOptions): RunDiff =>
  diffRuns(before.run, after.run, {
    ...limitOf(options),
    summaries: { before: before.summary, after: after.summary },
  })

const againstLastGood = async (after: FoundRun, lookup: Lookup, options: DiffOptions): Promise<RunDiff> => {
  const found = await lookup.lastGood(after)
  tell(lookup, options)
  if (found === undefined) return { run_id: after.run.id, against: null, after: after.summary }
  return { ...compare(found.run, after, options), criterion: found.criterion }
}

const tell = (lookup: Lookup, { quiet }: DiffOptions): void => {
  if (!quiet) for (const remark of lookup.remarks()) process.stderr.write(`agent-run: ${remark}\n`)
}

const askServer = async (pair: Pair, options: DiffOptions): Promise<RunDiff> => {
  const [{ asking }, { connect }] = await Promise.all([import('./asking.ts'), import('../server/connect.ts')])
  const client = connect(options)
  const isLastGood = options.against === LAST_GOOD
  const names = isLastGood ? [pair.after] : [pair.before, pair.after]
  const { resolveRun } = await import('../server/resolve-run.ts')
  const onServer = new Map<string, ReadRun>()
  for (const name of names) if (!isFile(name)) onServer.set(name, await asking(() => resolveRun(client, name)))
  if (!names.some(isFile)) {
    const idOf = (name: string): string => onServer.get(name)?.run.id ?? name
    return asking(() => client.diff(idOf(pair.after), idOf(pair.before)))
  }
  const reading = readingOptions(options, await levelJudge(undefined, options.maxSize))
  const get = async (name: string): Promise<FoundRun> =>
    isFile(name) ? runInFile(name, reading) : describe({ run: (onServer.get(name) as ReadRun).run, level: 'recorded' })
  const after = await get(pair.after)
  if (isLastGood) return asking(() => client.diff(after.run.id, LAST_GOOD))
  return compare(await get(pair.before), after, options)
}

const write = async (diff: RunDiff, options: DiffOptions): Promise<void> => {
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  const format = options.format ?? formatOf(options.output) ?? (isTerminal ? 'pretty' : 'line')
  const style = styleOf(wantsColour({ option: options.color, env: process.env, isTerminal }))
  const width = Math.max(
    60,
    Math.min((isTerminal ? process.stdout.columns : 0) || Number(process.env['COLUMNS']) || 100, 200),
  )
  const output = outputTo(options.output)
  if (format === 'json') await output.write(`${safeJson(diff, 2)}\n`)
  else if (format === 'markdown') await output.write(harmlessLines(diffMarkdown(diff, options.all === true)))
  else if (format === 'line') await output.write(harmlessLines(diffLines(diff)))
  else await output.write(harmlessLines(diffText(diff, { style, width, all: options.all === true })))
  await output.close()
  if (diff.against === null && format === 'line')
    process.stderr.write(`agent-run: no last good run of ${visible(diff.run_id)} is known\n`)
}

const formatOf = (file: string | undefined): 'json' | 'markdown' | undefined => {
  const format = formatForFile(file)
  return format === 'json' || format === 'markdown' ? format : undefined
}
