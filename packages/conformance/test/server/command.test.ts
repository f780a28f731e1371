import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { createDatabase } from '../../../server/test/postgres/database.mjs'
import type { Report } from '../../src/suite/index.ts'
import { callConformance, conformance, emptyFolder, keysInEnvironment } from '../command.ts'
import { type Listening, startReference } from '../subjects/reference.ts'

const using = async <T>(server: Listening, act: (server: Listening) => Promise<T>): Promise<T> => {
  try {
    return await act(server)
  } finally {
    await server.stop()
  }
}

/** Every case, or those that are named, against a server that has to keep all of it. */
const passes = async (server: Listening, ...only: readonly string[]): Promise<Report> => {
  const file = join(emptyFolder(), 'report.json')
  const chosen = only.flatMap((pattern) => ['--only', pattern])
  const args = ['server', '--url', server.url, '--level', 'full', '--seed', 'a-seed', '--report', file, ...chosen]
  const { code, stdout, stderr } = await conformance(args, { env: keysInEnvironment(server.keys) })
  expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' })
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  expect(report).toMatchObject({ verdict: 'pass', role: 'server', level: 'full', seed: 'a-seed', profile: '1.0' })
  expect(report.subject).toMatchObject({ name: 'agent-run-server', address: server.url })
  const kept = ['pass', 'not_applicable']
  expect(report.requirements.filter(({ status, strength }) => !kept.includes(status) && strength === 'MUST')).toEqual(
    [],
  )
  expect(report.cases.filter(({ status }) => status === 'fail')).toEqual([])
  return report
}

describe('the reference server passes everything', () => {
  it('on SQLite, although it limits its clients', async () => {
    const place = `sqlite:${join(emptyFolder(), 'runs.db')}`
    await using(await startReference({ place, rate: { requests: 400, seconds: 2 } }), (server) => passes(server))
  })

  it('also in saying when to come back', async () => {
    const server = await startReference({ rate: { requests: 100, seconds: 60 } })
    const args = ['server', '--url', server.url, '--only', 'AR-HTTP-013', '--format', 'json']
    await using(server, async () => {
      const { code, stdout } = await callConformance(args, { env: keysInEnvironment(server.keys) })
      expect([code, (JSON.parse(stdout) as Report).counts.pass]).toEqual([0, 1])
    })
  })

  it('without a key of its own, in all that a key has a part in', async () => {
    const report = await using(await startReference({ serverKey: false }), (server) =>
      passes(server, 'http/discovery', 'http/erasure', 'http/eval', 'http/journal', 'http/proofs', 'http/verify'),
    )
    const notAbout = report.cases.filter(({ status }) => status === 'not_applicable')
    expect(new Set(notAbout.flatMap(({ messages }) => messages))).toEqual(
      new Set(['is about servers with a key of their own']),
    )
  })

  it.skipIf(!tool('postgres'))('on PostgreSQL', async () => {
    const database = await createDatabase()
    try {
      await using(await startReference({ place: database.url }), (server) => passes(server))
    } finally {
      await database.drop()
    }
  })
})

describe('agent-run-conformance server', () => {
  const reference = startReference()
  const run = async (args: readonly string[], keys?: Listening['keys']) => {
    const server = await reference
    return callConformance(['server', '--url', server.url, ...args], { env: keysInEnvironment(keys ?? server.keys) })
  }

  it('plays what is selected, and says no more than that', async () => {
    const { code, stdout } = await run(['--only', 'AR-HTTP-026', '--only', 'http/health/*', '--format', 'json'])
    const report = JSON.parse(stdout) as Report
    expect(code).toBe(0)
    expect(report.only).toEqual(['AR-HTTP-026', 'http/health/*'])
    expect(report.requirements.map(({ requirement }) => requirement)).toContain('AR-HTTP-026')
    expect(report.requirements.length).toBeLessThan(6)
    expect(
      report.cases.every(({ id, requirement }) => id.startsWith('http/health/') || requirement === 'AR-HTTP-026'),
    ).toBe(true)
  })

  it('asks for no more than the level, and for all of it', async () => {
    const only = ['--only', 'http/batch/batch_bad_line_hidden', '--only', 'http/health', '--format', 'json']
    const core = JSON.parse((await run([...only, '--level', 'core'])).stdout) as Report
    expect(core.verdict).toBe('pass')
    expect(core.cases.find(({ capability }) => capability === 'batch')).toMatchObject({
      status: 'not_applicable',
      messages: ['batch is not asked for'],
    })
    const full = JSON.parse((await run([...only, '--level', 'full'])).stdout) as Report
    expect(full.cases.find(({ capability }) => capability === 'batch')?.status).toBe('pass')
  })

  it('ends with 2 where keys are missing that scored sentences need', async () => {
    const { main } = (await reference).keys
    const { code, stdout } = await run(['--only', 'AR-HTTP-014'], { main: main ?? '' })
    expect(code).toBe(2)
    expect(stdout).toContain('no key of the role other was given')
  })

  it('takes keys from a file, and from options before the environment', async () => {
    const { keys, url } = await reference
    const file = join(emptyFolder(), 'keys.json')
    writeFileSync(file, JSON.stringify(keys))
    const args = ['server', '--url', url, '--only', 'http/tenants/tenant_reads']
    expect((await callConformance([...args, '--keys', file])).code).toBe(0)
    const wrong = await run(['--only', 'http/tenants/tenant_reads', '--key', 'not-a-key'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/refuses the key of the role main \(401\)/)
  })

  it('asks for a key where the server does', async () => {
    const { url } = await reference
    const { code, stderr } = await callConformance(['server'], { env: { AGENT_RUN_SERVER_URL: url } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^agent-run-conformance: the server asks for a key; .*AGENT_RUN_KEY/)
  })

  it('holds what comes out against a list of known failures, and writes one', async () => {
    const folder = emptyFolder()
    const file = join(folder, 'known.txt')
    writeFileSync(file, 'http/keys/key_reader_refused  # passes by now\n')
    const rotten = await run(['--only', 'AR-HTTP-008', '--baseline', file, '--format', 'json'])
    expect(rotten.code).toBe(1)
    expect((JSON.parse(rotten.stdout) as Report).baseline?.problems).toEqual([
      'http/keys/key_reader_refused is listed as a failure and passes; take it off the list',
    ])
    const { main } = (await reference).keys
    const written = join(folder, 'written.txt')
    const only = ['--only', 'AR-HTTP-008', '--only', 'AR-HTTP-009']
    expect((await run([...only, '--write-baseline', written], { main: main ?? '' })).code).toBe(2)
    expect((await run([...only, '--baseline', written], { main: main ?? '' })).code).toBe(0)
    expect((await run([...only, '--baseline', written])).code).toBe(1)
  })

  it('ends in time, and says what it did not get to', async () => {
    const { code, stdout } = await run(['--timeout', '0.001', '--format', 'json'])
    const report = JSON.parse(stdout) as Report
    expect(code).toBe(2)
    expect(new Set(report.cases.flatMap(({ messages }) => messages))).toContain('the time for the whole run is over')
  })

  it('annotates and summarizes on GitHub Actions', async () => {
    const summary = join(emptyFolder(), 'summary.md')
    const { url, keys } = await reference
    const env = {
      ...keysInEnvironment({ main: keys.main ?? '' }),
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    }
    const file = join(emptyFolder(), 'known.txt')
    writeFileSync(file, 'http/post/exists_overwritten\n')
    const args = ['server', '--url', url, '--only', 'AR-HTTP-026', '--baseline', file]
    const { code, stderr } = await callConformance(args, { env })
    expect(code).toBe(1)
    expect(stderr).toBe(
      '::error title=baseline::http/post/exists_overwritten is listed as a failure and passes; take it off the list\n',
    )
    expect(readFileSync(summary, 'utf8')).toContain('is listed as a failure and passes')
  })

  it('says why, if nothing that was selected applies', async () => {
    const { url, keys } = await reference
    const args = ['server', '--url', url, '--level', 'core', '--only', 'AR-HTTP-130']
    const { code, stdout, stderr } = await callConformance(args, { env: keysInEnvironment({ main: keys.main ?? '' }) })
    expect(code).toBe(2)
    expect(stdout).toContain('could not be tested')
    expect(stderr).toBe('note: no case was played: erasure is not asked for\n')
  })

  it('lists cases without a server', async () => {
    const { code, stdout, stderr } = await callConformance(['server', '--list', '--only', 'http/code'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(20)
    for (const line of lines) expect(line).toMatch(/^http\/code\/[a-z_]+ {2}AR-HTTP-\d{3} {2}\S/)
  })
})
