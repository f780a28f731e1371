import { expect, it } from 'vitest'
import type { NewKey } from '../../../src/store/store.ts'
import type { Bench } from './subject.ts'

export const testKeys = ({ store, tenant, place }: Bench): void => {
  const makeKey = (prefix: string, owner: string, given: Partial<NewKey> = {}): NewKey => ({
    prefix,
    hash: new Uint8Array(32).fill(7),
    tenant: owner,
    name: 'ci',
    scopes: ['runs:write', 'runs:read'],
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: undefined,
    ...given,
  })

  it('keeps keys, finds them by prefix, lists and revokes them', async () => {
    const t = tenant()
    const [one, two] = [`ark_${t}1`, `ark_${t}2`]
    await store().keys.create(makeKey(two, t, { createdAt: '2026-01-02T00:00:00.000Z' }))
    await store().keys.create(makeKey(one, t, { expiresAt: '2027-01-01T00:00:00.000Z', scopes: ['admin'] }))
    expect(await store().keys.any()).toBe(true)
    const found = await store().keys.find(one)
    expect(found).toEqual({
      ...makeKey(one, t, { expiresAt: '2027-01-01T00:00:00.000Z', scopes: ['admin'] }),
      hash: found?.hash,
      revokedAt: undefined,
    })
    expect(Buffer.compare(found!.hash, new Uint8Array(32).fill(7))).toBe(0)
    expect(await store().keys.find('ark_unknown')).toBeUndefined()
    expect((await store().keys.list(t)).map(({ prefix }) => prefix)).toEqual([one, two])
    expect((await store().keys.list()).map(({ prefix }) => prefix)).toEqual(expect.arrayContaining([one, two]))
    expect(await store().keys.list(tenant())).toEqual([])
  })

  it('revokes once, also for other processes', async () => {
    const t = tenant()
    const prefix = `ark_${t}`
    await store().keys.create(makeKey(prefix, t))
    const other = await place().open()
    try {
      expect(await other.keys.revoke(prefix, '2026-02-01T00:00:00.000Z')).toMatchObject({
        revokedAt: '2026-02-01T00:00:00.000Z',
      })
    } finally {
      await other.close()
    }
    expect(await store().keys.revoke(prefix, '2026-03-01T00:00:00.000Z')).toMatchObject({
      revokedAt: '2026-02-01T00:00:00.000Z',
    })
    expect(await store().keys.find(prefix)).toMatchObject({ revokedAt: '2026-02-01T00:00:00.000Z' })
    expect(await store().keys.revoke('ark_unknown', '2026-03-01T00:00:00.000Z')).toBeUndefined()
  })

  it('takes a prefix only once', async () => {
    const t = tenant()
    await store().keys.create(makeKey(`ark_${t}`, t))
    await expect(store().keys.create(makeKey(`ark_${t}`, t, { name: 'other' }))).rejects.toThrow()
    expect(await store().keys.find(`ark_${t}`)).toMatchObject({ name: 'ci' })
  })
}
