// npm run bench [-- --rounds 15] [--strict] [--full] [names…]: every measurement beside its bar and its peers.
// Absolute times mean nothing on shared machines; what is shown are ratios within interleaved runs.
import { parseArgs } from 'node:util'

/** Modules beside this one, each with `run({rounds, log})`. */
const benches = {
  validate: () => import('./validate.mjs'),
  'cold-start': () => import('./cold-start.mjs'),
  'start-up': () => import('./start-up.mjs'),
  'duplicate-names': () => import('./duplicate-names.mjs'),
  'verify-file': () => import('./verify-file.mjs'),
  canonical: () => import('./canonical.mjs'),
  signature: () => import('./signature.mjs'),
  convert: () => import('./convert.mjs'),
  append: () => import('./append.mjs'),
  'record-step': () => import('./record-step.mjs'),
  'append-server': () => import('./append-server.mjs'),
  insert: () => import('./insert.mjs'),
  questions: () => import('./questions.mjs'),
  'postgres-insert': () => import('./postgres-insert.mjs'),
  'folder-index': () => import('./folder-index.mjs'),
  'http-post': () => import('./http-post.mjs'),
  'mcp-proxy': () => import('./mcp-proxy.mjs'),
}
const names = Object.keys(benches)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '15' },
    strict: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
})
const chosen = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name))
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`no such measurement: ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 9) {
  console.error('--rounds is a whole number, 9 or more')
  process.exit(2)
}

const rows = []
for (const name of chosen) {
  const { run } = await benches[name]()
  rows.push(...(await run({ rounds, full: values.full, log: (line) => console.error(line) })))
}

const amount = ({ ratio, value, unit }) =>
  ratio === undefined ? `${value.toFixed(1)} ${unit}` : `${ratio.toFixed(2)} ×`
const isShort = ({ ratio, value, bar }) => bar !== undefined && (ratio ?? value) > bar
const cells = (row) => {
  const number = (figure) => (row.ratio === undefined ? figure.toFixed(1) : figure.toFixed(2))
  return [
    row.id,
    row.name,
    amount(row),
    row.bar === undefined ? '' : `≤ ${Number(row.bar.toFixed(3))}`,
    row.bar === undefined ? '' : isShort(row) ? 'SHORT' : 'met',
    `${number(row.spread[0])} … ${number(row.spread[1])}`,
    (row.peers ?? []).map((peer) => `${peer.name} ${number(peer.ratio ?? peer.value)}`).join(', '),
  ]
}

const table = [['', 'what', 'found', 'bar', '', 'spread', 'instead'], ...rows.map(cells)]
const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)))
for (const line of table)
  console.log(
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )

const short = rows.filter(isShort)
console.log(short.length === 0 ? '\nEvery bar is met.' : `\n${short.length} short of the bar:`)
for (const row of short) console.log(`  ${row.id} ${row.name}: ${amount(row)}, bar ${row.bar}`)
process.exitCode = values.strict && short.length > 0 ? 1 : 0
