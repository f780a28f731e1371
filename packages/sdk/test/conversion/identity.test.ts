import { expect, it } from 'vitest'
import { portableId, takeId } from '../../src/conversion/identity.ts'

it('keeps a portable id as it is', () => {
  for (const id of ['run_1', '0a1b2c3d-4e5f-4061-8071-2a3b4c5d6e7f', 'toolu_01BxJ', 'a.b~c'])
    expect(portableId(id)).toBe(id)
})

it('cleans an id that is none, and tells it apart from others', () => {
  expect(portableId('../../etc/passwd')).toMatch(/^etc_passwd-[0-9a-f]{12}$/)
  expect(portableId('')).toMatch(/^id-[0-9a-f]{12}$/)
  expect(portableId('a b')).not.toBe(portableId('a_b'))
  expect(portableId('a/b')).not.toBe(portableId('a b'))
  expect(portableId('x'.repeat(500)).length).toBeLessThan(128)
})

it('shows no secret of a known shape', () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`
  const id = portableId(`session.${secret}`)
  expect(id).not.toContain(secret)
  expect(id).toMatch(/^session\._redacted_github_token_-[0-9a-f]{12}$/)
  expect(portableId(secret)).not.toBe(portableId(`ghp_${'b1B2'.repeat(9)}`))
})

it('numbers ids that are taken, without trying them all', () => {
  const taken = new Set<string>()
  let tried = 0
  const form = (id: string): string => {
    tried++
    return id
  }
  const ids = Array.from({ length: 20_000 }, () => takeId('same', taken, form))
  expect(ids.slice(0, 4)).toEqual(['same', 'same~2', 'same~3', 'same~4'])
  expect(ids.at(-1)).toBe('same~20000')
  expect(taken.size).toBe(20_000)
  expect(tried).toBeLessThan(20_000 * 40)
})
