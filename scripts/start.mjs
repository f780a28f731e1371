// npm start: the main job on the recorded session in examples/ – a transcript becomes records, the records are
// validated, each is shown as a receipt, they are sealed with a new key, and verified. Every command is printed as you
// would type it.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'

const root = fileURLToPath(new URL('../', import.meta.url))
const records = '.agent-run/session.jsonl'
const sealed = '.agent-run/sealed.jsonl'
const key = '.agent-run/demo.key'
const trust = '.agent-run/demo.trust.json'
const session = readdirSync(join(root, 'examples/session')).find((name) => name.endsWith('.jsonl'))
if (session === undefined) throw new Error('examples/session holds no recording')

const colour = process.stdout.isTTY && !process.env.NO_COLOR
const title = (text) => console.log(`\n${colour ? styleText('bold', text) : text}`)
const stop = (status) => process.exit(status ?? 1)

/** Builds unless `npm ci` did; silent unless it fails. */
const build = () => {
  if (
    ['cli/dist/main.js', 'core/dist/bundle/index.js', 'types/schemas/agent-run.json'].every((path) =>
      existsSync(join(root, 'packages', path)),
    )
  )
    return
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  console.error(`${stdout ?? ''}${stderr ?? ''}The build failed.`)
  stop(status)
}

/** Runs `agent-run` as npx would, its output here or in a file. */
const agentRun = (args, output) => {
  console.log(`$ npx agent-run ${args.join(' ')}${output ? ` > ${output}` : ''}`)
  const stdout = output ? openSync(join(root, output), 'w') : 'inherit'
  const bin = join(root, 'packages/cli/bin/agent-run.mjs')
  const { status } = spawnSync(process.execPath, [bin, ...args], { cwd: root, stdio: ['ignore', stdout, 'inherit'] })
  if (output) closeSync(stdout)
  if (status !== 0) stop(status)
}

build()
mkdirSync(join(root, '.agent-run'), { recursive: true })

title('1. A recorded session becomes records, one for each turn of the person')
console.log(
  'A real recording of real commands, driven by a script instead of a model: no model was called, so there are no tokens.',
)
agentRun(['convert', '--from', 'claude-code', `examples/session/${session}`], records)

title('2. The records are validated: schema and semantic rules, strict reading')
agentRun(['validate', records])

title('3. What a person sees')
agentRun(['show', records])

title('4. Sealed with a new key: from now on no change goes unseen')
// A key of its own for each start; keygen never overwrites one.
rmSync(join(root, key), { force: true })
agentRun(['keygen', '--output', key, '--no-passphrase', '--identity', 'me@example.org'], trust)
agentRun(['seal', records, '--key', key, '--protect'], sealed)

title('5. Verified by somebody who has the records and the trust file, and nothing else')
agentRun(['verify', sealed, '--trust', trust])

title('What next')
console.log(`On your own files:
  npx agent-run convert --from claude-code ~/.claude/projects/*/*.jsonl > runs.jsonl
  npx agent-run validate runs.jsonl
  npx agent-run show runs.jsonl
  npx agent-run keygen --identity me@example.org          a key of your own, with a passphrase
  npx agent-run seal runs.jsonl --key agent-run.key > sealed.jsonl
  npx agent-run verify sealed.jsonl

The recording and how it was made: examples/session/README.md`)
