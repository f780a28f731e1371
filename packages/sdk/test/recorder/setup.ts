import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkJournal, createSigner, readJournal, type Signer, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { afterEach, expect } from 'vitest'
import type { Recorder, RecorderFault, RecorderOptions } from '../../src/index.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-recorder-'))
  folders.push(folder)
  return folder
}

/** A signer whose key is the same in every test. */
export const signer = (seed = 7): Signer => createSigner(new Uint8Array(32).fill(seed))

/** Bytes that look random and are the same every time. */
export const seededRandom = (seed = 1): ((length: number) => Uint8Array) => {
  let state = seed
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

/** A clock that goes on by some milliseconds whenever it is read. */
export const steadyClock = (start = Date.UTC(2026, 10, 20, 14, 2, 11)): (() => number) => {
  let now = start
  return () => (now += 7)
}

/** Options under which a recorder gives the same bytes again, and the faults it reports. */
export const setUp = (options: RecorderOptions = {}): { options: RecorderOptions; faults: RecorderFault[] } => {
  const faults: RecorderFault[] = []
  return {
    faults,
    options: {
      directory: temporaryFolder(),
      clock: steadyClock(),
      random: seededRandom(),
      onFault: (fault) => void faults.push(fault),
      ...options,
    },
  }
}

/** Expects a record without findings that is what its journal tells, in the file beside it. */
export const expectSound = (recorder: Recorder, record: AgentRun): void => {
  expect(validate(record, { reading: 'strict' }).findings).toEqual([])
  const journal = readJournal(readFileSync(recorder.journalPath!))
  expect(journal.findings).toEqual([])
  expect(checkJournal(journal, record)).toMatchObject({ result: 'pass' })
  expect(JSON.parse(readFileSync(recorder.recordPath!, 'utf8'))).toEqual(record)
}

/** Everything that was written, as one text. */
export const everythingIn = (folder: string): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
