import { Command, Option } from 'commander'
import type { QueryOptions } from '../querying/options.ts'
import { once } from './option-values.ts'
import {
  addFilters,
  addLimit,
  addQuestionOptions,
  addWatch,
  type FilterOption,
  filterOptions,
} from './query-options.ts'

const formats = ['pretty', 'line', 'json', 'ndjson', 'markdown']

const inputs = 'files, directories, globs, or - for standard input; .agent-run/ if nothing is named'

const examples = `
Examples
  $ agent-run query --side-effect write runs/           all runs that wrote files
  $ agent-run query --approval denied runs/             runs with denied calls; denied:person, denied:policy
  $ agent-run query --mcp-server github runs/           runs with steps on this MCP server
  $ agent-run query artifacts --turn t-8 runs/          every artifact created by this user turn
  $ agent-run diff run.json --against last_good runs/   compare a run with the last good one
  $ agent-run query --target src/index.ts --since 7d --server http://127.0.0.1:3000
  $ agent-run query --status failed runs/ --format ndjson | jq -r .id

Meaning
  All filters given must hold. Files and servers understand the same names and answer the same (spec/query.md).
  What is denied, skipped, pending or cancelled did not run. --agent --task --session --turn --parent are short names.

Index
  A folder of 500 files or 16 MB gets an index, .agent-run-index/ in it (which tells Git to pass it over), or among your
  caches where the folder cannot be written to. Answers are the same with and without it: --no-index. It can be removed
  at any time. It needs Node 22.13 or newer, or the package @photostructure/sqlite.

Exit code
  0  something was found
  1  nothing was found
  2  the job could not be done, or records were left out because they are invalid or cannot be read`

/** `agent-run query`. */
export function queryCommand(): Command {
  const command = new Command('query')
    .summary('find runs by what they did, over files or a server')
    .description('Lists the runs that match, newest first, with what made them match.')
    .argument('[inputs...]', inputs)
    .addHelpText('after', examples)
  addFilters(command, filterOptions)
  command.option('-t, --trust <file>', 'whose keys you trust, for --level; a server has its own', once)
  addWatch(addLimit(addQuestionOptions(command, formats))).action(async (names: string[], _options, self: Command) => {
    const { runQuery } = await import('../querying/run-query.ts')
    process.exitCode = await runQuery('runs', names, self.optsWithGlobals())
  })
  for (const each of questions) command.addCommand(questionCommand(each))
  return command
}

/** A question with a list of its own. */
interface Question {
  readonly name: 'artifacts' | 'approvals' | 'mcp-servers' | 'leaderboard'
  readonly summary: string
  readonly filters: readonly FilterOption[]
  readonly examples: string
}

const questions: readonly Question[] = [
  {
    name: 'artifacts',
    summary: 'list what runs created, changed or deleted',
    filters: [
      ['turn_id', 'of this turn, child runs included'],
      ['run_id', 'of this run'],
      ['digest', 'with this content'],
    ],
    examples: `
  $ agent-run query artifacts --turn t-8 runs/
  $ agent-run query artifacts --digest sha256:9f2c… --server http://127.0.0.1:3000`,
  },
  {
    name: 'approvals',
    summary: 'list what people were asked, and what they decided',
    filters: [
      [
        'state',
        'where the approval stands',
        ['requested', 'approved', 'denied', 'expired', 'cancelled', 'escalated', 'revoked'],
      ],
      ['run_id', 'of this run'],
      ['tool', 'about calls of this tool'],
    ],
    examples: `
  $ agent-run query approvals --state requested runs/       what still waits for an answer
  $ agent-run query approvals --state denied --tool Bash runs/`,
  },
  {
    name: 'mcp-servers',
    summary: 'list the MCP servers that steps ran on, with the newest run of each',
    filters: [],
    examples: `
  $ agent-run query mcp-servers runs/`,
  },
  {
    name: 'leaderboard',
    summary: 'rank agents, models or runtimes by their evaluations',
    filters: [['benchmark_id', 'of this benchmark']],
    examples: `
  $ agent-run query leaderboard --by model runs/`,
  },
]

const questionCommand = ({ name, summary, filters, examples: own }: Question): Command => {
  const command = new Command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .argument('[inputs...]', inputs)
    .addHelpText(
      'after',
      `\nExamples${own}\n\nExit code\n  0 something was found, 1 nothing, 2 the job could not be done`,
    )
  addFilters(command, filters)
  if (name === 'leaderboard')
    command.addOption(
      new Option('--by <member>', 'what to rank').choices(['agent_id', 'model', 'runtime']).default('agent_id'),
    )
  return addWatch(addLimit(addQuestionOptions(command, formats))).action(
    async (names: string[], _options, self: Command) => {
      const { runQuery } = await import('../querying/run-query.ts')
      process.exitCode = await runQuery(name, names, optionsOf(self))
    },
  )
}

/** Options of a question: those that `query` has as well are taken by it, wherever they stand. */
const optionsOf = (self: Command): QueryOptions => {
  const { parent } = self
  const own = self.opts<QueryOptions>()
  const early: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(parent?.opts() ?? {})) {
    if (parent?.getOptionValueSource(name) !== 'cli') continue
    const flag = parent.options.find((option) => option.attributeName() === name)?.long
    if (!self.options.some((option) => option.attributeName() === name))
      self.error(`error: ${self.name()} has no option ${flag}`)
    if (self.getOptionValueSource(name) === 'cli') self.error(`error: option ${flag} is given twice`)
    early[name] = value
  }
  return { ...parent?.parent?.opts(), ...own, ...early }
}
