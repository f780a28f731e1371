import { readFileSync } from 'node:fs'
import type { GroupBy } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import { Command, Option } from 'commander'
import { exit, Failure, systemError } from '../failure.ts'
import {
  type LeaderboardFormat,
  leaderboardFormats,
  leaderboardOf,
  type Per,
  readEntries,
  renderLeaderboard,
  type ServerAccess,
  serverLeaderboard,
  unevenScenarios,
} from '../leaderboard/index.ts'
import { once } from './option-values.ts'
import { terminalOf } from './terminal-of.ts'

const examples = `
Inputs
  Results folders of the bench, folders that hold some, reports, and files of records that carry their evaluation (JSON, or
  one a line, such as bundle.jsonl). A record that comes twice counts once.
  Of results folders every trial counts, with the time that the bench measured. One that left no record counts for
  the agent that the others name.

Best is who passed the largest share, then who has the higher mean score. A cost that is not known is not zero: it is
left out of the sum, and the table says of how many. Evaluations are taken at their word; agent-run verify says whose they are.

Examples
  $ agent-run bench leaderboard bench-results/
  $ agent-run bench leaderboard results/* --by model --per scenario
  $ agent-run bench leaderboard runs.jsonl --format markdown
  $ agent-run bench leaderboard --server http://127.0.0.1:3000 --by runtime

Exit code
  0  shown
  1  no evaluated run was found
  2  an input cannot be read, or the server cannot be asked`

interface LeaderboardOptions {
  readonly by: GroupBy
  readonly per?: Per
  readonly server?: string
  readonly serverKey?: string
  readonly format: LeaderboardFormat
  /** Option of the program. */
  readonly color?: boolean
}

/** `agent-run-bench leaderboard`. */
export const leaderboardCommand = (): Command =>
  new Command('leaderboard')
    .summary('rank agents, models or runtimes by their results')
    .description('Ranks agents, models or runtimes by what their evaluated runs came to.')
    .argument('[inputs...]', 'results folders, reports, files of records')
    .addOption(
      new Option('--by <member>', 'what is ranked').choices(['agent_id', 'model', 'runtime']).default('agent_id'),
    )
    .addOption(
      new Option('--per <what>', 'a table for each of these (default: pack; of a server: scenario)').choices([
        'scenario',
        'pack',
        'all',
      ]),
    )
    .option('--server <url>', 'ask this server instead', once)
    .option('--server-key <file>', 'file whose first line is the key for it (else AGENT_RUN_KEY)', once)
    .addOption(new Option('-f, --format <name>', 'how to show it').choices([...leaderboardFormats]).default('pretty'))
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      process.exitCode = await showLeaderboard(inputs, command.optsWithGlobals())
    })

const showLeaderboard = async (inputs: readonly string[], options: LeaderboardOptions): Promise<number> => {
  const { by, per, server, format, color } = options
  if (server !== undefined && inputs.length > 0)
    throw new Failure('--server and files do not go together: give one or the other')
  if (server !== undefined && per !== undefined && per !== 'scenario')
    throw new Failure('a server ranks scenario by scenario; leave --per out')
  if (server === undefined && inputs.length === 0)
    throw new Failure('which results? give results folders or files of records, or --server URL')
  const leaderboard =
    server === undefined ? fromFiles(inputs, by, per ?? 'pack') : await serverLeaderboard(accessOf(server, options), by)
  process.stdout.write(renderLeaderboard(format, leaderboard, terminalOf(color)))
  return leaderboard.groups.length === 0 ? exit.findings : exit.clean
}

const fromFiles = (inputs: readonly string[], by: GroupBy, per: Per) => {
  const { entries, remarks } = readEntries(inputs)
  const evaluations = entries.map(({ evaluation }) => evaluation)
  for (const remark of [...remarks, ...unevenScenarios(evaluations, by, per)])
    process.stderr.write(`agent-run-bench: ${remark}\n`)
  return leaderboardOf(evaluations, by, per)
}

const accessOf = (url: string, { serverKey }: LeaderboardOptions): ServerAccess => {
  const key = serverKey === undefined ? process.env.AGENT_RUN_KEY : firstLineOf(serverKey)
  return key ? { url, key } : { url }
}

const firstLineOf = (file: string): string => {
  try {
    const [first = ''] = readFileSync(file, 'utf8').split(/\r?\n/, 1)
    if (first !== '') return first
  } catch (cause) {
    throw new Failure(`the key file ${visibleName(file)} cannot be read (${systemError(cause)})`, { cause })
  }
  throw new Failure(`the key file ${visibleName(file)} is empty`)
}
