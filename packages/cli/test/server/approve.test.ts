// A person decides about a call of a running agent, through a server; the record shows who did.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askServer, type Client, createClient, createRecorder, type Recorder } from '@agent-run/sdk'
import { beforeAll, describe, expect, it } from 'vitest'
import { agentRun, folderWith, type Ran } from '../binary.ts'
import { startServer } from './server-process.ts'

let client: Client
let env: Record<string, string>
let cwd: string

beforeAll(async () => {
  const { url, key } = await startServer()
  client = createClient({ url, key })
  env = { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key }
  cwd = folderWith()
  for (const name of ['alice', 'ci'])
    writeFileSync(
      join(cwd, `${name}.json`),
      (
        await agentRun(
          [
            ...['keygen', '--no-passphrase', '--output', `${name}.key`, '--identity', `${name}@example.org`],
            ...['--role', name === 'ci' ? 'runtime' : 'approver'],
          ],
          { cwd },
        )
      ).stdout,
    )
})

const begin = (): Recorder =>
  createRecorder(
    { agent_id: 'release-bot', tools: [{ name: 'publish', input_schema: {} }] },
    {
      directory: folderWith(),
      server: client,
      live: true,
      ask: askServer(client, { every: 20 }),
      policy: () => ({ verdict: 'require_approval', request: { risk: 'high', expires_in_ms: 600_000 } }),
    },
  )

/** Id of the request that waits. */
const requestOf = async (run: Recorder): Promise<string> => {
  for (;;) {
    for await (const { approval_id, state } of client.approvals({ run_id: run.id }))
      if (state === 'requested') return approval_id
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const approve = (run: string, approval: string, ...more: string[]): Promise<Ran> =>
  agentRun(['approve', run, approval, '--key', 'alice.key', '--as', 'alice@example.org', ...more], { cwd, env })

describe('approve', () => {
  it('allows exactly the call that it shows, and the agent goes on', async () => {
    const run = begin()
    const done = run.toolCall({ tool_name: 'publish', arguments: { tag: 'beta' } }, () => 'published')
    const approval = await requestOf(run)
    const ids = [run.id, approval]
    const listed = await agentRun(['query', 'approvals', '--state', 'requested', '--format', 'pretty'], {
      cwd,
      env: { ...env, COLUMNS: '80' },
    })
    expect(listed.stdout).toContain('1 approval that waits for an answer')
    expect(listed.stdout).toMatch(/requested {2}publish {2}\{"tag":"beta"\}\n {2}release-bot · risk high · asked /)
    expect(listed.stdout).toContain(`  agent-run approve ${ids.join(' \\\n    ')} --key … --as …\n`)
    const { code, stdout, stderr } = await approve(run.id, approval, '--yes')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('  tool        publish\n')
    expect(stderr).toContain('  risk        high\n')
    expect(stderr).toContain('"tag":"beta"')
    expect(stderr).toMatch(/approved, signed with did:key:z6Mk\w+\n$/)
    expect(await done).toBe('published')
    const record = await run.end({ outcome: 'success' })
    expect(record.approvals?.map(({ event, actor }) => [event, actor?.kind])).toEqual([
      ['requested', 'agent'],
      ['approved', 'human'],
    ])
    expect(record.steps[0]?.approval?.state).toBe('approved')
    expect((await client.getRun(run.id)).provenance.run_hash).toBe(record.provenance.run_hash)
    const again = await approve(run.id, approval, '--deny', '--yes')
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('decided otherwise already: approved by alice@example.org (as recorded) at ')
  })

  it('denies, says why, and ends the run', async () => {
    const run = begin()
    const done = run.toolCall({ tool_name: 'publish', arguments: { tag: 'latest' } }, () => 'published')
    const refused = expect(done).rejects.toMatchObject({
      code: 'recorder.call_refused',
      reason: 'denied',
      stops_run: true,
    })
    const approval = await requestOf(run)
    expect((await approve(run.id, approval, '--deny', '--stop', '--reason', 'not on a Friday', '--yes')).code).toBe(0)
    await refused
    const { approvals } = await run.end()
    expect(approvals?.at(-1)).toMatchObject({
      event: 'denied',
      reason: 'not on a Friday',
      private_hash: expect.stringMatching(/^sha256:/),
    })
  })

  it('signs nothing without a yes, for nobody, and without a server', async () => {
    const run = begin()
    const done = run.toolCall({ tool_name: 'publish', arguments: {} }, () => 'published').catch(() => 'refused')
    const approval = await requestOf(run)
    expect(await approve(run.id, approval)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/agent-run: there is no terminal to ask on; say --yes if you mean it\n$/),
    })
    expect((await approve(run.id, 'approval-77', '--yes')).stderr).toContain('no request approval-77 is known of run')
    expect((await approve(run.id, approval, '--stop', '--yes')).stderr).toContain('--stop goes with --deny')
    const nowhere = ['approve', run.id, approval, '--key', 'alice.key', '--as', 'alice@example.org', '--yes']
    expect((await agentRun(nowhere, { cwd })).stderr).toContain('which server? give --server')
    const refused = await agentRun(nowhere, { cwd, env: { ...env, AGENT_RUN_KEY: 'ark_none' } })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('[key.refused]') })
    expect(refused.stderr).not.toContain('ark_none')
    run.abandon()
    await client.erase(run.id, 'record').catch(() => undefined)
    void done
  })
})
