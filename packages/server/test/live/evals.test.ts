import { canonicalize, signObject, verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { quickStart } from '../http/start-app.ts'
import { bodyOf, exampleLines, exampleRecord, signer, startClient } from './setup.ts'

describe('an eval', () => {
  it('becomes that of the record, and everything else stays', async () => {
    const client = await startClient()
    const record = exampleRecord()
    const posted = await client.send('POST', '/runs', record)
    const given = await signObject(
      'eval',
      {
        pass: true,
        score: 90,
        run_id: record.id,
        record_hash: record.provenance.record_hash,
        benchmark_id: 'b',
      } as never,
      signer(3),
    )
    const put = await client.send('PUT', '/runs/run_2300/eval', given)
    expect(put.status).toBe(200)
    expect(put.json).toEqual({
      ...posted.json,
      etag: put.json.etag,
      ...(put.json.findings ? { findings: put.json.findings } : {}),
    })
    const read = await client.send('GET', '/runs/run_2300')
    expect(read.text).toBe(canonicalize({ ...record, eval: given }))
    expect([read.headers.etag, put.headers.etag]).toEqual([`"${put.json.etag}"`, `"${put.json.etag}"`])
    expect(verify(read.text).checks.filter(({ result }) => result === 'fail')).toEqual([])
    expect((await client.send('GET', '/runs')).json.runs[0].eval).toEqual({ pass: true, score: 90, benchmark_id: 'b' })
  })

  it('has a history, whose last one is current', async () => {
    const client = await startClient()
    const first = { pass: true, score: 9.5 }
    const second = { pass: false, score: 1, metadata: { note: 'again' } }
    await client.send('POST', '/runs', { ...quickStart('e'), eval: first })
    await client.send('PUT', '/runs/e/eval', second)
    expect((await client.send('GET', '/runs/e/evals')).json).toEqual({ evals: [first, second] })
    await client.send('PUT', '/runs/e/eval', first)
    expect((await client.send('GET', '/runs/e/evals')).json).toEqual({ evals: [second, first] })
    const page = await client.send('GET', '/runs/e/evals?limit=1')
    expect(page.json.evals).toEqual([second])
    expect((await client.send('GET', `/runs/e/evals?limit=1&cursor=${page.json.next}`)).json).toEqual({
      evals: [first],
    })
  })

  it('is attached also where others attach theirs at the same time', async () => {
    const client = await startClient()
    await client.send('POST', '/runs', quickStart('e'))
    const given = Array.from({ length: 16 }, (_, score) => ({ pass: true, score }))
    const answers = await Promise.all(given.map((each) => client.send('PUT', '/runs/e/eval', each)))
    expect(answers.map(({ status }) => status)).toEqual(given.map(() => 200))
    const { evals } = (await client.send('GET', '/runs/e/evals')).json
    expect(evals.map(({ score }: { score: number }) => score).sort((a: number, b: number) => a - b)).toEqual(
      given.map(({ score }) => score),
    )
  })

  it('the same again changes nothing', async () => {
    const client = await startClient()
    await client.send('POST', '/runs', quickStart('e'))
    const once = await client.send('PUT', '/runs/e/eval', { pass: true, score: 1 })
    const { newest } = await client.server.store.eventRange('a')
    const again = await client.send('PUT', '/runs/e/eval', { score: 1.0, pass: true })
    expect([again.status, again.json]).toEqual([200, once.json])
    expect((await client.server.store.eventRange('a')).newest).toBe(newest)
  })

  it.each([
    [{ pass: 'false', score: 1 }, 'eval.invalid'],
    [{ pass: true, score: 9000 }, 'eval.invalid'],
    [{ pass: true }, 'eval.invalid'],
    [[], 'eval.invalid'],
    [{ pass: true, score: 1, run_id: 'other' }, 'eval.other_run'],
    [{ pass: true, score: 1, record_hash: `sha256:${'0'.repeat(64)}` }, 'eval.other_run'],
    [{ pass: true, score: 1, document_hash: `sha256:${'0'.repeat(64)}` }, 'eval.other_run'],
    [{ pass: true, score: 1, signed_by: signer(3).did, signature: `${'A'.repeat(86)}==` }, 'eval.invalid'],
  ])('is refused: %j', async (given, code) => {
    const client = await startClient()
    const posted = await client.send('POST', '/runs', quickStart('e'))
    const answer = await client.send('PUT', '/runs/e/eval', given)
    expect([answer.status, answer.json.code]).toEqual([422, code])
    expect((await client.send('GET', '/runs/e')).headers.etag).toBe(`"${posted.json.etag}"`)
  })

  it('names an unsealed record by document_hash; a signed one has to name its record', async () => {
    const client = await startClient()
    const posted = await client.send('POST', '/runs', quickStart('e'))
    const nameless = await signObject('eval', { pass: true, score: 1 }, signer(3))
    expect((await client.send('PUT', '/runs/e/eval', nameless)).json.code).toBe('eval.other_run')
    const named = await signObject(
      'eval',
      { pass: true, score: 1, document_hash: posted.json.document_hash } as never,
      signer(3),
    )
    expect((await client.send('PUT', '/runs/e/eval', named)).status).toBe(200)
    const again = await client.send(
      'PUT',
      '/runs/e/eval',
      await signObject('eval', { pass: false, score: 2, document_hash: posted.json.document_hash } as never, signer(3)),
    )
    expect(again.status).toBe(200)
  })

  it('waits for the end of a live run, and finds no unknown one', async () => {
    const client = await startClient()
    await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 3)))
    expect((await client.send('PUT', '/runs/run_2300/eval', { pass: true, score: 1 })).json).toMatchObject({
      status: 409,
      code: 'run.journal_fed',
    })
    await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines()))
    expect((await client.send('PUT', '/runs/run_2300/eval', { pass: true, score: 1 })).status).toBe(200)
    expect(
      (await client.send('GET', '/runs/run_2300/verify')).json.checks.find(
        ({ check }: { check: string }) => check === 'journal',
      ).result,
    ).toBe('pass')
    expect((await client.send('PUT', '/runs/nobody/eval', { pass: true, score: 1 })).json.code).toBe('run.unknown')
  })
})

describe('the leaderboard', () => {
  it('groups current evals, and does not count an unknown cost as none', async () => {
    const client = await startClient()
    const post = async (id: string, agent: string, pass: boolean, score: number, cost?: number) => {
      const run = {
        ...quickStart(id),
        agent_id: agent,
        cost: { input_tokens: 1, output_tokens: 1, ...(cost === undefined ? {} : { cost_usd: cost }) },
      }
      await client.send('POST', '/runs', run)
      await client.send('PUT', `/runs/${id}/eval`, { pass, score, benchmark_id: 'b' })
    }
    await post('1', 'x', true, 80, 2)
    await post('2', 'x', false, 20)
    await post('3', 'y', true, 60)
    await client.send('POST', '/runs', { ...quickStart('4'), agent_id: 'z' })
    const { by, groups } = (await client.send('GET', '/evals/leaderboard?benchmark_id=b')).json
    expect(by).toBe('agent_id')
    expect(groups).toMatchObject([
      { benchmark_id: 'b', group: 'y', runs: 1, passed: 1, mean_score: 60, cost_known: 0 },
      { benchmark_id: 'b', group: 'x', runs: 2, passed: 1, mean_score: 50, cost_usd_total: 2, cost_known: 1 },
    ])
    expect(groups[0]).not.toHaveProperty('cost_usd_total')
    expect((await client.send('GET', '/evals/leaderboard?by=nothing')).json.code).toBe('query.invalid_value')
    expect((await client.send('GET', '/evals/leaderboard?by=model')).json.groups[0]).not.toHaveProperty('group')
  })
})

it('provenance is that of the record, with what the server has said about it', async () => {
  const client = await startClient()
  const record = exampleRecord() as AgentRun
  const receipt = await client.send('POST', '/runs', record)
  const { json } = await client.send('GET', '/runs/run_2300/provenance')
  expect(json.provenance).toEqual(record.provenance)
  expect(json.statements).toEqual([receipt.json.received])
  expect((await client.send('GET', '/runs/x/provenance')).json.code).toBe('run.unknown')
})
