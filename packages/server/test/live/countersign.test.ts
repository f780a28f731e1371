import { sealRun } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { quickStart } from '../http/start-app.ts'
import { serverKey, signer, startClient } from './setup.ts'

const ended = { spec_version: '1.0', status: 'completed', ended_at: '2026-11-20T15:00:05Z' }
const sealed = async (id: string, key = true): Promise<AgentRun> =>
  sealRun({ ...quickStart(), ...ended, started_at: '2026-11-20T15:00:00Z', id } as AgentRun, {
    at: '2026-11-20T15:00:06Z',
    ...(key ? { signer: signer() } : {}),
  })
const withProvenance = (run: AgentRun, change: object): AgentRun => ({
  ...run,
  provenance: { ...run.provenance, ...change },
})

describe('a server vouches for the time of a record (AR-TRUST-008)', () => {
  it('whose seal holds, signed, unsigned or in a batch whose statement is still to come', async () => {
    const client = await startClient()
    const runs = [
      await sealed('signed'),
      await sealed('unsigned', false),
      withProvenance(await sealed('in-batch'), { signature: undefined }),
    ]
    for (const run of runs) {
      const { status, json } = await client.send('POST', '/runs', run)
      expect([status, json.received?.about, json.received?.signed_by]).toEqual([
        201,
        run.provenance.record_hash,
        serverKey.did,
      ])
    }
  })

  it.each([
    ['a changed member', (run: AgentRun) => ({ ...run, agent_name: 'changed' })],
    ['the hash of another record', (run: AgentRun) => ({ ...run, id: 'another' })],
    ['a wrong number of steps', (run: AgentRun) => withProvenance(run, { steps_count: 7 })],
    ['a wrong root of steps', (run: AgentRun) => withProvenance(run, { steps_root: `sha256:${'cd'.repeat(32)}` })],
    ['a wrong signature', (run: AgentRun) => withProvenance(run, { signature: `${'A'.repeat(86)}==` })],
    ['a signature of nobody', (run: AgentRun) => withProvenance(run, { signed_by: undefined })],
    [
      'no seal but the hash',
      (run: AgentRun) =>
        ({
          ...quickStart(),
          id: 'junk',
          provenance: { ...(quickStart().provenance as object), record_hash: run.provenance.record_hash },
        }) as AgentRun,
    ],
  ])('and not where it has %s: it is stored as it is', async (_what, change) => {
    const client = await startClient()
    const run = change(await sealed('a'))
    const { status, json } = await client.send('POST', '/runs', run)
    expect([status, json.received]).toEqual([201, undefined])
    const { statements } = (await client.send('GET', `/runs/${run.id}/provenance`)).json
    expect(statements).toEqual([])
  })
})
