import { canonicalize, describeRun, foldJournal, readJournal, verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { bodyOf, exampleLines, recordRun, serverKey, signer, startClient } from './setup.ts'

const fold = (lines: readonly string[], live = true) =>
  foldJournal(readJournal(bodyOf(lines)), { live }).run as AgentRun

describe('a journal that is sent line by line', () => {
  it('gives the record that its file gives', async () => {
    const { record, lines } = await recordRun()
    const client = await startClient()
    const path = `/runs/${record.id}/events`
    for (const line of lines) expect((await client.send('POST', path, `${line}\n`)).status).toBe(200)
    const stored = await client.send('GET', `/runs/${record.id}`)
    expect(stored.text).toBe(canonicalize(record))
    const events = await client.send('GET', path)
    expect(events.text).toBe(bodyOf(lines))
    expect(events.headers['content-type']).toContain('application/x-ndjson')
    const [summary] = (await client.send('GET', '/runs')).json.runs
    expect(summary).toMatchObject({ live: false, sealed: true, level: 'sealed', status: 'completed', steps_count: 5 })
  })

  it('answers how far it has come, and the sealed record', async () => {
    const client = await startClient()
    const lines = exampleLines()
    const first = await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 4)))
    const whole = readJournal(bodyOf(lines))
    expect(first.json).toEqual({ run_id: 'run_2300', seq: 2, head: whole.lines[2]?.digest, status: 'running' })
    const last = await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(4)))
    const record = fold(lines)
    expect(last.json).toMatchObject({
      run_id: 'run_2300',
      seq: 10,
      head: whole.lines[10]?.digest,
      status: 'completed',
      record_hash: record.provenance.record_hash,
      received: { kind: 'countersignature', about: record.provenance.record_hash, signed_by: serverKey.did },
    })
  })

  it('is a live run meanwhile: its record is the fold so far', async () => {
    const client = await startClient()
    const lines = exampleLines()
    for (let count = 1; count < lines.length; count++) {
      await client.send('POST', '/runs/run_2300/events', `${lines[count - 1]}\n`)
      const answer = await client.send('GET', '/runs/run_2300')
      expect(answer.text).toBe(canonicalize(fold(lines.slice(0, count))))
      expect(
        (await client.send('GET', '/runs/run_2300', undefined, { 'if-none-match': String(answer.headers.etag) }))
          .status,
      ).toBe(304)
    }
  })

  it('is listed by what is known of it so far, as if it had been described whole', async () => {
    const { record, lines } = await recordRun()
    const client = await startClient()
    for (let count = 1; count < lines.length; count++) {
      await client.send('POST', `/runs/${record.id}/events`, `${lines[count - 1]}\n`)
      const journal = readJournal(bodyOf(lines.slice(0, count)))
      const run = foldJournal(journal, { live: true }).run as AgentRun
      const { summary, facts } = describeRun(
        { ...run, steps: run.steps.slice(0, journal.leaves.length) },
        { live: true },
      )
      const [listed] = (await client.send('GET', '/runs')).json.runs
      expect(listed).toEqual({ ...summary, received_at: listed.received_at })
      const filterable = facts.filter(
        ({ kind, value }) =>
          !['benchmark_id', 'repository', 'baseline', 'record_hash'].includes(kind) && value !== 'event',
      )
      for (const { kind, value } of filterable) {
        const found = await client.send('GET', `/runs?${kind}=${encodeURIComponent(value)}`)
        expect(found.json?.runs?.length, `${kind}=${value} after line ${count}`).toBe(1)
      }
      const gone = await client.send('GET', `/runs?status=${summary.status === 'running' ? 'completed' : 'running'}`)
      expect(gone.json.runs).toEqual([])
    }
  })

  it('is verified with its journal and the statements about it', async () => {
    const { record, lines } = await recordRun()
    const client = await startClient()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    const verdict = (await client.send('GET', `/runs/${record.id}/verify`)).json
    expect(verdict.checks.find(({ check }: { check: string }) => check === 'journal').result).toBe('pass')
    expect(verdict.level).toBe(verify(record, { journal: bodyOf(lines) }).level)
  })
})

describe('lines that the server has', () => {
  it('are skipped: the same request again is answered as before', async () => {
    const client = await startClient()
    const lines = exampleLines()
    const once = await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 6)))
    const again = await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 6)))
    expect([again.status, again.json]).toEqual([200, once.json])
    const overlapping = await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(3)))
    expect(overlapping.status).toBe(200)
    const sealed = await client.send('POST', '/runs/run_2300/events', bodyOf(lines))
    expect([sealed.status, sealed.json]).toEqual([200, overlapping.json])
    expect((await client.send('GET', '/runs/run_2300/events')).text).toBe(bodyOf(lines))
  })

  it('are skipped also where a private line comes alone', async () => {
    const client = await startClient()
    const lines = exampleLines()
    for (const line of lines) {
      await client.send('POST', '/runs/run_2300/events', `${line}\n`)
      expect((await client.send('POST', '/runs/run_2300/events', `${line}\n`)).status).toBe(200)
    }
    expect((await client.send('GET', '/runs/run_2300/events')).text).toBe(bodyOf(lines))
  })

  it('are not skipped with other octets', async () => {
    const client = await startClient()
    const lines = exampleLines()
    await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 3)))
    const other = await client.send('POST', '/runs/run_2300/events', `${lines[1]?.replace('succeeded', 'failed')}\n`)
    expect([other.status, other.json.code]).toEqual([409, 'journal.fork'])
    const journal = readJournal(bodyOf(lines.slice(0, 3)))
    expect(other.json.expected).toEqual({ seq: 3, head: journal.lines[2]?.digest })
  })

  it('are read from a seq on', async () => {
    const client = await startClient()
    const lines = exampleLines()
    await client.send('POST', '/runs/run_2300/events', bodyOf(lines))
    const after = async (seq: string) => (await client.send('GET', `/runs/run_2300/events?after=${seq}`)).text
    expect(await after('0')).toBe(bodyOf(lines.slice(1)))
    expect(await after('2')).toBe(bodyOf(lines.slice(3)))
    expect(await after('10')).toBe('')
    expect(await after('11')).toBe('')
    expect((await client.send('GET', '/runs/run_2300/events?after=x')).json.code).toBe('query.invalid_value')
  })
})

describe('lines that do not fit', () => {
  it.each([
    ['a gap', (lines: readonly string[]) => [lines[0], lines[2]], 409, 'journal.fork'],
    ['a beginning in the middle', (lines: readonly string[]) => [lines[1]], 409, 'journal.fork'],
    ['JSON that is none', (lines: readonly string[]) => [lines[0], '{'], 422, 'journal.invalid'],
    ['an empty line', (lines: readonly string[]) => [lines[0], ''], 422, 'journal.invalid'],
    [
      'a head with another signature',
      (lines: readonly string[]) => [...lines.slice(0, 7), lines[7]?.replace(/"signature":"./, '"signature":"z')],
      422,
      'journal.invalid',
    ],
    ['a private line of nothing', (lines: readonly string[]) => [lines[0], lines[3]], 422, 'journal.invalid'],
    ['a private line alone', (lines: readonly string[]) => [lines[3]], 422, 'journal.invalid'],
  ])('%s', async (_name, choose, status, code) => {
    const client = await startClient()
    const answer = await client.send('POST', '/runs/run_2300/events', bodyOf(choose(exampleLines()) as string[]))
    expect([answer.status, answer.json.code]).toEqual([status, code])
    expect((await client.send('GET', '/runs/run_2300')).status).toBe(404)
  })

  it('are refused all together', async () => {
    const client = await startClient()
    const lines = exampleLines()
    await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 2)))
    const answer = await client.send('POST', '/runs/run_2300/events', bodyOf([...lines.slice(2, 5), '{}']))
    expect([answer.status, answer.json.errors[0].code]).toEqual([422, 'journal.line'])
    expect((await client.send('GET', '/runs/run_2300/events')).text).toBe(bodyOf(lines.slice(0, 2)))
  })

  it('say what is missing at their beginning', async () => {
    const client = await startClient()
    const started = JSON.parse(exampleLines()[0] as string)
    const said = async (change: (data: Record<string, never>) => void): Promise<unknown> => {
      const line = structuredClone(started)
      change(line.data)
      const answer = await client.send('POST', '/runs/run_2300/events', bodyOf([JSON.stringify(line)]))
      const [{ code, pointer, message }] = answer.json.errors
      return [answer.status, code, pointer, message]
    }
    const drop = (name: string) => (data: Record<string, unknown>) => void Reflect.deleteProperty(data, name)
    expect(await said((data) => drop('nonce')(data['provenance'] as never))).toEqual([
      ...[422, 'journal.start', '/0/data/provenance/nonce', 'found no nonce, expected one'],
    ])
    expect(await said(drop('agent_id'))).toEqual([
      ...[422, 'journal.start', '/0/data/agent_id', 'found no agent_id, expected one'],
    ])
  })

  it('are none of a run that was posted whole', async () => {
    const client = await startClient()
    await client.send('POST', '/runs', fold(exampleLines()))
    const events = await client.send('GET', '/runs/run_2300/events')
    expect([events.status, events.text]).toEqual([200, ''])
  })

  it('are refused for another run, for one posted whole, and after the seal', async () => {
    const client = await startClient()
    const lines = exampleLines()
    const other = await client.send('POST', '/runs/other/events', bodyOf(lines.slice(0, 2)))
    expect([other.status, other.json.code]).toEqual([422, 'journal.invalid'])
    const record = fold(lines)
    await client.send('POST', '/runs', record)
    const whole = await client.send('POST', '/runs/run_2300/events', bodyOf(lines))
    expect([whole.status, whole.json.code]).toEqual([409, 'run.exists'])
    const second = await startClient()
    await second.send('POST', '/runs/run_2300/events', bodyOf(lines))
    const late = JSON.stringify({
      seq: 11,
      prev: readJournal(bodyOf(lines)).lines[10]?.digest,
      at: '2026-11-20T16:00:00Z',
      type: 'run.paused',
      data: {},
    })
    const after = await second.send('POST', '/runs/run_2300/events', `${late}\n`)
    expect([after.status, after.json.code]).toEqual([409, 'run.sealed'])
  })

  it('are refused where the seal does not fit the fold', async () => {
    const client = await startClient()
    const lines = exampleLines()
    const sealed = JSON.parse(lines.at(-1) as string)
    sealed.data.agent_version = '9'
    const answer = await client.send(
      'POST',
      '/runs/run_2300/events',
      bodyOf([...lines.slice(0, -1), JSON.stringify(sealed)]),
    )
    expect([answer.status, answer.json.code, answer.json.errors[0].pointer]).toEqual([
      422,
      'journal.fold',
      '/agent_version',
    ])
    expect((await client.send('GET', '/runs/run_2300')).status).toBe(404)
  })

  it.each([
    ['record_hash', `sha256:${'cd'.repeat(32)}`],
    ['signature', `${'A'.repeat(86)}==`],
    ['signature', undefined],
    ['signed_by', signer(8).did],
    ['sealed_at', '2026-11-20T15:01:18Z'],
  ])(
    'are refused where the seal has a wrong or no %s, and a right one is taken afterwards (AR-HTTP-086)',
    async (member, value) => {
      const client = await startClient()
      const lines = exampleLines()
      const path = '/runs/run_2300/events'
      expect((await client.send('POST', path, bodyOf(lines.slice(0, -1)))).status).toBe(200)
      const sealed = JSON.parse(lines.at(-1) as string)
      expect(sealed.data.provenance[member]).toBeDefined()
      sealed.data.provenance[member] = value
      const refused = await client.send('POST', path, `${JSON.stringify(sealed)}\n`)
      expect([refused.status, refused.json.code]).toEqual([422, 'journal.fold'])
      expect((await client.send('GET', '/runs/run_2300/provenance')).json.statements).toEqual([])
      const taken = await client.send('POST', path, `${lines.at(-1)}\n`)
      expect([taken.status, taken.json.received.kind]).toEqual([200, 'countersignature'])
    },
  )

  it('are refused where the journal, or the record that it gives, becomes too long', async () => {
    const send = async (limit: number) => {
      const client = await startClient({ limits: { body_octets: limit } })
      const answers = []
      for (const line of exampleLines()) answers.push(await client.send('POST', '/runs/run_2300/events', `${line}\n`))
      return answers
    }
    const long = (await send(1000)).find(({ status }) => status !== 200)
    expect([long?.status, long?.json.code, long?.json.limit]).toEqual([413, 'body.too_large', 4000])
    const answers = await send(2400)
    expect(answers.slice(0, -1).every(({ status }) => status === 200)).toBe(true)
    expect(answers.at(-1)?.json).toMatchObject({ status: 413, code: 'body.too_large', limit: 2400 })
  })

  it('are refused where a line is too long', async () => {
    const lines = exampleLines()
    const small = await startClient({ limits: { line_octets: 400 } })
    expect((await small.send('POST', '/runs/run_2300/events', bodyOf(lines))).json).toMatchObject({
      status: 413,
      limit: 400,
    })
  })

  it('take part in a race of which one wins', async () => {
    const client = await startClient()
    const lines = exampleLines()
    await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 2)))
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(2, 8)))),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await client.send('GET', '/runs/run_2300/events')).text).toBe(bodyOf(lines.slice(0, 8)))
  })
})

describe('steps', () => {
  it('are paged in their order, of a live and of a finished run, and only final ones', async () => {
    const { record, lines } = await recordRun()
    const client = await startClient()
    const cut = lines.findIndex((line) => line.includes('"step.ended"')) + 3
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines.slice(0, cut)))
    const live = await client.send('GET', `/runs/${record.id}/steps?limit=1`)
    expect(live.json.steps).toEqual(record.steps.slice(0, 1))
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines.slice(cut)))
    const steps: unknown[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page = await client.send('GET', `/runs/${record.id}/steps?limit=2${next && `&cursor=${next}`}`)
      steps.push(...page.json.steps)
      next = page.json.next
    }
    expect(steps).toEqual(record.steps)
    expect((await client.send('GET', `/runs/${record.id}/steps?cursor=abc`)).json.code).toBe('query.cursor')
  })
})
