// A1: a Claude Code session made into records, beside JSON.parse of its lines. The session is made up in the proportions of
// one that was recorded; where ../shared is, the recorded one is measured as well.
import { strictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertClaudeCode } from '@agent-run/sdk/adapters/claude-code'
import { tool } from '../../scripts/test/tools.mjs'
import { claudeSession } from './claude-session.mjs'
import { random } from './corpus.mjs'
import { interleaveAsync, summarise } from './interleave.mjs'

const BAR = 3
const LF = 0x0a
const recorded = 'samples/claude-code/v2.1.38-39/ae4a77f8-aedd-4bc1-888f-c94edc91af04.jsonl'

/** Parses every line: the least that any reader has to do. */
const parseLines = (bytes) => {
  let values = 0
  let start = 0
  for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
    if (JSON.parse(bytes.toString('utf8', start, end)) !== null) values++
    start = end + 1
  }
  return values
}

/** @returns rows of A1; the bar is for the recorded session where it is there, else for the one that is made up */
export async function run({ rounds = 15, log = () => {} } = {}) {
  const next = random(1)
  const shared = tool('shared')
  const sessions = [
    { name: 'a session of 2.7 MB, made up', bytes: Buffer.from(claudeSession({ random: random(7), turns: 43 })) },
    ...(shared
      ? [{ name: 'a recorded session of 2.7 MB', bytes: readFileSync(join(shared, recorded)), bar: BAR }]
      : []),
  ]
  const rows = []
  for (const { name, bytes, bar = shared ? undefined : BAR } of sessions) {
    log(`A1: ${name}`)
    const { report } = await convertClaudeCode([{ name: 'session.jsonl', content: bytes }])
    strictEqual(report.ok, true)
    strictEqual(report.totals.tool_calls > 200, true, 'a session of many calls')
    strictEqual(report.files[0].lines.read, parseLines(bytes))
    const ways = {
      parse: () => timed(() => parseLines(bytes)),
      convert: async () => {
        const start = performance.now()
        await convertClaudeCode([{ name: 'session.jsonl', content: bytes }])
        return performance.now() - start
      },
    }
    const times = await interleaveAsync(ways, { rounds: Math.max(rounds, 9), slices: 6, next })
    const { middle, spread } = summarise(times, (t) => t.convert / t.parse)
    rows.push({
      id: 'A1',
      name: `${name}, over JSON.parse of its lines`,
      ratio: middle,
      spread,
      ...(bar ? { bar } : {}),
    })
  }
  return rows
}

const timed = (work) => {
  const start = performance.now()
  work()
  return performance.now() - start
}
