import { type Command, Option } from 'commander'
import { collect, LARGEST_RECORD, once, parseCount, parseSize } from './option-values.ts'
import { serverOptions } from './server-options.ts'

/** A filter of runs: its name on the wire, what it selects by, the values there are. A test compares this list with core's. */
export type FilterOption = readonly [name: string, summary: string, values?: readonly string[]]

/** How a time can be given, in help and in complaints. */
export const TIMES = '2026-11-20T14:00:00Z, a day (2026-11-20), or so long ago (30m, 24h, 7d, 2w)'

/** The filters of `agent-run query` and of `GET /runs`, in the order in which they are listed. */
export const filterOptions: readonly FilterOption[] = [
  ['agent_id', 'the agent'],
  [
    'status',
    'state of the run',
    ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'],
  ],
  ['outcome', 'what came of it', ['success', 'failed', 'partial', 'abandoned', 'escalated', 'rolled_back']],
  ['since', `started then or later: ${TIMES}`],
  ['until', 'started before then, in the same forms'],
  ['task_id', 'the task or ticket'],
  ['session_id', 'the session'],
  ['turn_id', 'the turn of a person that the run, or a step of it, belongs to'],
  ['parent_run_id', 'the run that started it'],
  ['tag', 'a tag; repeated: all of them'],
  ['model', 'the model that was requested'],
  ['tool', 'a tool that ran'],
  ['mcp_server', 'an MCP server that steps ran on'],
  ['mcp_mounted', 'an MCP server that was offered, used or not'],
  ['side_effect', 'what it did: write (files), exec, network, …, or KIND:TARGET_KIND'],
  ['target', 'a file, command, host … that it touched'],
  [
    'approval',
    'how a call was allowed, or that it was denied',
    [
      'not_required',
      'requested',
      'approved',
      'auto_approved',
      'denied',
      'denied:person',
      'denied:policy',
      'expired',
      'cancelled',
      'escalated',
      'revoked',
    ],
  ],
  ['artifact', 'an artifact, by name or digest'],
  ['run_hash', 'fingerprint of the configuration'],
  ['has_error', 'whether something went wrong', ['true', 'false']],
  ['level', 'how far the record is proven', ['none', 'recorded', 'sealed', 'accountable']],
]

/** `turn_id` → `turn`: the short name of a filter by an id. */
export const shortName = (name: string): string | undefined =>
  /_id$/.test(name) ? name.replace(/(_run)?_id$/, '') : undefined

const flagOf = (name: string): string => `--${name.replaceAll('_', '-')}`

/** Adds options for filters, each with its short name hidden beside it. */
export const addFilters = (command: Command, filters: readonly FilterOption[]): Command => {
  for (const [name, summary, values] of filters) {
    const option = new Option(`${flagOf(name)} <${placeholderOf(name, values)}>`, summary)
    if (values) onceOf(option.choices(values))
    else if (name === 'tag') option.argParser(collect).default([], 'none')
    else option.argParser(once)
    command.addOption(option)
    const short = shortName(name)
    if (short) command.addOption(new Option(`${flagOf(short)} <id>`).argParser(once).hideHelp())
  }
  return command
}

/** Choices have a parser of their own, which takes the last of two values without a word. */
const onceOf = (option: Option): void => {
  const check = option.parseArg
  option.argParser((value: string, before: string | undefined) => {
    check?.(value, undefined)
    return once(value, before)
  })
}

const placeholderOf = (name: string, values: readonly string[] | undefined): string => {
  if (name.endsWith('_id')) return 'id'
  if (name === 'since' || name === 'until') return 'time'
  return values ? 'state' : 'name'
}

/** Adds what every question needs: where to look, how to answer. */
export const addQuestionOptions = (command: Command, formats: readonly string[]): Command =>
  serverOptions(command)
    .addOption(
      new Option('-f, --format <name>', 'how to answer; pretty on a terminal, line elsewhere').choices(formats),
    )
    .option('-o, --output <file>', 'write to a file; its name may say the format', once)
    .addOption(
      new Option('--max-size <bytes>', 'longest record to read (K, M, G for powers of 1024)')
        .argParser(parseSize)
        .default(LARGEST_RECORD, '256M'),
    )
    .option('--no-index', 'read the files, make and use no index of them')
    .option('-q, --quiet', 'no progress and no remarks')

/** Adds that the answer is given again and again. */
export const addWatch = (command: Command): Command =>
  command.option('-w, --watch', 'answer again whenever the files change, until Ctrl-C')

/** Adds how much to list. */
export const addLimit = (command: Command): Command =>
  command
    .addOption(new Option('-n, --limit <n>', 'list so many at most').argParser(parseCount).default(200))
    .option('--all', 'list all, however many')
