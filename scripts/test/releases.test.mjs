import { appendFileSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { check } from '../check/releases.mjs'
import { lock } from '../lock.mjs'
import { readLock, writeLock } from '../releases.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A copy of the schemas with a lock that fits them. */
const copy = (state) => {
  const folder = temporaryFolder({
    'conformance/releases.lock.json': { versions: [{ version: '1.0', state: 'draft', files: {} }] },
  })
  cpSync(join(root, 'schemas'), join(folder, 'schemas'), { recursive: true })
  lock(folder)
  if (state === 'released') lock(folder, ['release'])
  return folder
}

it('has nothing to say about a copy', () => {
  expect(check(copy('draft'))).toEqual([])
  expect(check(copy('released'))).toEqual([])
})

it.each(['draft', 'released'])('finds one changed byte, a new file and a missing one in a %s version', (state) => {
  const folder = copy(state)
  appendFileSync(join(folder, 'schemas/step.json'), ' ')
  writeFileSync(join(folder, 'schemas/2020-12/new.json'), '{}')
  rmSync(join(folder, 'schemas/cost.json'))
  const problems = check(folder).slice(0, -1)
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'schemas/cost.json',
    'schemas/step.json',
    'schemas/2020-12/new.json',
  ])
})

it('records a changed draft on purpose only', () => {
  const folder = copy('draft')
  appendFileSync(join(folder, 'schemas/step.json'), ' ')
  expect(() => lock(folder, ['release'])).toThrow('schemas/step.json differs')
  expect(lock(folder)).toContain('schemas/step.json')
  expect(check(folder)).toEqual([])
})

it('never records a change of a released version', () => {
  const folder = copy('released')
  const before = readLock(folder)
  appendFileSync(join(folder, 'schemas/step.json'), ' ')
  expect(() => lock(folder)).toThrow('1.0 is released')
  expect(() => lock(folder, ['draft', '1.0'])).toThrow('after 1.0')
  expect(check(folder).length).toBeGreaterThan(0)
  lock(folder, ['draft', '1.1'])
  expect(check(folder)).toEqual([])
  expect(readLock(folder)[0]).toEqual(before[0])
})

it('refuses a list that is out of order or holds an old draft', () => {
  const folder = copy('released')
  const [first] = readLock(folder)
  writeLock(folder, [{ ...first, version: '1.1', state: 'draft' }, first])
  expect(check(folder)).toEqual([
    expect.stringContaining('only the last version may be a draft'),
    expect.stringContaining('1.0 is out of order'),
  ])
})
