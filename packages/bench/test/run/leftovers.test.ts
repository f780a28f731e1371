import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { processesIn } from '../../src/process/processes.ts'
import { endLeftovers } from '../../src/session/leftovers.ts'
import { openSession } from '../../src/session/session.ts'
import { bench, packWith, runtime, temporary } from './benching.ts'

const program = fileURLToPath(new URL('../../bin/agent-run-bench.mjs', import.meta.url))
const library = fileURLToPath(new URL('fixtures/run-bench.mjs', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A bench run in a process of its own, whose runtime is known to go on. */
const going = async (start: (pack: string, out: string, words: readonly string[]) => readonly string[]) => {
  const [packFolder, temp] = [packWith(), temporary()]
  const out = join(temporary(), 'results')
  const sign = join(temporary(), 'sign')
  const child = spawn(process.execPath, start(packFolder, out, [runtime, 'goes-on', sign]), {
    env: { ...process.env, TMPDIR: temp, HOME: temporary() },
    stdio: 'ignore',
  })
  children.push(child)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (!existsSync(sign) && child.exitCode === null) await wait(20)
  // <session>/<outer>/trial/task.json
  const session = dirname(dirname(dirname(readFileSync(sign, 'utf8'))))
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { packFolder, out, temp, sign, session, kill }
}

const byProgram = (pack: string, out: string, words: readonly string[]): readonly string[] => {
  const command = [process.execPath, ...words].join(' ')
  return [program, 'run', pack, '--out', out, '--only', 'note', '--seed', 'test', '--runtime', command]
}

describe.runIf(existsSync('/proc/self/environ'))('a bench run that is killed', () => {
  it('has its runtime ended and its folders removed by who stands by', async () => {
    const { temp, session, kill } = await going(byProgram)
    expect(processesIn(session).length).toBeGreaterThanOrEqual(2)
    await kill()
    while (readdirSync(temp).length > 0) await wait(50)
    expect(processesIn(session)).toEqual([])
  })

  it('has it done by who goes on with it, if nobody stood by; nobody goes on while it does', async () => {
    const { packFolder, out, temp, sign, session, kill } = await going((pack, out, words) => [
      library,
      pack,
      out,
      ...words,
    ])
    const go = (warned: (message: string) => unknown = () => undefined) => {
      const stopping = new AbortController()
      return bench({
        packFolder,
        out,
        mode: 'goes-on',
        args: [sign],
        resume: true,
        seed: undefined,
        repeats: undefined,
        stopped: stopping.signal,
        listener: { warned, started: () => stopping.abort() },
      })
    }
    await expect(go()).rejects.toThrow(/^the results folder .* cannot be written to: .* process \d+ is writing it/)
    expect(processesIn(session)).toHaveLength(2)
    await kill()
    expect(processesIn(session)).toHaveLength(2)
    const warnings: string[] = []
    const run = await go((message) => warnings.push(message))
    expect(warnings).toContain(
      'a bench run that was killed had left its folders behind, and 2 processes; they are gone now',
    )
    expect(processesIn(session)).toEqual([])
    expect(readdirSync(temp)).toEqual([])
    expect(run.planned).toBe(1)
  })
})

it('lets one of two begin in a folder', async () => {
  const out = join(temporary(), 'results')
  const packFolder = packWith()
  const ends = await Promise.allSettled([bench({ packFolder, out }), bench({ packFolder, out })])
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = ends.find((end) => end.status === 'rejected')
  expect(String(refused?.reason)).toMatch(/is writing it|has the results of a bench run|is not empty/)
  expect(readdirSync(out).sort()).toEqual(['bench.json', 'trials', 'trust.json'])
})

/** What a process wrote that has ended, and whose number another one has got: this one. */
const dead = JSON.stringify({ pid: process.pid, started: '1' })

const leftBy = (lock: string, temp = temporary()) => {
  const folder = join(temp, 'agent-run-bench-x1')
  mkdirSync(folder, { mode: 0o700 })
  mkdirSync(join(folder, 'trial-1/trial/home'), { recursive: true })
  writeFileSync(join(folder, 'session.lock'), lock)
  return { temp, folder }
}

describe('leftovers', () => {
  it.runIf(existsSync('/proc/self/stat'))(
    'are removed if their process has ended, whoever has its number now',
    async () => {
      const { temp, folder } = leftBy(dead)
      writeFileSync(join(temp, 'agent-run-bench-mine'), '')
      mkdirSync(join(temp, 'agent-run-bench-kept'))
      expect(await endLeftovers(temp)).toEqual([{ folder, processes: 0 }])
      expect(readdirSync(temp).sort()).toEqual(['agent-run-bench-kept', 'agent-run-bench-mine'])
    },
  )

  it.runIf(existsSync('/proc/self/stat'))('stay where that was wished', async () => {
    const { temp, folder } = leftBy(dead)
    writeFileSync(join(folder, 'keep'), '')
    expect(await endLeftovers(temp)).toEqual([{ folder, processes: 0 }])
    expect(readdirSync(folder)).toEqual(['trial-1'])
    expect(await endLeftovers(temp)).toEqual([])
  })

  it.each([
    ['goes on', JSON.stringify({ pid: process.pid })],
    ['is in another container', JSON.stringify({ pid: 2 ** 22 + 1, namespace: 'pid:[1]' })],
    ['is nobody', '{}'],
    ['is garbage', '\u0000{'],
  ])('are left alone if their process %s', async (_, lock) => {
    const { temp, folder } = leftBy(lock)
    expect(await endLeftovers(temp)).toEqual([])
    expect(readdirSync(folder)).toEqual(['session.lock', 'trial-1'])
  })

  it.runIf(existsSync('/proc/self/stat'))('are left alone where others may have put that lock', async () => {
    const { temp, folder } = leftBy(dead)
    chmodSync(folder, 0o770)
    expect(await endLeftovers(temp)).toEqual([])
    chmodSync(folder, 0o700)
    expect(await endLeftovers(temp)).toEqual([{ folder, processes: 0 }])
  })

  it.runIf(process.platform !== 'win32')('are left alone, and not waited for, where the lock is a pipe', async () => {
    const { temp, folder } = leftBy(dead)
    rmSync(join(folder, 'session.lock'))
    spawnSync('mkfifo', [join(folder, 'session.lock')])
    expect(await endLeftovers(temp)).toEqual([])
    expect(readdirSync(folder)).toEqual(['session.lock', 'trial-1'])
  })

  it('are not looked for behind links', async () => {
    const { temp: elsewhere, folder } = leftBy(dead)
    const temp = temporary()
    symlinkSync(folder, join(temp, 'agent-run-bench-x2'))
    expect(await endLeftovers(temp)).toEqual([])
    expect(readdirSync(elsewhere)).toEqual(['agent-run-bench-x1'])
    expect(await endLeftovers(join(temp, 'gone'))).toEqual([])
  })

  it('are none of what goes on in this process', async () => {
    const session = openSession(false)
    try {
      const inner = session.makeFolder()
      expect((await endLeftovers(tmpdir())).map(({ folder }) => folder)).not.toContain(session.folder)
      expect(existsSync(inner)).toBe(true)
    } finally {
      session.close()
    }
    expect(existsSync(session.folder)).toBe(false)
  })

  it('of a session are what was to be kept, and nothing if that is nothing', () => {
    const [empty, kept] = [openSession(true), openSession(true)]
    const inner = kept.makeFolder()
    for (const session of [empty, kept]) session.close()
    expect(existsSync(empty.folder)).toBe(false)
    expect(readdirSync(kept.folder)).toEqual([inner.slice(kept.folder.length + 1)])
  })
})
