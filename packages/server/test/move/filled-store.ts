import type { Store } from '../../src/store/store.ts'
import { makeAppend, makeDocument, makeEvent, makeLine, makePrivateLine, makeRun } from '../store/suite/runs.ts'

/** Fills two tenants with some of everything, under the same ids. 66 runs stay, two are erased. */
export const fillStore = async (store: Store, prefix = ''): Promise<void> => {
  for (const tenant of ['a', 'b']) {
    const name = (id: string): string => `${prefix}${id}`
    await store.insertRuns(
      tenant,
      Array.from({ length: 31 }, (_, n) =>
        makeRun(name(`run ${n}`), {
          sealed: n % 3 === 0,
          startedAt: n % 4 === 0 ? null : `2026-01-01T00:00:${String(n % 7).padStart(2, '0')}Z`,
          facts: [{ kind: 'target', value: `f ${n % 5}`, step: n }],
          content: `\u0000 and \u{1f680} ${n}`,
          documents: n === 2 ? [makeDocument('eval', '', 1), makeDocument('decision', 'topic\u0000\u001a', 2)] : [],
          ...(n % 2 === 0
            ? {
                score: {
                  benchmarkId: 'bench\u0000mark',
                  pass: n % 4 === 0,
                  score: n / 31,
                  agentId: 'agent \u001a1',
                  model: undefined,
                  runtime: 'r',
                  costUsd: n === 0 ? undefined : 0.25,
                  durationMs: n,
                  at: '2026-01-01T00:00:00Z',
                },
              }
            : {}),
        }),
      ),
    )
    await store.insertRuns(tenant, [makeRun(name('with private'))], {
      idempotency: { key: `${prefix}k`, requestDigest: 'd' },
    })
    await store.insertRuns(tenant, [makeRun(name('gone'), { sealed: true })])
    await store.eraseRun(
      tenant,
      name('gone'),
      { scope: 'record', tombstone: makeDocument('statement', 'tombstone', 'gone') },
      { events: [makeEvent(name('gone'), 'run.updated')] },
    )
    const begun = makeAppend(name('live'), 0, 1)
    const lines = [makeLine(0, 'run.started', ['sha256:p']), makePrivateLine('sha256:p', 'secret'), makeLine(1)]
    await store.appendJournal(tenant, { ...begun, lines })
  }
  if (prefix !== '') return
  for (const [index, tenant] of ['a', 'b'].entries()) {
    await store.keys.create({
      prefix: `ark_0000000${index}`,
      hash: new Uint8Array(32).fill(index),
      tenant,
      name: 'n\u00e4me',
      scopes: ['runs:read', 'runs:write'],
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: undefined,
    })
  }
  await store.keys.revoke('ark_00000001', '2026-01-02T00:00:00.000Z')
}
