// Converts far more than fits into the memory it is given. Run as a program of its own, with --max-old-space-size:
//   node large-input.mjs TRANSCRIPT folder|session BYTES
// `folder`: sessions with other ids, one after the other. `session`: one session with the turns of many.
// Prints what was converted.
import { readFileSync } from 'node:fs'
import { claudeCodeAdapter } from '@agent-run/sdk/adapters/claude-code'

const [path, shape, size] = process.argv.slice(2)
const text = readFileSync(path, 'utf8')

/** The transcript with other ids of lines, messages and calls, and for a folder of the session too. */
const copy = (number) => {
  const other = (id) => ((parseInt(id, 16) ^ Math.imul(number, 2_654_435_761)) >>> 0).toString(16).padStart(8, '0')
  const members = shape === 'folder' ? 'uuid|parentUuid|messageId|sessionId' : 'uuid|parentUuid|messageId'
  return text
    .replace(new RegExp(`"(${members})":"([0-9a-f]{8})-`, 'g'), (_, member, id) => `"${member}":"${other(id)}-`)
    .replace(/"(msg|toolu|req)_0/g, `"$1_${number}x`)
}

let copies = 0
let left = Number(size)
const next = () => {
  const content = Buffer.from(copy(++copies))
  left -= content.length
  return content
}
const total = { runs: 0, tool_calls: 0, bytes: 0 }
const add = ({ runs, report }) => {
  total.runs += runs.length
  total.tool_calls += report.totals.tool_calls
  total.bytes += report.files[0].bytes
}
if (shape === 'folder') {
  while (left > 0) add(await claudeCodeAdapter.convert([{ name: `p/${copies}.jsonl`, content: next() }]))
} else {
  const content = (function* () {
    while (left > 0) yield next()
  })()
  add(await claudeCodeAdapter.convert([{ name: 'p/large.jsonl', content }]))
}
console.log(JSON.stringify({ ...total, copies }))
