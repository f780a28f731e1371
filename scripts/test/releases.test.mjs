import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { check } from '../check/releases.mjs'
import { lock } from '../lock.mjs'
import { readLock, writeLock } from '../releases.mjs'
import { sentenceDigest } from '../requirements.mjs'
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

describe('the profile of a version', () => {
  const sentence = (text) => ({ 'spec/run.md': `> **[AR-RUN-001]** A run **MUST** ${text}.\n` })
  const path = 'conformance/profiles/1.0.json'
  const write = (folder, files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  const levels = [{ name: 'core', capabilities: ['core'] }]
  const none = { levels, requirements: {} }
  const requirements = { 'AR-RUN-002': { capability: 'core', digest: '' }, 'AR-RUN-001': { capability: 'seal' } }
  const emitter = { levels, requirements }

  /** A copy whose profile asks an emitter for a sentence that is gone and for a new one, with no digests yet. */
  const withProfile = () => {
    const folder = copy('draft')
    const profile = { profile: '1.0', roles: { server: none, emitter, verifier: none } }
    write(folder, { ...sentence('end'), [path]: JSON.stringify(profile) })
    return folder
  }
  const read = (folder, file = path) => JSON.parse(readFileSync(join(folder, file), 'utf8'))

  it('gets the digests of the sentences, and keeps what was decided by hand', () => {
    const folder = withProfile()
    expect(() => lock(folder, ['release'])).toThrow('emitter: AR-RUN-002 is no sentence')
    expect(lock(folder).split('\n')).toEqual([
      'emitter: AR-RUN-001 is new',
      'emitter: AR-RUN-002 is gone',
      `${path} is not in what the lock has for draft 1.0`,
    ])
    expect(read(folder).roles.emitter.requirements).toEqual({
      'AR-RUN-001': { capability: 'seal', digest: sentenceDigest('A run MUST end.') },
    })
    expect(lock(folder)).toContain('nothing to record')
    write(folder, sentence('end some day'))
    expect(() => lock(folder, ['release'])).toThrow('another wording')
    expect(lock(folder)).toContain('AR-RUN-001 has another wording')
    expect(check(folder)).toEqual([])
  })

  it('does not change once it is released, and is where the next one begins', () => {
    const folder = withProfile()
    lock(folder)
    lock(folder, ['release'])
    lock(folder, ['draft', '1.1'])
    expect(read(folder, 'conformance/profiles/1.1.json')).toEqual({ ...read(folder), profile: '1.1' })
    expect(check(folder)).toEqual([])
    appendFileSync(join(folder, 'conformance/profiles/1.1.json'), ' ')
    expect(check(folder)[0]).toContain('conformance/profiles/1.1.json differs from what the lock has for draft 1.1')
    lock(folder)
    expect(check(folder)).toEqual([])
    appendFileSync(join(folder, path), ' ')
    expect(check(folder)[0]).toBe(`${path} differs from released version 1.0`)
    rmSync(join(folder, path))
    expect(check(folder)[0]).toBe(`${path} is missing, it is in released version 1.0`)
  })
})
