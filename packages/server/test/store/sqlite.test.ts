import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open-store.ts'
import { loadDriver } from '../../src/store/sqlite/driver.ts'
import { describeStore } from './suite/describe-store.ts'

const openDatabase = await loadDriver()

describeStore('SQLite in a file', {
  ownsFiles: true,
  create: async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-store-'))
    const path = join(folder, 'runs.db')
    const execute = async (sql: string): Promise<void> => {
      const database = openDatabase(path)
      database.exec(sql)
      database.close()
    }
    const store = await openStore(`sqlite:${path}`, { clock })
    return {
      store,
      open: () => openStore(`sqlite:${path}`, { clock }),
      pretendNewer: () => execute(`INSERT INTO migrations VALUES ('9999-later', ''); PRAGMA user_version = 2`),
      pretendBehind: async () => {
        const tables = openDatabase(path).prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as {
          readonly name: string
        }[]
        await execute(`${tables.map(({ name }) => `DROP TABLE ${name};`).join('')} PRAGMA user_version = 0`)
      },
      octets: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
      remove: async () => {
        await store.close()
        rmSync(folder, { recursive: true })
      },
    }
  },
})
