import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { surviveFaults } from './postgres-processes.ts'

it.skipIf(!tool('initdb'))(
  'loses nothing and stores nothing twice in ten kills and ten crashes',
  { timeout: 600_000 },
  async () => {
    const { acknowledged, found, duplicate, gaps } = await surviveFaults(10, 500)
    expect(acknowledged).toBeGreaterThan(5_000)
    expect({ found, duplicate, gaps }).toEqual({ found: acknowledged, duplicate: 0, gaps: 0 })
  },
)
