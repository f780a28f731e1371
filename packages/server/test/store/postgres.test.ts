import { describe } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import { createDatabase, execute } from '../postgres/database.mjs'
import { describeStore } from './suite/describe-store.ts'

describe.skipIf(!tool('postgres'))('in a database', () => {
  describeStore('PostgreSQL', {
    create: async (clock) => {
      const database = await createDatabase()
      const store = await openStore(database.url, { clock })
      return {
        store,
        open: () => openStore(database.url, { clock }),
        pretendNewer: async () => {
          await execute(database.url, "INSERT INTO migrations VALUES ('9999-later', '')")
        },
        pretendBehind: async () => {
          await execute(database.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
        },
        remove: async () => {
          await store.close()
          await database.drop()
        },
      }
    },
  })
})
