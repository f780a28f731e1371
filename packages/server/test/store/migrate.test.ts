import { expect, it } from 'vitest'
import { connect } from '../../src/store/sqlite/connection.ts'
import { loadDriver } from '../../src/store/sqlite/driver.ts'
import { migrate, readMigrations } from '../../src/store/sqlite/migrate.ts'

const openDatabase = await loadDriver()
const at = '2026-01-01T00:00:00.000Z'

it('leaves whole steps when one fails, and goes on there the next time', () => {
  const connection = connect(openDatabase(':memory:'))
  let works = false
  const steps = [
    { name: '0001-one', apply: () => connection.exec('CREATE TABLE one (a)') },
    {
      name: '0002-two',
      apply: () => {
        connection.exec('CREATE TABLE two (a)')
        if (!works) throw new Error('the power went off')
      },
    },
    { name: '0003-three', apply: () => connection.exec('INSERT INTO two VALUES (3)') },
  ]
  const applied: string[] = []
  const run = () => migrate(connection, at, (name) => applied.push(name), steps)

  expect(run).toThrow('the power went off')
  expect(applied).toEqual(['0001-one'])
  expect(readMigrations(connection, steps).pending).toEqual(['0002-two', '0003-three'])
  expect(connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'two'")).toBeUndefined()
  works = true
  run()
  expect(applied).toEqual(['0001-one', '0002-two', '0003-three'])
  expect(connection.all('SELECT a FROM two')).toHaveLength(1)
  run()
  expect(applied).toHaveLength(3)
  connection.close()
})
