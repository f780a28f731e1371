// A harness for two operations, good in all but one way: `node bad-harness.mjs <way> [number of a request]`.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [way, text = '0'] = process.argv.slice(2)
const nth = Number(text)
const write = (line) => void process.stdout.write(`${line}\n`)
const tell = (answer) => write(JSON.stringify(answer))

const description = { harness: 1, name: 'half good', version: '1', level: 'sealed', ops: ['hash/digest', 'hash/pae'] }
// Without a list everything is sent.
if (['dies_of_anything', 'declines', 'picks'].includes(way)) delete description.ops
if (way === 'boasts') description.ops.push('tree/consistency')
const results = {
  describe: () => description,
  'hash/digest': ({ input_hex }) =>
    `sha256:${createHash('sha256').update(Buffer.from(input_hex, 'hex')).digest('hex')}`,
  'hash/pae': ({ type, body_hex }) => {
    const body = Buffer.from(body_hex, 'hex')
    const size = Buffer.byteLength(type)
    return Buffer.concat([Buffer.from(`DSSEv1 ${size} ${type} ${body.length} `), body]).toString('hex')
  },
}

const endless = (stream) => {
  const chunk = Buffer.alloc(65536, way === 'endless_answers' ? '{"id":0,"result":1}\n' : 'x')
  const more = () => {
    while (stream.write(chunk));
    stream.once('drain', more)
  }
  more()
}

/** What happens instead of the answer to the nth request; the answer is given where this says true. */
const ways = {
  silent: () => false,
  garbage: () => write('Traceback (most recent call last):'),
  unknown_id: () => tell({ id: 999_999, result: 1 }),
  endless: () => endless(process.stdout),
  endless_answers: () => endless(process.stdout),
  endless_noise: () => {
    endless(process.stderr)
    return true
  },
  dies: () => {
    process.stderr.write('\u001b[31mout of luck\u001b[0m \u202e\n')
    process.exit(3)
  },
  dies_of_anything: () => process.exit(4),
  closes: () => closeSync(1),
  error: ({ id }) => tell({ id, error: 'cannot\u001b[2J' }),
  wrong_type: ({ id }) => tell({ id, result: [{ __proto__: 1 }, '\u001b[31m'] }),
  environment: ({ id }) => tell({ id, result: process.env }),
  twice: ({ id, op, input }) => {
    tell({ id, result: results[op](input) })
    return true
  },
  picks: ({ id }) => tell({ id, result: true }),
  leaves_a_child: () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    process.stderr.write(`child ${child.pid}\n`, () => process.exit(0))
  },
}

let count = 0
const late = []
const answer = (request) => {
  const { id, op, input } = request
  const isTurn = ways[way] !== undefined && count++ === nth
  if (isTurn && ways[way](request) !== true) return
  if (!Object.hasOwn(results, op)) return tell({ id, unsupported: true })
  tell({ id, result: results[op](input) })
}

if (way === 'banner') write('half good 1.0, ready')
const lines = createInterface({ input: process.stdin })
let open = 0
lines.on('line', (line) => {
  const request = JSON.parse(line)
  if (way === 'alone') {
    if (++open > 1) process.exit(9)
    return setTimeout(() => {
      open--
      answer(request)
    }, 20)
  }
  if (way !== 'reversed') return answer(request)
  late.unshift(request)
  if (late.length === 1) setTimeout(() => late.splice(0).forEach(answer), 20)
})
lines.on('close', () => {
  if (way === 'last_words') write('goodbye')
  if (way === 'last_breath') process.exitCode = 3
})
if (way === 'stays') setInterval(() => {}, 1000)
