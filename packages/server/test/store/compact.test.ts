import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkResidues, compactFile } from '../../src/store/sqlite/compact-file.ts'
import { openSqlite } from '../../src/store/sqlite/open-sqlite.ts'
import { makeRun } from './suite/runs.ts'
import { createClock } from './suite/subject.ts'

const clock = createClock()
const erasure = { scope: 'record', tombstone: undefined } as const

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-compact-'))
  path = join(folder, 'runs.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const octets = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))

/** A store whose file counts as large, with some runs of which each third has been erased. */
const eraseFromLarge = async (): Promise<void> => {
  const store = await openSqlite(path, { clock: clock.now }, 0)
  const trace = (index: number) => `trace-of-${index}-${'q'.repeat((index * 97) % 700)}`
  const facts = (index: number) => [
    { kind: 'target' as const, value: `${(index * 7919) % 1000} ${trace(index)}`.slice(0, 500) },
  ]
  for (let from = 0; from < 900; from += 30) {
    const runs = Array.from({ length: 30 }, (_, n) =>
      makeRun(`run ${from + n}`, { content: trace(from + n), facts: facts(from + n) }),
    )
    await store.insertRuns('t', runs)
    await store.countRuns('t', { facts: [] }, 1)
  }
  clock.advance(1000)
  const ids = Array.from({ length: 300 }, (_, index) => `run ${index * 3}`)
  await Promise.all(ids.map((id) => store.eraseRun('t', id, erasure, {})))
  await store.close()
}

const erasedTraces = () => {
  const found = octets()
    .toString('latin1')
    .matchAll(/trace-of-(\d+)-/g)
  return new Set([...found].map(([, index]) => Number(index)).filter((index) => index % 3 === 0))
}

it('says that something may be left of what was erased from a large file, and removes it when it is told to', async () => {
  await eraseFromLarge()
  expect(erasedTraces().size).toBeLessThan(30)
  expect(await checkResidues(path)).toEqual({ since: clock.now(), erasures: 300 })
  const { before, after, residues } = await compactFile(path)
  expect(residues?.erasures).toBe(300)
  expect(after).toBeLessThan(before)
  expect(erasedTraces().size).toBe(0)
  expect(await checkResidues(path)).toBeUndefined()
  const store = await openSqlite(path, { clock: clock.now })
  expect(await store.countRuns('t', { facts: [] }, 1_000)).toBe(600)
  await store.close()
})

it('removes it at the next start if the file is small', async () => {
  await eraseFromLarge()
  const store = await openSqlite(path, { clock: clock.now })
  expect(erasedTraces().size).toBe(0)
  await store.close()
  expect(await checkResidues(path)).toBeUndefined()
})

it('compacts while a server writes', async () => {
  await eraseFromLarge()
  const store = await openSqlite(path, { clock: clock.now }, 0)
  const writes = Array.from({ length: 20 }, (_, index) => store.insertRuns('t', [makeRun(`late ${index}`)]))
  await Promise.all([...writes, compactFile(path)])
  expect(await store.countRuns('t', { facts: [] }, 1_000)).toBe(620)
  await store.close()
  expect(await checkResidues(path)).toBeUndefined()
})

it('is a command', async () => {
  await eraseFromLarge()
  const program = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))
  const compact = (...options: string[]) =>
    spawnSync(process.execPath, [program, 'compact', ...options], { encoding: 'utf8' })
  const url = `sqlite:${path}`
  const found = compact('--check', '--store', url)
  expect([found.status, found.stderr]).toEqual([2, expect.stringMatching(/300 erased since 2026-/)])
  expect(execFileSync(process.execPath, [program, 'compact', '--store', url], { encoding: 'utf8' })).toMatch(
    /^compacted {2}/,
  )
  expect(compact('--check', '--store', url)).toMatchObject({
    status: 0,
    stdout: 'Nothing is left of what was erased.\n',
  })
  expect(compact('--store', `sqlite:${folder}/none.db`)).toMatchObject({ status: 2, stdout: '' })
  expect(compact('--store', 'postgres://user@localhost/x').stderr).toMatch(/VACUUM FULL/)
})
