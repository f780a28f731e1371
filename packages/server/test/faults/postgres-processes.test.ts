import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { surviveFaults } from './postgres-processes.ts'

it.skipIf(!tool('initdb'))(
  'loses nothing and stores nothing twice when a server is killed and PostgreSQL crashes',
  async () => {
    const { acknowledged, found, duplicate, gaps } = await surviveFaults(1, 100, 2)
    expect(acknowledged).toBeGreaterThan(250)
    expect({ found, duplicate, gaps }).toEqual({ found: acknowledged, duplicate: 0, gaps: 0 })
  },
)
