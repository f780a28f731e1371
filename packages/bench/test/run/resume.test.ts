import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bench, packWith, runtime, temporary } from './benching.ts'

const resumed = { resume: true, seed: undefined, repeats: undefined } as const

/** A bench run that is stopped when so many trials are finished. */
const stopAfter = async (trials: number, wishes: Parameters<typeof bench>[0] = {}) => {
  const stopping = new AbortController()
  let finished = 0
  const run = await bench({
    ...wishes,
    stopped: stopping.signal,
    listener: { finished: () => void (++finished >= trials && stopping.abort()) },
  })
  return run
}

it('goes on where it was stopped, with what is missing and nothing else', async () => {
  const packFolder = packWith()
  const out = join(temporary(), 'results')
  const first = await stopAfter(2, { packFolder, out, repeats: 4, seed: 'seed-1' })
  expect(first.trials).toHaveLength(2)
  expect(first.planned).toBe(4)
  const before = readFileSync(join(out, 'trials/note.1/trial.json'), 'utf8')
  // One that was begun and not finished.
  rmSync(join(out, 'trials/note.2/trial.json'))
  const made: string[] = []
  const second = await bench({
    packFolder,
    out,
    ...resumed,
    listener: { started: ({ name }) => made.push(name) },
  })
  expect(made).toEqual(['note.2', 'note.3', 'note.4'])
  expect(second.trials.map(({ repeat }) => repeat)).toEqual([1, 2, 3, 4])
  expect(second).toMatchObject({ id: first.id, seed: 'seed-1', repeats: 4, startedAt: first.startedAt })
  expect(second.durationMs).toBeGreaterThan(first.durationMs)
  expect(second.keys.map(({ role }) => role)).toEqual(['evaluator', 'approver', 'evaluator', 'approver'])
  expect(readFileSync(join(out, 'trials/note.1/trial.json'), 'utf8')).toBe(before)
  const whole = await bench({ packFolder, repeats: 4, seed: 'seed-1' })
  expect(second.trials.map(({ seed }) => seed)).toEqual(whole.trials.map(({ seed }) => seed))
})

it('makes a trial anew whose files are not as they were written', async () => {
  const packFolder = packWith()
  const out = join(temporary(), 'results')
  await bench({ packFolder, out, repeats: 3 })
  writeFileSync(join(out, 'trials/note.1/stdout.txt'), 'changed')
  rmSync(join(out, 'trials/note.2/record.json'))
  writeFileSync(join(out, 'trials/note.3/trial.json'), '{"scenario": "note"}')
  const made: string[] = []
  await bench({ packFolder, out, ...resumed, listener: { started: ({ name }) => made.push(name) } })
  expect(made).toEqual(['note.1', 'note.2', 'note.3'])
})

it('refuses to go on with something else', async () => {
  const packFolder = packWith()
  const out = join(temporary(), 'results')
  await stopAfter(1, { packFolder, out, repeats: 2 })
  const go = (wishes: Parameters<typeof bench>[0]) => bench({ packFolder, out, ...resumed, ...wishes })
  await expect(go({ seed: 'other' })).rejects.toThrow('their seed is test')
  await expect(go({ repeats: 3 })).rejects.toThrow('they have 2 repeats')
  await expect(go({ mode: 'silent' })).rejects.toThrow(
    `the runtime was another one: ${process.execPath} ${runtime} good`,
  )
  await expect(go({ only: ['ask'] })).rejects.toThrow('--only was another choice')
  const changed = packWith((pack) => Object.assign(pack, { version: '1.0.1' }))
  await expect(go({ packFolder: changed })).rejects.toThrow(
    'the pack is another one, or has changed since (chores 1.0.0 then)',
  )
  await expect(go({ out: temporary() })).rejects.toThrow('holds no bench run that can be resumed')
  expect(readdirSync(join(out, 'trials'))).toEqual(['note.1'])
})

it('keeps secrets of the command out of what is written, and knows the command again', async () => {
  const packFolder = packWith()
  const out = join(temporary(), 'results')
  const args = ['--password', 'correct-horse-battery']
  await stopAfter(1, { packFolder, out, repeats: 2, args })
  expect(readFileSync(join(out, 'bench.json'), 'utf8')).not.toContain('correct-horse')
  const go = (password: string) => bench({ packFolder, out, ...resumed, args: ['--password', password] })
  await expect(go('another')).rejects.toThrow('the runtime was another one')
  expect((await go('correct-horse-battery')).trials).toHaveLength(2)
})

it('takes no folder that has something in it', async () => {
  const out = temporary()
  writeFileSync(join(out, 'thesis.txt'), '')
  await expect(bench({ out })).rejects.toThrow('is not empty; --out takes a new folder')
  expect(existsSync(join(out, 'trials'))).toBe(false)
  const other = join(temporary(), 'results')
  await bench({ out: other })
  await expect(bench({ out: other })).rejects.toThrow('--resume')
})

it('runs several at a time, with the same outcome', async () => {
  const packFolder = packWith()
  const [one, four] = [await bench({ packFolder, repeats: 4 }), await bench({ packFolder, repeats: 4, jobs: 4 })]
  const told = ({ trials }: typeof one) =>
    trials.map(({ repeat, seed, pass, score }) => ({ repeat, seed, pass, score }))
  expect(told(four)).toEqual(told(one))
  expect(new Set(four.trials.map(({ run_id }) => run_id)).size).toBe(4)
})

it('does not let one that is stopped count', async () => {
  const stopping = new AbortController()
  const run = await bench({
    mode: 'hang',
    repeats: 2,
    stopped: stopping.signal,
    listener: { started: () => void setTimeout(() => stopping.abort(), 300) },
  })
  expect(run.trials).toEqual([])
  expect(readdirSync(join(run.out, 'trials'))).toEqual([])
})
