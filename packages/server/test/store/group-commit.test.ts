import { expect, it } from 'vitest'
import { type Connection, connect } from '../../src/store/sqlite/connection.ts'
import { loadDriver } from '../../src/store/sqlite/driver.ts'
import { createCommitter } from '../../src/store/sqlite/group-commit.ts'

const openDatabase = await loadDriver()

/** A database with one table, whose transactions are noted, and whose commits can be made to fail. */
const createPlace = () => {
  const real = connect(openDatabase(':memory:'))
  real.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY)')
  const log: string[] = []
  const faults: unknown[] = []
  const connection: Connection = {
    ...real,
    run: (sql, ...parameters) => {
      const fault = sql === 'COMMIT' ? faults.shift() : undefined
      if (fault !== undefined) throw fault
      if (/^(BEGIN|COMMIT|ROLLBACK)\b(?! TO)/.test(sql)) log.push(sql)
      return real.run(sql, ...parameters)
    },
  }
  const committer = createCommitter(connection, { before: () => {}, after: () => {} })
  const insert = (n: number) => committer.write((to) => to.run('INSERT INTO numbers VALUES (?)', n))
  const stored = () => real.all<{ readonly n: number }>('SELECT n FROM numbers ORDER BY n').map(({ n }) => n)
  return { committer, insert, stored, log, faults }
}

const fullDisk = () => Object.assign(new Error('database or disk is full'), { errcode: 13 })

it('puts what arrives in one turn into one transaction', async () => {
  const { insert, stored, log } = createPlace()
  await Promise.all(Array.from({ length: 50 }, (_, n) => insert(n)))
  expect(stored()).toHaveLength(50)
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
  await insert(50)
  expect(log).toHaveLength(4)
})

it('tells nobody before the commit', async () => {
  const { insert, log } = createPlace()
  const told: number[] = []
  await Promise.all([1, 2, 3].map((n) => insert(n).then(() => told.push(log.indexOf('COMMIT')))))
  expect(told).toEqual([1, 1, 1])
})

it('lets a unit fail alone, with all that it did', async () => {
  const { committer, insert, stored, log } = createPlace()
  const failing = committer.write((to) => {
    to.run('INSERT INTO numbers VALUES (10)')
    throw new RangeError('changed my mind')
  })
  const outcomes = await Promise.allSettled([insert(1), failing, insert(1), insert(2)])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(stored()).toEqual([1, 2])
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
})

it('tries one by one what could not be committed together, and acknowledges only what was', async () => {
  const { insert, stored, faults } = createPlace()
  faults.push(fullDisk(), undefined, fullDisk())
  const outcomes = await Promise.allSettled([insert(1), insert(2), insert(3)])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { name: 'AgentRunError', code: 'store.full' } })
  expect(stored()).toEqual([1, 3])
})

it('finishes what waits before it closes', async () => {
  const { committer, insert, stored } = createPlace()
  const waiting = [insert(1), insert(2)]
  await committer.close()
  await Promise.all(waiting)
  expect(stored()).toEqual([1, 2])
  await expect(insert(3)).rejects.toThrow(TypeError)
})
