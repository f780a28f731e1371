import { verifyStepProof } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { quickStart } from '../http/start-app.ts'
import { bodyOf, type Client, exampleLines, exampleRecord, recordRun, startClient } from './setup.ts'

const day = (n: number): string => `2026-01-${String(n).padStart(2, '0')}T10:00:00Z`
const run = (id: string, n: number, members: object = {}): Record<string, unknown> => ({
  ...quickStart(id),
  started_at: day(n),
  ...members,
})
const post = async (client: Client, ...runs: object[]): Promise<void> => {
  for (const each of runs) expect((await client.send('POST', '/runs', each)).status).toBe(201)
}

describe('diff', () => {
  it('compares with a named run', async () => {
    const client = await startClient()
    await post(client, run('a', 1, { model: 'm1' }), run('b', 2, { model: 'm2' }))
    const { status, json } = await client.send('GET', '/runs/b/diff?against=a')
    expect([status, json.run_id, json.against, json.same]).toEqual([200, 'b', 'a', false])
    expect(json).not.toHaveProperty('criterion')
    expect(JSON.stringify(json.configuration)).toContain('m1')
  })

  it('compares with the last good run and says why it is the one', async () => {
    const client = await startClient()
    const good = { outcome: 'success', task_id: 't' }
    await post(
      client,
      run('g1', 1, good),
      run('g2', 2, good),
      run('bad', 3, { outcome: 'failed', task_id: 't' }),
      run('later', 9, good),
      run('x', 5, { task_id: 't', outcome: 'failed' }),
    )
    const { json } = await client.send('GET', '/runs/x/diff?against=last_good')
    expect([json.against, json.criterion]).toEqual(['g2', 'task'])
    await client.send('PUT', '/runs/g2/eval', { pass: false, score: 1 })
    expect((await client.send('GET', '/runs/x/diff?against=last_good')).json.against).toBe('g1')
    await post(client, run('y', 6, { related: [{ relation: 'baseline', run_id: 'bad' }] }))
    const named = (await client.send('GET', '/runs/y/diff?against=last_good')).json
    expect([named.against, named.criterion]).toEqual(['bad', 'baseline'])
  })

  it('never takes last_good as an id', async () => {
    const client = await startClient()
    await post(client, run('last_good', 1), run('x', 5))
    expect((await client.send('GET', '/runs/x/diff?against=last_good')).json.against).toBeNull()
    expect((await client.send('GET', '/runs/last_good/diff?against=x')).json.against).toBe('x')
  })

  it('says that none is known', async () => {
    const client = await startClient()
    await post(client, run('x', 5))
    expect((await client.send('GET', '/runs/x/diff?against=last_good')).json).toMatchObject({
      run_id: 'x',
      against: null,
    })
    expect((await client.send('GET', '/runs/x/diff?against=nobody')).json.code).toBe('run.unknown')
    expect((await client.send('GET', '/runs/x/diff')).json.code).toBe('query.missing_parameter')
  })
})

describe('artifacts', () => {
  const artifact = (id: string, members: object = {}) => ({ id, kind: 'file', ...members })
  it('of a turn are those of all its runs, child runs included, newest first', async () => {
    const client = await startClient()
    await post(
      client,
      run('parent', 1, { turn_id: 't', artifacts: [artifact('p1'), artifact('p2')] }),
      run('child', 2, { parent_run_id: 'parent', artifacts: [artifact('c1')] }),
      run('grandchild', 3, { parent_run_id: 'child', turn_id: 't', artifacts: [artifact('g1')] }),
      run('stranger', 4, { parent_run_id: 'parent', turn_id: 'u', artifacts: [artifact('s1')] }),
      run('other', 5, { artifacts: [artifact('o1')] }),
    )
    const { json } = await client.send('GET', '/artifacts?turn_id=t')
    expect(json.artifacts.map((each: { artifact: { id: string } }) => each.artifact.id)).toEqual([
      'g1',
      'c1',
      'p1',
      'p2',
    ])
    const pages: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const query: string = next && `&cursor=${next}`
      const page = (await client.send('GET', `/artifacts?turn_id=t&limit=1${query}`)).json
      pages.push(...page.artifacts.map((each: { artifact: { id: string } }) => each.artifact.id))
      next = page.next
    }
    expect(pages).toEqual(['g1', 'c1', 'p1', 'p2'])
    expect((await client.send('GET', '/artifacts?run_id=child')).json.artifacts.length).toBe(1)
    expect((await client.send('GET', '/artifacts?turn_id=nothing')).json).toEqual({ artifacts: [] })
    expect((await client.send('GET', '/artifacts')).json.code).toBe('query.missing_parameter')
    expect((await (await client.as({ tenant: 'b' })).send('GET', '/artifacts?turn_id=t')).json).toEqual({
      artifacts: [],
    })
  })

  it('with a digest are found over all runs', async () => {
    const client = await startClient()
    const digest = `sha256:${'a'.repeat(64)}`
    const content = { digest, size: 1 }
    await post(
      client,
      run('1', 1, { artifacts: [artifact('a', { content }), artifact('b')] }),
      run('2', 2, { artifacts: [artifact('c', { content })] }),
    )
    const { json } = await client.send('GET', `/artifacts?digest=${digest}`)
    expect(
      json.artifacts.map((each: { run_id: string; artifact: { id: string } }) => `${each.run_id} ${each.artifact.id}`),
    ).toEqual(['2 c', '1 a'])
  })
})

it('MCP servers are listed with the newest run that ran on each', async () => {
  const client = await startClient()
  const step = (server: string, status = 'succeeded') => ({
    id: server,
    type: 'tool_call',
    tool_name: 't',
    mcp_server: server,
    started_at: null,
    ended_at: null,
    status,
  })
  await post(
    client,
    run('1', 1, { steps: [step('github'), step('slack')] }),
    run('2', 2, { steps: [step('github'), step('linear', 'denied')] }),
  )
  const { json } = await client.send('GET', '/mcp-servers')
  expect(json.servers.map(({ name, last_run_id }: Record<string, string>) => `${name} ${last_run_id}`)).toEqual([
    'github 2',
    'slack 1',
  ])
  const first = (await client.send('GET', '/mcp-servers?limit=1')).json
  expect((await client.send('GET', `/mcp-servers?limit=1&cursor=${first.next}`)).json.servers[0].name).toBe('slack')
  expect((await client.send('GET', '/mcp-servers?cursor=x')).json.code).toBe('query.cursor')
})

describe('a step proof', () => {
  it('verifies by itself', async () => {
    const client = await startClient()
    const record = exampleRecord()
    await client.send('POST', '/runs', record)
    for (const { id } of record.steps) {
      const { status, json } = await client.send('GET', `/runs/run_2300/proof?step=${id}`)
      expect([status, verifyStepProof(json)]).toEqual([
        200,
        expect.objectContaining({ ok: true, signature: 'pass', record_hash: record.provenance.record_hash }),
      ])
    }
  })

  it('is refused for an unknown step, an unsealed run, a seal that does not fit', async () => {
    const client = await startClient()
    const record = exampleRecord()
    await client.send('POST', '/runs', record)
    expect((await client.send('GET', '/runs/run_2300/proof?step=nothing')).json).toMatchObject({
      status: 404,
      code: 'step.unknown',
    })
    expect((await client.send('GET', '/runs/run_2300/proof')).json).toMatchObject({
      status: 400,
      code: 'query.missing_parameter',
    })
    await post(client, quickStart('q'))
    expect((await client.send('GET', '/runs/q/proof?step=s')).json).toMatchObject({ status: 409, code: 'run.unsealed' })
    const second = await startClient()
    await second.send('POST', '/runs', { ...record, agent_version: '9' })
    expect((await second.send('GET', `/runs/run_2300/proof?step=${record.steps[0]?.id}`)).json).toMatchObject({
      status: 409,
      code: 'run.unsealed',
    })
  })
})

describe('verify', () => {
  it('fails a wrong run_hash, seal and signature exactly there', async () => {
    const record = exampleRecord()
    const failing = async (members: object): Promise<string[]> => {
      const client = await startClient()
      const posted = await client.send('POST', '/runs', members)
      expect(posted.status, posted.text).toBe(201)
      const { checks } = (await client.send('GET', '/runs/run_2300/verify')).json
      return checks
        .filter(({ result }: { result: string }) => result === 'fail')
        .map(({ check }: { check: string }) => check)
    }
    expect(await failing(record)).toEqual([])
    expect(await failing({ ...record, agent_version: '9' })).toEqual(['record', 'signature'])
    expect(await failing({ ...record, provenance: { ...record.provenance, run_hash: '0'.repeat(64) } })).toContain(
      'run_hash',
    )
    const { signature: _, ...stripped } = record.provenance
    expect(await failing({ ...record, provenance: stripped })).toEqual(['signature'])
  })

  it('is a verdict also of what is not sealed, and of a live run', async () => {
    const client = await startClient()
    await post(client, quickStart('q'))
    expect((await client.send('GET', '/runs/q/verify')).json).toMatchObject({
      level: 'recorded',
      completeness: { state: 'unsealed' },
    })
    await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 8)))
    const { json } = await client.send('GET', '/runs/run_2300/verify')
    expect(json.checks.find(({ check }: { check: string }) => check === 'journal').result).toBe('pass')
    expect(json.completeness).toEqual({ state: 'checkpointed', n: 4 })
  })
})

it('a whole recorded run answers the operator’s questions while it is live and afterwards', async () => {
  const client = await startClient()
  const { record, lines } = await recordRun()
  const count = async (query: string): Promise<number> => (await client.send('GET', `/runs?${query}`)).json.runs.length
  await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines.slice(0, -4)))
  for (const _ of ['live', 'sealed']) {
    expect(await count('side_effect=write&tool=write_file&target=notes.md&artifact=notes.md&has_error=true')).toBe(1)
    expect(await count('tool=nothing')).toBe(0)
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
  }
  expect(await count('level=sealed&outcome=success')).toBe(1)
})
