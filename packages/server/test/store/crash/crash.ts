import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { openStore } from '../../../src/store/open-store.ts'
import type { Store } from '../../../src/store/store.ts'

const program = fileURLToPath(new URL('./writer.mjs', import.meta.url))

/** What was seen over all kills. */
export interface CrashReport {
  readonly kills: number
  readonly acknowledged: number
  readonly found: number
  readonly duplicates: number
}

/**
 * Kills processes with SIGKILL while 32 writers in each insert, again and again on the same file, and looks after each
 * time: what was acknowledged is there, nothing is there twice, index and events agree with the runs.
 *
 * @param enough acknowledged runs after which no more kills are needed, once there were `kills` of them
 * @param processes that write to the file at the same time
 */
export const crashAgainAndAgain = async (kills: number, enough: number, processes = 1): Promise<CrashReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-crash-'))
  const path = join(folder, 'runs.db')
  const acknowledged = new Set<string>()
  let found = 0
  let duplicates = 0
  let killed = 0
  try {
    while (killed < kills || acknowledged.size < enough) {
      const prefixes = Array.from({ length: processes }, (_, index) => `p${killed + index}`)
      const acknowledgements = await Promise.all(prefixes.map((prefix) => writeUntilKilled(path, prefix)))
      for (const id of acknowledgements.flat()) acknowledged.add(id)
      killed += processes
      const store = await openStore(`sqlite:${path}`)
      try {
        const ids = await listIds(store)
        const events = await readEventIds(store)
        found = ids.length
        duplicates += ids.length - new Set(ids).size + (events.length - new Set(events).size)
        const there = new Set(ids)
        expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
        expect(new Set(events)).toEqual(there)
      } finally {
        await store.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return { kills: killed, acknowledged: acknowledged.size, found, duplicates }
}

/** Ids that a process has acknowledged before it was killed, at a moment nobody chose. */
const writeUntilKilled = (path: string, prefix: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path, '32', prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    let armed = false
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (armed) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 150)
    })
    child.on('error', reject)
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(text.split('\n').slice(0, -1))
      else reject(new Error('the writing process ended by itself'))
    })
  })

const listIds = async (store: Store): Promise<string[]> => {
  const ids: string[] = []
  let after: string | undefined
  do {
    const facts = [{ kind: 'agent_id' as const, value: 'agent' }]
    const page = await store.listRuns('tenant', { facts }, after === undefined ? { limit: 500 } : { limit: 500, after })
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return ids
}

/** Run ids of all events, whose positions must have no gap. */
const readEventIds = async (store: Store): Promise<string[]> => {
  const ids: string[] = []
  for (;;) {
    const events = await store.readEvents('tenant', ids.length, 1_000)
    if (events.length === 0) return ids
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => ids.length + index + 1))
    ids.push(...events.map(({ runId }) => runId))
  }
}
