import { existsSync, statSync } from 'node:fs'
import { styleOf, visibleName, wantsColour } from '@agent-run/core/text'
import { exit, Failure } from '../failure.ts'
import type { IndexPool } from '../indexing/open-index.ts'
import { type Expansion, expandArguments } from '../input/expand.ts'
import { describe } from '../querying/find-run.ts'
import { inputNames, levelJudge, RECORDED, readingOptions } from '../querying/inputs.ts'
import { createLookup } from '../querying/lookup.ts'
import { expandInputs, isId } from '../server/run-sources.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { type Output, outputTo, refuseToReplace } from '../terminal/output.ts'
import { warnOfTrust } from '../verification/trust-file.ts'
import { choose, gather, hasChoice, NEWEST, newestOf } from './gather-shown.ts'
import { narrow } from './narrow.ts'
import { itemsOf, type Layout } from './read-shown.ts'
import { RECEIPTS, writeReceipts } from './write-receipts.ts'

/** Options of `agent-run show`, as the command line gives them. */
export interface ShowCommandOptions extends ServerOptions {
  readonly run?: string
  readonly format: 'pretty' | 'markdown' | 'json'
  readonly output?: string
  readonly trust?: string
  readonly all?: boolean
  readonly index?: boolean
  readonly watch?: boolean
  readonly maxSize: number
  readonly color?: boolean
}

/** More runs than this are not listed: nobody reads them, and memory has an end. */
const LISTED = 2000

/** Shows the records in the inputs. Returns the exit code. Throws `Failure` if nothing can be shown. */
export async function runShow(inputs: readonly string[], given: ShowCommandOptions): Promise<number> {
  const { names, options } = chosenIn(inputs, given)
  if (options.watch) {
    if (names.includes('-')) throw new Failure('standard input can be read once; --watch needs files')
    if (options.server !== undefined) throw new Failure('--watch is for files')
    const [{ redraw }, { IndexPool }] = await Promise.all([
      import('../watching/redraw.ts'),
      import('../indexing/open-index.ts'),
    ])
    const pool = new IndexPool({ isWatching: true })
    await redraw(names, {}, async (screen) => {
      const output = options.output === undefined ? screen : outputTo(options.output)
      await show(names, expandArguments(names), options, pool, output)
      return []
    }).finally(() => pool.close())
    return exit.clean
  }
  const expansion = await expandInputs(names, options)
  const { IndexPool } = await import('../indexing/open-index.ts')
  const pool = new IndexPool()
  return show(names, expansion, options, pool, outputTo(options.output)).finally(() => pool.close())
}

/** What is to be shown: a name that is no file is the id of a run, as `--run` takes it. */
const chosenIn = (
  inputs: readonly string[],
  options: ShowCommandOptions,
): { readonly names: readonly string[]; readonly options: ShowCommandOptions } => {
  if (options.server !== undefined || process.env['AGENT_RUN_SERVER_URL']) {
    if (inputs.length === 0 && options.server !== undefined) throw new Failure('name the runs by their ids')
    return { names: inputNames(inputs), options }
  }
  const [id, ...others] = inputs.filter(isId)
  const rest = inputs.filter((name) => name !== id)
  const isMeant = id !== undefined && others.length === 0 && options.run === undefined
  if (!isMeant || (rest.length === 0 && !existsSync(RECORDED))) return { names: inputNames(inputs), options }
  return { names: inputNames(rest), options: { ...options, run: id } }
}

const show = async (
  names: readonly string[],
  expansion: Expansion,
  options: ShowCommandOptions,
  pool: IndexPool,
  output: Output,
): Promise<number> => {
  const { sources, unusable } = expansion
  for (const { name, problem } of unusable)
    process.stderr.write(`agent-run: ${visibleName(name)}: ${problem.message}\n`)
  if (sources.length === 0) return exit.failure
  refuseToReplace(options.output, [options.trust, ...sources.map(({ path }) => path)])
  const judge = await levelJudge(options.trust, options.maxSize)
  await warnOfTrust(options.trust)
  const reading = readingOptions({ ...options, quiet: false }, judge)
  const isFolder = names.some(isDirectory)
  const isOverview = options.run === undefined && isFolder && options.format === 'pretty' && !options.all
  const narrowed =
    isOverview || options.run !== undefined
      ? await narrow(names, expansion, reading, pool, { wanted: options.run, most: NEWEST, isFolder })
      : undefined
  const showing = { ...options, isFolder, layout: layoutOf(options), verify: judge.verify }
  let gathered = await gather(narrowed?.items() ?? itemsOf(sources, options.maxSize), showing)
  // What cannot be chosen from a part is looked for in all of it, and said as it is.
  if (narrowed && options.run !== undefined && !hasChoice(gathered, options.run))
    gathered = await gather(itemsOf(sources, options.maxSize), showing)
  const { journals, layout } = { ...gathered, ...showing }
  const total = narrowed?.total ?? gathered.valid
  const isList = isOverview && total > RECEIPTS
  const { chosen, isAlone } = await choose(gathered, options.run, async (run) => {
    const lookup = names.includes('-') ? undefined : await createLookup(names, reading, pool)
    return lookup?.lastGood(describe({ run, level: 'recorded' }))
  })
  const brokenCount = isList ? (narrowed?.broken ?? gathered.invalid) : gathered.broken
  const shownCount = isList ? total : gathered.shown
  const entries = isAlone
    ? []
    : isList
      ? newestOf(gathered)
      : gathered.entries.map(({ entry }) => entry).slice(0, LISTED)
  const newestFirst = isFolder
  const otherIds = isList ? (narrowed?.ids ?? gathered.ids) : []
  await writeReceipts(
    { chosen, entries, otherIds, shownCount, brokenCount, newestFirst },
    options.format,
    layout,
    output,
  )
  await output.close()
  if (!isFolder || gathered.shown === 0)
    for (const name of journals)
      process.stderr.write(`agent-run: ${visibleName(name)} is a journal: agent-run journal fold makes its record\n`)
  if (gathered.seen === 0 && journals.size === 0)
    process.stderr.write('agent-run: nothing to show: no record in the inputs\n')
  if (gathered.shown === 0 || unusable.length > 0) return exit.failure
  return (isAlone ? chosen.some(({ ok }) => !ok) : brokenCount > 0) ? exit.findings : exit.clean
}

const layoutOf = (options: ShowCommandOptions): Layout => {
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  return {
    style: styleOf(wantsColour({ option: options.color, env: process.env, isTerminal })),
    width: Math.max(
      60,
      Math.min((isTerminal ? process.stdout.columns : 0) || Number(process.env['COLUMNS']) || 100, 200),
    ),
    all: options.all === true,
  }
}

const isDirectory = (name: string): boolean => {
  try {
    return statSync(name).isDirectory()
  } catch {
    return false
  }
}
