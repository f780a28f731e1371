// npm start: the main job on the recorded session in examples/ – a transcript becomes records, the records are
// validated, each is shown as a receipt, they are sealed with a new key, verified, sent to a server that lives as long as
// this does, and looked up there. Every command is printed as you would type it.
//   npm start -- --serve [options]    only the server, until it is stopped
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { serve } from './start/serve.mjs'
import { startServer } from './start/throw-away-server.mjs'

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
    [
      'cli/dist/main.js',
      'core/dist/bundle/index.js',
      'sdk/dist/client/index.js',
      'server/dist/main.js',
      'types/schemas/agent-run.json',
    ].every((path) => existsSync(join(root, 'packages', path)))
  )
    return
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  console.error(`${stdout ?? ''}${stderr ?? ''}The build failed.`)
  stop(status)
}

/** Runs `agent-run` as npx would, its output here or in a file. */
const agentRun = (args, output, env = process.env) => {
  console.log(`$ npx agent-run ${args.join(' ')}${output ? ` > ${output}` : ''}`)
  const stdout = output ? openSync(join(root, output), 'w') : 'inherit'
  const bin = join(root, 'packages/cli/bin/agent-run.mjs')
  const { status } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', stdout, 'inherit'],
  })
  if (output) closeSync(stdout)
  if (status !== 0) stop(status)
}

/** Sends sealed records to a server, and asks it what an operator asks. */
const askServer = async ({ url, key: serverKey }) => {
  const { createClient } = await import('../packages/sdk/dist/client/index.js')
  const lines = readFileSync(join(root, sealed), 'utf8').trimEnd().split('\n')
  console.log(`A server on ${url}, for as long as this takes; its key is in AGENT_RUN_KEY. Sent by a program of three lines:
  const client = createClient({ url, key })
  for await (const { status } of client.postRuns(records)) statuses.push(status)`)
  const client = createClient({ url, key: serverKey })
  const statuses = []
  for await (const { status } of client.postRuns(lines)) statuses.push(status)
  const stored = statuses.filter((status) => status === 201).length
  console.log(`${stored} of ${lines.length} records stored; each was acknowledged by its digest`)
  if (stored !== lines.length) stop(1)
  const turn = JSON.parse(lines[1]).turn_id
  const env = { ...process.env, AGENT_RUN_KEY: serverKey }
  for (const question of [
    ['--side-effect', 'write'],
    ['--approval', 'denied'],
    ['artifacts', '--turn-id', turn],
  ])
    agentRun(['query', ...question, '--format', 'pretty', '--server', url], undefined, env)
}

build()
mkdirSync(join(root, '.agent-run'), { recursive: true })
if (process.argv[2] === '--serve') serve(root, process.argv.slice(3))
else await demonstrate()

async function demonstrate() {
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

  title('6. Sent to a server, and asked')
  const server = await startServer(root)
  // Also when a command fails, which ends everything at once.
  process.on('exit', server.abandon)
  try {
    await askServer(server)
  } finally {
    await server.stop()
  }

  title('What next')
  console.log(`On your own files:
  npx agent-run convert --from claude-code ~/.claude/projects/*/*.jsonl > runs.jsonl
  npx agent-run validate runs.jsonl
  npx agent-run show runs.jsonl
  npx agent-run keygen --identity me@example.org          a key of your own, with a passphrase
  npx agent-run seal runs.jsonl --key agent-run.key > sealed.jsonl
  npx agent-run verify sealed.jsonl
  npm start -- --serve                                    a server that stays: its key, and three curl lines

The recording and how it was made: examples/session/README.md`)
}
