import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchLimits } from '@agent-run/types'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bench, broken, onlyTrial, packWith, temporary } from './benching.ts'

/** How many processes of the machine sleep for so many seconds. */
const sleepers = (seconds: string): number =>
  execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() === `sleep ${seconds}`).length

/** A number of seconds that no other test sleeps: finds a process again. */
const unique = (): string => `${randomInt(2 ** 32, 2 ** 40)}`

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a runtime that breaks a rule is judged so, and breaks nothing', () => {
  it('says nothing of what it did', async () => {
    const { trial } = onlyTrial(await bench({ mode: 'silent' }))
    expect(trial).toMatchObject({ pass: false, ended: 'exited' })
    expect(broken(trial)).toEqual(['runtime.reported'])
    expect(trial).not.toHaveProperty('run_id')
  })

  it('crashes', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'crash' }))
    expect(trial).toMatchObject({ pass: false, ended: 'exited', exit_code: 7 })
    expect(broken(trial)).toContain('runtime.reported')
    expect(read('stderr.txt')).toBe('out of \u001b[31mcoffee\n')
  })

  it('dies of a signal', async () => {
    const { trial } = onlyTrial(await bench({ mode: 'signal' }))
    expect(trial).toMatchObject({ pass: false, ended: 'signal', signal: 'SIGSEGV' })
    expect(broken(trial)).toContain('runtime.ended')
  })

  it.each(['hang', 'stubborn'])('does not end: %s', async (mode) => {
    const { trial, read } = onlyTrial(await bench({ mode, limits: { duration_ms: 1500 } }))
    expect(trial).toMatchObject({ pass: false, ended: 'timed_out' })
    expect(broken(trial)).toContain('runtime.ended')
    expect(JSON.parse(read('changes.json')).reached).toMatchObject([{ limit: 'duration_ms', allowed: 1500 }])
  })

  it('may hand its record over when it is told to stop, and is late all the same', async () => {
    // Its time is up when it says that it is ready, however long that takes.
    const duration_ms = 987_654
    const later = globalThis.setTimeout
    let timeIsUp: (() => void) | undefined
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms?: number, ...rest: []) => {
      if (ms === duration_ms) timeIsUp = work
      return later(work, ms, ...rest)
    }) as typeof setTimeout)
    const { trial } = onlyTrial(
      await bench({ mode: 'late-words', limits: { duration_ms }, listener: { output: () => timeIsUp?.() } }),
    )
    expect(trial.ended).toBe('timed_out')
    expect(broken(trial)).toEqual(['runtime.ended'])
    expect(trial.run_id).toMatch(/./)
  })

  it.each<[string, keyof BenchLimits, BenchLimits]>([
    ['flood-output', 'output_bytes', { output_bytes: 100_000 }],
    ['flood-records', 'records_bytes', { records_bytes: 1_000_000 }],
    ['flood-records-by-file', 'records_bytes', { records_bytes: 3_000_000 }],
    ['huge-file', 'workspace_bytes', { workspace_bytes: 5_000_000 }],
    ['many-files', 'workspace_files', { workspace_files: 500 }],
    ['forks', 'processes', { processes: 20 }],
    ['leaves-group', 'processes', { processes: 20 }],
  ])('floods: %s', async (mode, limit, limits) => {
    const seconds = unique()
    const run = await bench({ mode, limits, args: [seconds] })
    const { trial, read } = onlyTrial(run)
    expect(sleepers(seconds)).toBe(0)
    expect(trial).toMatchObject({ pass: false, ended: 'over_limit' })
    expect(broken(trial).filter((rule) => rule === 'runtime.output' || rule === 'runtime.ended')).not.toEqual([])
    expect(JSON.parse(read('changes.json')).reached[0]).toMatchObject({ limit, allowed: limits[limit] })
    expect(Buffer.byteLength(read('stdout.txt'))).toBeLessThanOrEqual(limits.output_bytes ?? 8_388_608)
  })

  it('calls on when it has had its calls', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'calls-on', only: ['ask'], limits: { tool_calls: 5 } }))
    const calls = read('ledger.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).answered)
    expect(calls).toEqual([...Array(5).fill('result'), 'over_limit'])
    const { reached } = JSON.parse(read('changes.json'))
    expect(reached).toMatchObject([{ limit: 'tool_calls', allowed: 5 }])
    // Whoever looks while it goes on ends it.
    expect([6, 7, 8]).toContain(reached[0].found)
    expect(broken(trial)).toContain('runtime.output')
  })

  it.each(['leaves-child', 'leaves-daemon'])('%s behind', async (mode) => {
    const seconds = unique()
    const { trial, read } = onlyTrial(await bench({ mode, args: [seconds] }))
    expect(trial.run_id).toMatch(/./)
    expect(trial).toMatchObject({ ended: 'exited', exit_code: 0 })
    expect(sleepers(seconds)).toBe(0)
    expect(read('trial.json')).toContain('left')
  })

  it('sends a record after its end', async () => {
    const { trial } = onlyTrial(await bench({ mode: 'late-child' }))
    expect(broken(trial)).toContain('runtime.reported')
  })

  it.each<[string, string]>([
    ['outside-near', 'trial/above.txt added'],
    ['outside-near', 'trial/trial/beside.txt added'],
    ['tampers-task', 'trial/trial/task.json changed'],
    ['deletes-all', 'trial/trial removed'],
    ['links-workspace', 'trial/trial/workspace changed'],
  ])('writes outside: %s', async (mode, found) => {
    const { trial, read } = onlyTrial(await bench({ mode }))
    expect(trial).toMatchObject({ pass: false, score: 0 })
    expect(broken(trial)).toContain('runtime.inside')
    expect(JSON.parse(read('changes.json')).outside).toContain(found)
  })

  it('writes into the pack, which changes no later trial', async () => {
    const packFolder = packWith()
    const run = await bench({ mode: 'outside-pack', args: [packFolder], packFolder, repeats: 2 })
    const [first, second] = run.trials
    expect(broken(first!)).toEqual(['runtime.inside'])
    expect(second!.criteria.filter(({ name }) => name === 'the note')).toMatchObject([{ pass: true }])
    expect(readFileSync(join(packFolder, 'pack.json'), 'utf8')).toBe('{}')
    expect(run.pack.pack.id).toBe('chores')
  })

  it('writes into the results', async () => {
    const out = join(temporary(), 'results')
    const run = await bench({ mode: 'outside-file', args: [join(out, 'forged.json')], out, repeats: 2 })
    // The second writes the same again, and is told apart by the time of the change.
    expect(run.trials.map(broken)).toEqual([['runtime.inside'], ['runtime.inside']])
  })

  it('changes the result of an earlier trial, which has to be run again', async () => {
    const out = join(temporary(), 'results')
    const warnings: string[] = []
    const listener = { warned: (message: string) => warnings.push(message) }
    const forged = join(out, 'trials/note.1/stdout.txt')
    const run = await bench({ mode: 'outside-file', args: [forged], out, repeats: 2, listener })
    expect(warnings).toEqual([
      'the results of note.1 were changed by somebody; it does not count and has to be run again',
    ])
    expect(run.trials.map(({ repeat }) => repeat)).toEqual([2])
    expect(broken(run.trials[0]!)).toEqual(['runtime.inside'])
    expect(run.planned).toBe(2)
  })

  it('is not blamed for what somebody else did before it began', async () => {
    const out = join(temporary(), 'results')
    const started = () => writeFileSync(join(out, 'notes.txt'), 'mine')
    const { trial } = onlyTrial(await bench({ out, listener: { started } }))
    expect(broken(trial)).toEqual([])
  })

  it.each([false, true])('writes into the home folder of the machine, or not: %s', async (removes) => {
    const home = temporary()
    const name = 'left-by-a-runtime'
    const env = { ...process.env, HOME: home, REAL_HOME: home }
    const run = await bench({ mode: removes ? 'good' : 'outside-home', args: [name], env, environment: ['REAL_HOME'] })
    const { trial, read } = onlyTrial(run)
    expect(existsSync(join(home, name))).toBe(!removes)
    expect(JSON.parse(read('changes.json')).outside).toEqual(removes ? [] : [`~/${name} added`])
    expect(trial.pass).toBe(removes)
  })

  it('writes into the temporary folder of the machine, where that is watched', async () => {
    const outer = temporary()
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = outer
    try {
      const wishes = (name: string) => ({ mode: 'outside-file', args: [join(outer, name)] })
      const watched = onlyTrial(await bench({ ...wishes('one'), watchTemp: true }))
      expect(JSON.parse(watched.read('changes.json')).outside).toContain('temp/one added')
      const { read } = onlyTrial(await bench(wishes('two')))
      expect(JSON.parse(read('changes.json')).outside).toEqual([])
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
  })

  it.each(['output-links', 'pipe'])('puts into its output what is no file: %s', async (mode) => {
    const { trial, read } = onlyTrial(await bench({ mode }))
    expect(broken(trial)).toEqual([])
    expect(trial.pass).toBe(true)
    expect(JSON.parse(read('changes.json')).refused).not.toEqual([])
  })

  it.each<[string, string]>([
    ['other-task', 'it names another task'],
    ['stale', 'it began before the trial'],
    ['two', 'several runs could be the one of this task'],
    ['invalid', 'required member'],
  ])('hands over a record that is not one of this trial: %s', async (mode, reason) => {
    const { trial, read } = onlyTrial(await bench({ mode }))
    expect(broken(trial)).toContain('runtime.reported')
    const { refused } = JSON.parse(read('changes.json'))
    expect(refused.map((each: { reason: string }) => each.reason).join()).toContain(reason)
    expect(refused.map((each: { name: string }) => each.name)).not.toContain('answer.json')
    expect(trial).not.toHaveProperty('run_id')
  })

  it.each([1, 2])('hands over the run of another trial, at %i a time', async (jobs) => {
    const run = await bench({ mode: 'same-id', repeats: 2, jobs })
    expect(run.trials.map(broken).sort()).toEqual([[], ['runtime.reported']])
  })

  it('leaves files that have no end', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'endless-files' }))
    expect(trial.run_id).toMatch(/./)
    // Whoever looks just before its end ends it.
    expect(broken(trial).filter((rule) => rule !== 'runtime.ended')).toEqual(['runtime.output'])
    expect(JSON.parse(read('changes.json')).reached).toMatchObject([{ limit: 'workspace_bytes' }])
  })

  it('hands over more lines than anybody reads', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'many-lines' }))
    expect(trial.run_id).toMatch(/./)
    expect(JSON.parse(read('changes.json')).refused.length).toBeLessThanOrEqual(1000)
  })

  it('puts a link where a recorder would have its folder', async () => {
    const { read } = onlyTrial(await bench({ mode: 'hidden-link' }))
    expect(JSON.parse(read('changes.json')).workspace).toContainEqual({
      path: '.agent-run',
      change: 'added',
      kind: 'link',
    })
  })

  it.each(['own-eval', 'sends-eval', 'saves-eval'])('judges itself: %s', async (mode) => {
    const { trial } = onlyTrial(await bench({ mode }))
    expect(trial).toMatchObject({ pass: false, score: 0 })
    expect(broken(trial)).toEqual(['runtime.own_eval'])
  })
})

it('is not there: nothing is run, and it says so', async () => {
  const out = join(temporary(), 'results')
  mkdirSync(out)
  await expect(bench({ out, command: ['no-such-program-anywhere', 'x'] })).rejects.toThrow(
    'the runtime cannot be started: there is no program "no-such-program-anywhere"',
  )
  expect(readdirSync(out)).toEqual([])
  await expect(bench({ out, command: ['./gone/agent'] })).rejects.toThrow('there is no program "./gone/agent"')
  const noProgram = join(temporary(), 'agent')
  writeFileSync(noProgram, '#!/no/such/interpreter\n', { mode: 0o755 })
  await expect(bench({ command: [noProgram] })).rejects.toThrow(/cannot be started: .*: ENOENT \(is the interpreter/)
})
