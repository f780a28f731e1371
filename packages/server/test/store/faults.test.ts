import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import { loadDriver } from '../../src/store/sqlite/driver.ts'
import type { Store } from '../../src/store/store.ts'
import { makeRun } from './suite/runs.ts'

const openDatabase = await loadDriver()

const withFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-faults-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const integrity = (path: string): unknown => {
  const database = openDatabase(path)
  try {
    return database.prepare('PRAGMA integrity_check').all()
  } finally {
    database.close()
  }
}

const insert = (store: Store, id: string, size = 20_000) =>
  store.insertRuns('t', [makeRun(id, { content: 'x'.repeat(size) })])

/** Inserts until the disk is full: what was acknowledged and what was refused. */
const fill = async (store: Store): Promise<{ readonly stored: string[]; readonly refused: string[] }> => {
  const stored: string[] = []
  const refused: string[] = []
  for (let round = 0; refused.length === 0; round++) {
    const ids = Array.from({ length: 8 }, (_, index) => `run ${round} ${index}`)
    const outcomes = await Promise.allSettled(ids.map((id) => insert(store, id)))
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') stored.push(ids[index]!)
      else {
        refused.push(ids[index]!)
        expect(outcome.reason).toMatchObject({ name: 'AgentRunError', code: 'store.full' })
      }
    }
  }
  return { stored, refused }
}

it.skipIf(!tool('tmpfs'))(
  'says that the disk is full, keeps what it has acknowledged, and goes on when there is space',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-full-'))
    const mount = (...options: string[]) => expect(spawnSync('mount', [...options, folder]).status).toBe(0)
    mount('-t', 'tmpfs', '-o', 'size=6m', 'none')
    try {
      const path = join(folder, 'runs.db')
      const store = await openStore(`sqlite:${path}`)
      const { stored, refused } = await fill(store)
      expect(stored.length).toBeGreaterThan(20)
      await expect(insert(store, 'large', 3_000_000)).rejects.toMatchObject({ code: 'store.full' })
      await expect(insert(store, 'another', 200_000)).rejects.toMatchObject({ code: 'store.full' })
      for (const id of stored) expect(await store.readRun('t', id)).toMatchObject({ id })
      for (const id of refused) expect(await store.readRun('t', id)).toBeUndefined()
      expect(await store.countRuns('t', { facts: [] }, 100_000)).toBe(stored.length)

      mount('-o', 'remount,size=32m')
      await store.probe()
      for (const id of refused) expect(await insert(store, id)).toMatchObject([{ outcome: 'created' }])
      expect(await store.countRuns('t', { facts: [] }, 100_000)).toBe(stored.length + refused.length)
      expect((await store.readEvents('t', 0, 100_000)).map(({ position }) => position)).toEqual(
        Array.from({ length: stored.length + refused.length }, (_, index) => index + 1),
      )
      await store.close()
      expect(integrity(path)).toEqual([{ integrity_check: 'ok' }])
    } finally {
      spawnSync('umount', ['-l', folder])
      rmdirSync(folder)
    }
  },
)

it('says that a file is damaged, or no database at all', () =>
  withFolder(async (folder) => {
    const foreign = join(folder, 'foreign.db')
    writeFileSync(foreign, 'this is no database, but long enough to look like one'.repeat(100))
    await expect(openStore(`sqlite:${foreign}`)).rejects.toMatchObject({ code: 'store.corrupt' })

    const path = join(folder, 'runs.db')
    const store = await openStore(`sqlite:${path}`)
    for (let index = 0; index < 50; index++) await insert(store, `run ${index}`)
    await store.countRuns('t', { facts: [] }, 1)
    await store.close()
    const size = statSync(path).size
    const file = await open(path, 'r+')
    for (let offset = 8_192; offset < size; offset += 4_096) await file.write(Buffer.alloc(512, 0xff), 0, 512, offset)
    await file.close()
    const damaged = await openStore(`sqlite:${path}`).then(
      async (opened) => {
        try {
          await opened.listRuns('t', { facts: [] }, { limit: 50 })
          return undefined
        } catch (error) {
          return error
        } finally {
          await opened.close()
        }
      },
      (error: unknown) => error,
    )
    expect(damaged).toMatchObject({ name: 'AgentRunError', code: 'store.corrupt' })
  }))

it('waits for another process that writes, and says so if it does not end', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'runs.db')
    const store = await openStore(`sqlite:${path}`)
    const other = openDatabase(path)
    other.exec('BEGIN IMMEDIATE')
    const waiting = insert(store, 'a')
    setTimeout(() => other.exec('COMMIT'), 300)
    expect(await waiting).toMatchObject([{ outcome: 'created' }])
    other.exec('BEGIN IMMEDIATE')
    await expect(insert(store, 'b')).rejects.toMatchObject({ code: 'store.busy' })
    expect(await store.readRun('t', 'a')).toMatchObject({ id: 'a' })
    other.exec('COMMIT')
    expect(await insert(store, 'b')).toMatchObject([{ outcome: 'created' }])
    other.close()
    await store.close()
  }))

it('makes the file and its folder for its owner alone', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'deep', 'er', 'runs.db')
    const store = await openStore(`sqlite:${path}`)
    await insert(store, 'a')
    for (const name of [join(folder, 'deep'), path, `${path}-wal`, `${path}-shm`])
      expect(statSync(name).mode & 0o077).toBe(0)
    await store.close()
  }))

it('takes the URLs that it names, and no others', async () => {
  const store = await openStore('sqlite::memory:')
  await insert(store, 'a')
  expect(await store.countRuns('t', { facts: [] }, 9)).toBe(1)
  await store.close()
  for (const url of ['', 'sqlite:', 'mysql://localhost/x', 'runs.db'])
    await expect(openStore(url)).rejects.toThrow(TypeError)
})
