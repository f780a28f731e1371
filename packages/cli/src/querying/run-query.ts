import { sideEffectKinds } from '@agent-run/core'
import { count, grouped } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import type { FilterOption } from '../commands/query-options.ts'
import { exit, Failure } from '../failure.ts'
import { formatForFile } from '../format/formats.ts'
import type { IndexPool } from '../indexing/open-index.ts'
import { expandArguments } from '../input/expand.ts'
import { nearestName } from '../terminal/nearest.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { type Answer, writeAnswer } from './answer.ts'
import type { Archive, Found } from './archive.ts'
import { evidenceOf } from './evidence.ts'
import { type Parameters, parametersIn, runFilterIn } from './filters.ts'
import { createInputArchive } from './input-archive.ts'
import { asksServer, inputNames, levelJudge, readingOptions } from './inputs.ts'
import type { FormatName, QueryOptions } from './options.ts'
import { approvalListText, approvalTable } from './report/approvals.ts'
import { artifactListText } from './report/artifacts.ts'
import { artifactTable, leaderboardTable, mcpServerTable } from './report/lists.ts'
import { runListMarkdown, runListText, runTable } from './report/run-list.ts'
import { type Table, tableLines, tableMarkdown, tableText } from './report/table.ts'
import { filterWords } from './words.ts'

/** What is asked. */
export type QuestionName = 'runs' | 'artifacts' | 'approvals' | 'mcp-servers' | 'leaderboard'

/** Answers a question from files or a server. Returns the exit code. Throws `Failure` if it cannot. */
export async function runQuery(
  question: QuestionName,
  inputs: readonly string[],
  options: QueryOptions,
): Promise<number> {
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  const format = options.format ?? formatOf(options.output) ?? (isTerminal ? 'pretty' : 'line')
  const limit = options.all ? Number.POSITIVE_INFINITY : options.limit
  const ask = (archive: Archive): Promise<Answer> => answers[question](archive, options, { format, limit })
  if (asksServer(options, inputs)) {
    const { archive, asking } = await openServer(options)
    return finish(await asking(() => ask(archive)), archive, format, options)
  }
  const names = inputNames(inputs)
  if (options.watch) {
    const { watchQuery } = await import('./watch-query.ts')
    return watchQuery(names, options, format, async (pool) => {
      const archive = await openInputs(names, options, pool)
      return { answer: await ask(archive), archive }
    })
  }
  const { IndexPool } = await import('../indexing/open-index.ts')
  const pool = new IndexPool()
  try {
    const archive = await openInputs(names, options, pool)
    return await finish(await ask(archive), archive, format, options)
  } finally {
    pool.close()
  }
}

const finish = async (answer: Answer, archive: Archive, format: FormatName, options: QueryOptions): Promise<number> => {
  const output = outputTo(options.output)
  await writeAnswer(answer, format, options, output)
  await output.close()
  if (!options.quiet) for (const remark of archive.remarks()) process.stderr.write(`agent-run: ${remark}\n`)
  if (archive.isIncomplete()) return exit.failure
  return answer.items.length > 0 ? exit.clean : exit.findings
}

const openServer = async (options: QueryOptions) => {
  if (options.trust !== undefined) throw new Failure('--trust is for files: a server judges by its own trust file')
  if (options.watch) throw new Failure('--watch is for files; ask a server again, or subscribe to its events')
  const [{ asking }, { connect }, { createServerArchive }] = await Promise.all([
    import('./asking.ts'),
    import('../server/connect.ts'),
    import('./server-archive.ts'),
  ])
  return { archive: createServerArchive(connect(options)), asking }
}

const openInputs = async (names: readonly string[], options: QueryOptions, pool: IndexPool): Promise<Archive> => {
  const expansion = expandArguments(names)
  refuseToReplace(
    options.output,
    expansion.sources.map(({ path }) => path),
  )
  const judge = await levelJudge(options.trust, options.maxSize)
  return createInputArchive(names, expansion, readingOptions(options, judge), pool)
}

/** The format that the name of a file asks for, if it is one of ours. */
const formatOf = (file: string | undefined): FormatName | undefined => {
  const format = formatForFile(file)
  return format === 'json' || format === 'ndjson' || format === 'markdown' ? format : undefined
}

interface Wanted {
  readonly format: FormatName
  readonly limit: number
}

type Question = (archive: Archive, options: QueryOptions, wanted: Wanted) => Promise<Answer>

const answers: Readonly<Record<QuestionName, Question>> = {
  async runs(archive, options, { format, limit }) {
    const { parameters, filter } = runFilterIn(options)
    const forPeople = format === 'pretty' || format === 'markdown'
    const explain = forPeople ? { explain: (run: AgentRun) => evidenceOf(run, filter) } : {}
    const found = await archive.runs({ parameters, filter, limit, ...explain })
    const runs = found.items.map((summary) => ({ summary, evidence: found.evidence.get(summary.id) ?? [] }))
    const { alsoExecuted } = found
    const remarks = alsoExecuted
      ? [
          `${alsoExecuted === 1000 ? '1,000 or more' : alsoExecuted} further ${alsoExecuted === 1 ? 'run' : 'runs'} executed commands, which can write files too: --side-effect exec`,
        ]
      : []
    return {
      body: { runs: found.items, ...(alsoExecuted === undefined ? {} : { also_executed: alsoExecuted }) },
      items: found.items,
      title: titleOf(found, 'run', filterWords(parameters, found.items.length), ', newest first'),
      remarks: [...unknownWords(parameters), ...remarks, ...moreWords(found)],
      text: (style, width) => runListText(runs, style, width),
      lines: () => tableLines(runTable(runs)),
      markdown: () => runListMarkdown(runs),
    }
  },

  async artifacts(archive, options, { limit }) {
    const parameters = parametersIn(options, named('turn_id', 'run_id', 'digest'))
    const found = await archive.artifacts({ parameters, limit })
    const of = parameters.map(([name, value]) => `${name.replace(/_id$/, '')} ${value}`).join(' and ')
    return listAnswer(
      found,
      { artifacts: found.items },
      artifactTable(found.items),
      'artifact',
      of && `of ${of}`,
      (style, width) => artifactListText(found.items, style, width),
    )
  },

  async approvals(archive, options, { limit }) {
    const parameters = parametersIn(options, named('state', 'run_id', 'tool'))
    const found = await archive.approvals({ parameters, limit })
    const words = parameters.map(([name, value]) =>
      name === 'state'
        ? stateWords(value, found.items.length + (found.more === 'some' ? 2 : found.more))
        : `of ${name.replace(/_id$/, '')} ${value}`,
    )
    return listAnswer(
      found,
      { approvals: found.items },
      approvalTable(found.items),
      'approval',
      words.join(' '),
      (style, width) => approvalListText(found.items, style, width),
    )
  },

  async 'mcp-servers'(archive, _options, { limit }) {
    const found = await archive.mcpServers({ parameters: [], limit })
    return listAnswer(found, { servers: found.items }, mcpServerTable(found.items), 'MCP server', 'that steps ran on')
  },

  async leaderboard(archive, options, { limit }) {
    const { by = 'agent_id' } = options
    const found = await archive.leaderboard({ parameters: parametersIn(options, named('benchmark_id')), limit, by })
    const body = { by, groups: found.items }
    return listAnswer(found, body, leaderboardTable(found.items, by.replace('_id', '')), 'group', 'of evaluated runs')
  },
}

/** Effects may be of any kind: one that is nearly a registered one is probably not meant. */
const unknownWords = (parameters: Parameters): string[] =>
  parameters.flatMap(([name, value]) => {
    const [kind = ''] = value.split(':')
    if (name !== 'side_effect' || sideEffectKinds.includes(kind)) return []
    const meant = nearestName(kind, sideEffectKinds)
    return meant === undefined ? [] : [`${kind} is no registered kind of effect; did you mean ${meant}?`]
  })

const named = (...names: string[]): FilterOption[] => names.map((name) => [name, ''])

const stateWords = (state: string, count: number): string => {
  const isOne = count === 1
  if (state === 'requested') return `that ${isOne ? 'waits' : 'wait'} for an answer`
  return `that ${isOne ? 'is' : 'are'} ${state}`
}

const titleOf = ({ items, more }: Found<object>, noun: string, words: string, order = ''): string => {
  if (items.length === 0) return ['no', `${noun}s`, words].filter(Boolean).join(' ')
  const all = count(more === 'some' ? items.length : items.length + more, noun)
  return `${more === 'some' ? 'the newest ' : ''}${[all, words].filter(Boolean).join(' ')}${items.length > 1 ? order : ''}`
}

const moreWords = ({ items, more }: Found<object>): string[] => {
  if (more === 0) return []
  const rest = more === 'some' ? 'there are more' : `${grouped(more)} more`
  return [`${grouped(items.length)} are listed, ${rest}: --limit, --all`]
}

const listAnswer = (
  found: Found<object>,
  body: object,
  table: Table,
  noun: string,
  words: string,
  text: Answer['text'] = (style, width) => tableText(table, style, width),
): Answer => ({
  body,
  items: found.items,
  title: titleOf(found, noun, words),
  remarks: moreWords(found),
  text: (style, width) => (found.items.length === 0 ? '' : text(style, width)),
  lines: () => tableLines(table),
  markdown: () => tableMarkdown(table),
})
