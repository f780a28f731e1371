// P1: what a command costs that has little to do, as a hook of git, a step of CI or a hook of an agent starts it: the time
// of the whole process as a multiple of node's own. The bars lie between what was found when each command came to load
// its own modules only (1.4, 1.7, 2.4, 2.3, 3.2, 1.2) and what it was when each loaded all (1.9, 2.7, 2.9, 3.6, 5.7, 1.3).
import { strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { random } from './corpus.mjs'
import { interleave, summarise } from './interleave.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const launcher = join(root, 'packages/cli/bin/agent-run.mjs')
const record = join(root, 'examples/records/sealed.json')
const session = join(root, 'examples/session/b1055c75-070b-4353-8910-4c5aa0974b30.jsonl')

/** What is started, and the most that it may cost. */
const commands = {
  '--version': { args: ['--version'], bar: 1.7 },
  'validate one record': { args: ['validate', record], bar: 2.3 },
  'verify one record': { args: ['verify', record], bar: 2.8 },
  'show one record': { args: ['show', record], bar: 3.2 },
  'convert one session': { args: ['convert', '--from', 'claude-code', session], bar: 4.2 },
  'answer a hook': { args: ['hook', 'claude-code', '--directory', 'records'], bar: 1.5 },
}

/** A call of a tool, as Claude Code tells its hooks. */
const event = JSON.stringify({ session_id: 'one', hook_event_name: 'PreToolUse', tool_name: 'Read', tool_input: {} })

/** @returns rows of P1: time of a whole process, as a multiple of `node -e 0` */
export async function run({ rounds = 15, log = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  try {
    log('P1: starting the program')
    writeFileSync(join(folder, 'commander.mjs'), withCommander)
    const start = (args) => () => {
      const begin = performance.now()
      const { status } = spawnSync(process.execPath, args, { cwd: folder, input: event })
      const time = performance.now() - begin
      strictEqual(status, 0, args.join(' '))
      return time
    }
    const ways = Object.entries(commands).map(([name, { args }]) => [name, start([launcher, ...args])])
    const peers = { bare: start(['-e', '0']), 'commander alone': start([join(folder, 'commander.mjs')]) }
    const times = interleave({ ...Object.fromEntries(ways), ...peers }, { rounds, slices: 2, next: random(7) })
    const beside = (name) => summarise(times, (time) => time[name] / time.bare)
    return Object.entries(commands).map(([name, { bar }], index) => {
      const { middle, spread } = beside(name)
      const instead = index === 0 ? [{ name: 'commander alone', ratio: beside('commander alone').middle }] : []
      return { id: 'P1', name: `${name}, beside node -e 0`, ratio: middle, bar, spread, peers: instead }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The least that a program with options can be: the parser of options that the program has, and one command. */
const withCommander = `import { Command } from ${JSON.stringify(createRequire(launcher).resolve('commander'))}
await new Command('least').action(() => {}).parseAsync(process.argv)`
