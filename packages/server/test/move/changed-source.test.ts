import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { temporaryFolder } from '../live/setup.ts'
import { callProgram } from '../program.ts'
import { makeRun } from '../store/suite/runs.ts'
import { released } from './released.ts'

let meanwhile: () => Promise<void>

vi.mock('../../src/move/move-store.ts', async (original) => {
  const { moveStore } = await original<typeof import('../../src/move/move-store.ts')>()
  return {
    moveStore: async (...parts: Parameters<typeof moveStore>) => {
      await moveStore(...parts)
      await meanwhile()
    },
  }
})

it.each([true, false])('migrate-store says whether the source changed while it was copied: %s', async (changes) => {
  const folder = temporaryFolder()
  const [filled, to] = [`sqlite:${join(folder, 'from.db')}`, `sqlite:${join(folder, 'to.db')}`]
  const insert = async (url: string, id: string): Promise<void> => {
    const store = await openStore(url)
    await store.insertRuns('t', [makeRun(id)])
    await store.close()
  }
  await insert(filled, 'early')
  const from = released(filled)
  meanwhile = async () => {
    if (changes) await insert(from, 'late')
  }
  expect(await callProgram(['migrate-store', from, to])).toMatchObject(
    changes ? { code: 2, stderr: expect.stringContaining('changed while it was copied') } : { code: 0, stderr: '' },
  )
})
