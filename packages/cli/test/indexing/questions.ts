// Every question there is, asked of a folder in two ways.
import { expect } from 'vitest'
import { LARGEST_RECORD } from '../../src/commands/option-values.ts'
import { IndexPool, type Worth } from '../../src/indexing/open-index.ts'
import { expandArguments } from '../../src/input/expand.ts'
import type { Archive } from '../../src/querying/archive.ts'
import { evidenceOf } from '../../src/querying/evidence.ts'
import { createFileArchive } from '../../src/querying/file-archive.ts'
import { runFilterIn } from '../../src/querying/filters.ts'
import { createInputArchive } from '../../src/querying/input-archive.ts'
import { levelJudge } from '../../src/querying/inputs.ts'
import { createFileLookup, createLookup, type Lookup } from '../../src/querying/lookup.ts'
import { type ReadingOptions, RunReader } from '../../src/querying/read-runs.ts'

/** So that the smallest folder gets an index. */
export const ALWAYS: Worth = { files: 1, bytes: 1 }

type Ask = (archive: Archive) => Promise<unknown>

const runs =
  (options: Readonly<Record<string, unknown>>, limit = Number.POSITIVE_INFINITY, isExplained = false): Ask =>
  async (archive) => {
    const { parameters, filter } = runFilterIn(options)
    const explain = isExplained ? { explain: (run: never) => evidenceOf(run, filter) } : {}
    const { evidence, ...found } = await archive.runs({ parameters, filter, limit, ...explain })
    return { ...found, evidence: [...evidence].filter(([, lines]) => lines.length > 0) }
  }

const list =
  (
    name: 'artifacts' | 'approvals' | 'mcpServers',
    parameters: readonly (readonly [string, string])[],
    limit = 100,
  ): Ask =>
  (archive) =>
    archive[name]({ parameters, limit })

/** Names that the generated runs choose from. */
export const NAMES = ['a', 'b', 'c'] as const

const each = NAMES.flatMap((name): [string, Ask][] => [
  [`agent ${name}`, runs({ agentId: `agent-${name}` }, 5)],
  [`turn ${name}`, runs({ turnId: `turn-${name}` })],
  [`tool ${name}`, runs({ tool: `tool-${name}` }, 3, true)],
  [`server ${name}`, runs({ mcpServer: `server-${name}` }, 3, true)],
  [`target ${name}`, runs({ target: `${name}.txt` }, 3, true)],
  [`artifacts of turn ${name}`, list('artifacts', [['turn_id', `turn-${name}`]])],
  [`artifacts of run ${name}`, list('artifacts', [['run_id', `run-${name}-1`]], 2)],
  [`approvals about tool ${name}`, list('approvals', [['tool', `tool-${name}`]])],
  [`approvals of run ${name}`, list('approvals', [['run_id', `run-${name}-1`]])],
])

const questions: readonly [string, Ask][] = [
  ...each,
  ['all', runs({})],
  ['the newest', runs({}, 2, true)],
  ['which wrote', runs({ sideEffect: 'write' }, 4, true)],
  ['which executed', runs({ sideEffect: 'exec' }, 100, true)],
  ['what was denied', runs({ approval: 'denied' }, 100, true)],
  ['what a person denied', runs({ approval: 'denied:person' }, 100, true)],
  ['what went wrong', runs({ hasError: 'true' }, 100, true)],
  ['what went well', runs({ hasError: 'false', status: 'completed' })],
  ['a day', runs({ since: '2026-03-02', until: '2026-03-04' })],
  ['sealed', runs({ level: 'sealed' })],
  ['not valid', runs({ level: 'none' })],
  ['recorded', runs({ level: 'recorded', sideEffect: 'write' }, 3)],
  ['tags', runs({ tag: ['tag-a', 'tag-b'] })],
  ['artifacts', list('artifacts', [], 3)],
  ['all artifacts', list('artifacts', [])],
  ['artifacts with a digest', list('artifacts', [['digest', `sha256:${'a'.repeat(64)}`]])],
  ['approvals', list('approvals', [], 2)],
  ['open approvals', list('approvals', [['state', 'requested']])],
  ['denied approvals', list('approvals', [['state', 'denied']])],
  ['servers', list('mcpServers', [])],
  ['leaderboard', (archive) => archive.leaderboard({ parameters: [], limit: 100, by: 'agent_id' })],
  [
    'leaderboard of a benchmark',
    (archive) => archive.leaderboard({ parameters: [['benchmark_id', 'bench-a']], limit: 100, by: 'model' }),
  ],
]

const lookups: readonly [string, (lookup: Lookup) => Promise<unknown>][] = NAMES.flatMap((name) => [
  [`run ${name}-1`, async (lookup) => (await lookup.find([`run-${name}-1`]))(`run-${name}-1`)],
  [`a run that begins with ${name}`, async (lookup) => (await lookup.find([`run-${name}`]))(`run-${name}`)],
  [
    `the last good one before ${name}-1`,
    async (lookup) => lookup.lastGood((await lookup.find([`run-${name}-1`]))(`run-${name}-1`)),
  ],
])

const optionsOf = async (trust: string | undefined, index: boolean): Promise<ReadingOptions> => ({
  maxSize: LARGEST_RECORD,
  quiet: true,
  index,
  ...(await levelJudge(trust, LARGEST_RECORD)),
})

const outcomeOf = async (action: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await action()
  } catch (error) {
    return `${error}`
  }
}

/** Questions are asked in parts, since nobody waits for all of them each time. */
const PARTS = 3

/** Asks a part of everything of the files and of the index, and expects the same answers, to the byte. */
export async function expectSameAnswers(names: readonly string[], trust?: string, part = 0): Promise<void> {
  const pool = new IndexPool({ worth: ALWAYS })
  try {
    for (const [name, ask] of questions.filter(([name], nth) => nth % PARTS === part % PARTS || name === 'all')) {
      const expansion = expandArguments(names)
      const files = createFileArchive(new RunReader(expansion, await optionsOf(trust, false)))
      const index = await createInputArchive(names, expansion, await optionsOf(trust, true), pool)
      const told = async (archive: Archive): Promise<string> => {
        const answer = await outcomeOf(() => ask(archive))
        return JSON.stringify({ answer, remarks: archive.remarks(), incomplete: archive.isIncomplete() }, null, 1)
      }
      expect(await told(index), name).toBe(await told(files))
    }
    for (const [name, look] of lookups.filter((_, nth) => nth % PARTS === part % PARTS)) {
      const files = createFileLookup(new RunReader(expandArguments(names), await optionsOf(trust, false)))
      const index = await createLookup(names, await optionsOf(trust, true), pool)
      const told = async (lookup: Lookup): Promise<string> =>
        JSON.stringify({ found: await outcomeOf(() => look(lookup)), remarks: lookup.remarks() }, null, 1)
      expect(await told(index), name).toBe(await told(files))
    }
  } finally {
    pool.close()
  }
}
