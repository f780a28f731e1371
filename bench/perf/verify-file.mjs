// E1 to E3: the command line verifies a file of lines, beside streaming JSON.parse and jq, with one thread and with two.
// AGENT_RUN_BENCH_RUNS says how many runs the file has; --full of `npm run bench` takes 20,000, about 800 MB.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { random } from './corpus.mjs'
import { interleave, median, summarise } from './interleave.mjs'
import { trust, writeBatch, writeSigned } from './sealed-corpus.mjs'

const RUNS = 1500
const FULL = 20_000
/** The peer of E2, where it is installed. */
const peer = 'jq'
/** The bar for two workers holds from this size. */
const WORTH_WORKERS = 500e6

const bin = fileURLToPath(new URL('../../packages/cli/bin/agent-run.mjs', import.meta.url))
const parseLines = fileURLToPath(new URL('parse-lines.mjs', import.meta.url))

/** @returns rows of E1, E2 and E3 */
export async function run({ rounds = 9, log = () => {}, full = false } = {}) {
  const runs = Number(process.env.AGENT_RUN_BENCH_RUNS ?? (full ? FULL : RUNS))
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  try {
    log(`E: making ${runs} signed runs, twice`)
    const paths = { trust: join(folder, 'trust.json'), signed: join(folder, 'signed.jsonl') }
    const batch = join(folder, 'batch.jsonl')
    const tenth = join(folder, 'tenth.jsonl')
    writeFileSync(paths.trust, JSON.stringify(trust))
    await writeSigned(paths.signed, runs)
    await writeSigned(tenth, Math.ceil(runs / 10))
    await writeBatch(batch, Math.min(runs, 4096))
    const megabytes = Math.round(statSync(paths.signed).size / 1e6)
    log(`E1, E2: ${megabytes} MB`)
    const verify = (file, workers) =>
      node(bin, 'verify', file, '--trust', paths.trust, '--workers', workers, '--format', 'ndjson')
    const ways = {
      parse: timed(() => node(parseLines, paths.signed), expectCount(runs)),
      verify: timed(() => verify(paths.signed, '0'), expectSealed(runs)),
      'parse batch': timed(() => node(parseLines, batch)),
      'verify batch': timed(() => verify(batch, '0'), expectSealed(Math.min(runs, 4096))),
      ...(availableParallelism() >= 2
        ? { 'two workers': timed(() => verify(paths.signed, '2'), expectSealed(runs)) }
        : {}),
      ...(hasJq()
        ? {
            jq: timed(() =>
              spawnSync(peer, ['-c', '.', paths.signed], {
                maxBuffer: 2 ** 31,
                stdio: ['ignore', 'ignore', 'inherit'],
              }),
            ),
          }
        : {}),
    }
    const times = interleave(ways, { rounds: Math.max(rounds, 9), slices: 1, next: random(5) })
    const over = (name, base) => ratio(times, name, base)
    const of = `of ${megabytes} MB`
    const rows = [
      {
        id: 'E1',
        name: `verify a file of signed runs ${of}, over streaming JSON.parse`,
        ...over('verify', 'parse'),
        bar: 3.5,
      },
      { id: 'E1', name: 'the same under one batch statement', ...over('verify batch', 'parse batch'), bar: 2.8 },
    ]
    if (ways.jq) rows.push({ id: 'E2', name: `verify ${of}, over jq -c .`, ...over('verify', 'jq'), bar: 0.5 })
    if (ways['two workers']) {
      const bar = statSync(paths.signed).size >= WORTH_WORKERS ? { bar: 1 / 1.8 } : {}
      rows.push({ id: 'E2', name: `two workers ${of}, over one thread`, ...over('two workers', 'verify'), ...bar })
    }
    log('E3: memory')
    return [...rows, ...memory(paths.signed, tenth, paths.trust)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ratio = (times, name, base) => {
  const { middle, spread } = summarise(times, (t) => t[name] / t[base])
  return { ratio: middle, spread }
}

const node = (...args) => spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 })

/** Milliseconds of a process; it has to end well and to say what is expected. */
const timed =
  (start, expect = () => {}) =>
  () => {
    const begin = performance.now()
    const { status, stdout, stderr, error } = start()
    const time = performance.now() - begin
    if (status !== 0) throw new Error(`exit ${status} ${error ?? ''} ${stderr ?? ''}`.slice(0, 1000))
    expect(stdout)
    return time
  }

const expectCount = (runs) => (stdout) => {
  if (Number(stdout) !== runs) throw new Error(`parsed ${stdout} values, expected ${runs}`)
}

/** A verifier that looked at less would be faster: every record has to be sealed by the key of the trust file. */
const expectSealed = (runs) => (stdout) => {
  const sealed = stdout.split('"level":"sealed","by":"ci@example.org"').length - 1
  if (sealed !== runs) throw new Error(`${sealed} of ${runs} runs are sealed`)
}

const hasJq = () => spawnSync(peer, ['--version']).status === 0

/** Peak memory of one thread, for a tenth of the file and for all of it. */
const memory = (whole, tenth, trustFile) => {
  const hook = fileURLToPath(new URL('peak-memory.mjs', import.meta.url))
  const peak = (file) => {
    const { stderr } = node(
      '--import',
      hook,
      bin,
      'verify',
      file,
      '--trust',
      trustFile,
      '--workers',
      '0',
      '--format',
      'ndjson',
    )
    return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024
  }
  const peaks = Array.from({ length: 3 }, () => ({ small: peak(tenth), large: peak(whole) }))
  const all = (take) => {
    const numbers = peaks.map(take)
    return { middle: median(numbers), spread: [Math.min(...numbers), Math.max(...numbers)] }
  }
  const growth = all(({ small, large }) => large / small)
  const most = all(({ large }) => large)
  return [
    {
      id: 'E3',
      name: 'peak memory, over that of a tenth of the file',
      ratio: growth.middle,
      spread: growth.spread,
      bar: 1.3,
    },
    { id: 'E3', name: 'peak memory of one thread', value: most.middle, unit: 'MB', spread: most.spread, bar: 120 },
  ]
}
