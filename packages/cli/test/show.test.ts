import { createHash } from 'node:crypto'
import { displayWidth } from '@agent-run/core/text'
import { describe, expect, it } from 'vitest'
import { between, moment, span } from '../src/receipt/moment.ts'
import { show } from './binary.ts'
import { releaseRun, smallRun } from './records.ts'

const rows = (text: string, start: string): string[] => {
  const all = text.split('\n')
  const from = all.findIndex((row) => row.startsWith(start))
  const rest = all.slice(from + 1)
  return [
    all[from] ?? '',
    ...rest.slice(
      0,
      rest.findIndex((row) => row === '' || !row.startsWith(' ')),
    ),
  ]
}

describe('the receipt', () => {
  it('names what happened, who allowed it, what it cost, how to undo it, and what is checked', async () => {
    expect(await show(releaseRun())).toEqual({
      code: 0,
      stderr: '',
      stdout: `✗ failed   release-bot 2.3.1 · claude-sonnet-4-5 · turn t-8 (manual)
  2026-11-20 14:02:18 → 14:09:03 UTC (6 m 45 s) · 7 steps · $0.42 reported
  stopped at step 7: Bash "npm publish", exit 1 (permission_denied)
  error: tool_failed
  asked     “Publish the beta, please.”
  answered  “Publishing failed: the registry refused the token.”
  run run-8

Changed                                      allowed by
  write           src/index.ts (2×)          not required (policy repo-write v4)
  write           CHANGELOG.md               not required (policy repo-write v4)
  deploy package  npm publish        exit 1  the release manager, 14:08:12, waited 48 s, "ok for
                                             beta"

Ran                               allowed by
  npm test     exit 0             – not recorded
  rm -rf dist  denied, never ran  denied by guard no-rm

Went wrong          step 6  denied, never ran  Bash "rm -rf dist"
                    step 7  exit 1  Bash "npm publish" – permission_denied: E403
Asked and answered  requested by agent release-bot: Bash "npm publish", 2026-11-20 14:07:24 UTC
                    approved by the release manager: Bash "npm publish", 2026-11-20 14:08:12 UTC
                      "ok for beta"
                    block by guard no-rm: Bash "rm -rf dist" (blocked)  "recursive delete"
                    3 calls needed no approval · 1 call denied · 1 call approved · 1 call without a
                      word about approval
Given               https://git.example.org/acme/widget · /home/ci/widget · branch main · commit
                      4c1e9f20aa11 · clean
                    approval mode ask · sandbox container · network limited · policies repo-write 4,
                      no-rm 2
                    3 tools: Bash, read_file, write_file
                    2 MCP servers: github 1.4.0, filesystem 0.6.2
Artifacts           dist/pkg.tgz  created  48 kB  sha256:9f2c9f2c9f2c…  from step 5
Evidence            test: npm test, 214 tests  pass
                    to be compared with run run-2291
Cost                in 412 k (388 k from cache), out 9.1 k tokens · $0.42 reported
Undo                rollback: available – git reset --hard 4c1e9f20 (release team)
                    retry: available
                    checkpoint before the run: git commit 4c1e9f20
                    cannot be undone: npm publish

Proof               ✓ schema   ✓ semantic rules   ✓ run_hash recomputed   – no step tree
                    – not sealed   – not signed   ? approvals only claimed
                    Checked here, offline. Nothing seals this record: whoever had it could have
                    changed it.
                    Who approved or denied is what the record claims: nobody you named as trusted
                    has signed it.
`,
    })
  })

  it.each([60, 80, 100, 133, 200])('fits into %i columns', async (columns) => {
    const { stdout } = await show(releaseRun({ input_preview: '日本語のテキスト '.repeat(40) }), [], {
      COLUMNS: String(columns),
    })
    for (const row of stdout.split('\n')) expect(displayWidth(row)).toBeLessThanOrEqual(columns)
    for (const name of ['src/index.ts', 'CHANGELOG.md', 'npm publish', 'rm -rf dist', 'dist/pkg.tgz'])
      expect(stdout).toContain(name)
    expect(stdout.replace(/\s+/g, ' ')).toContain('rm -rf dist denied, never ran denied by guard no-rm')
  })

  it('says in one line what nobody recorded', async () => {
    const { stdout } = await show(
      smallRun({
        outcome: undefined,
        ended_at: null,
        model: undefined,
        cost: { input_tokens: null, output_tokens: null },
      }),
    )
    expect(stdout).toContain('✓ completed   release-bot 2.3.1 · model not recorded\n')
    expect(stdout).toContain(
      '  2026-11-20 14:02:18 UTC → end not recorded (duration not recorded) · 1 step · tokens unknown\n',
    )
    expect(rows(stdout, 'Changed')).toEqual(['Changed             nothing that is recorded'])
    expect(rows(stdout, 'Cost')).toEqual(['Cost                tokens unknown · price not recorded'])
    expect(rows(stdout, 'Not recorded')).toEqual([
      'Not recorded        outcome, tools on offer, sandbox and network, evidence, price, how to undo it',
    ])
  })

  it('says of a seal and a signature that they are wrong', async () => {
    const hash = `sha256:${'a'.repeat(64)}`
    const provenance = {
      run_hash: '0'.repeat(64),
      nonce: 'ab'.repeat(16),
      steps_count: 1,
      steps_root: hash,
      sealed_at: '2026-11-20T14:03:00Z',
      record_hash: hash,
      signed_by: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
      signature: `${'A'.repeat(85)}A==`,
    }
    const { stdout } = await show(smallRun({ provenance }))
    const proof = rows(stdout, 'Proof').join('\n').replace(/\s+/g, ' ')
    expect(proof).toContain('✗ these are not the steps that were sealed, or not in this order')
    expect(proof).toContain('✗ the record is not what was sealed')
    expect(proof).toContain('✗ the signature is not by that key over this record')
    expect(proof).toContain('This is not what was sealed: agent-run verify says where.')
    expect(proof).not.toMatch(/✓ (\d+ steps|record|signature|signed)/)
  })

  it('recomputes run_hash, and says what it cannot recompute', async () => {
    const proof = async (changes: object): Promise<string> =>
      rows((await show({ ...smallRun(), ...changes })).stdout, 'Proof').join(' ')
    expect(await proof({})).toContain('✓ run_hash recomputed')
    expect(await proof({ trigger: 'cron' })).toContain('✗ run_hash does not match the configuration')
    expect(await proof({ provenance: { run_hash: 'short' } })).toContain(
      '? run_hash is not of the form that can be recomputed',
    )
    const legacy = createHash('sha256').update('release-bot||[]||').digest('hex')
    const old = { spec_version: undefined, agent_id: 'release-bot', model: undefined, trigger: undefined }
    const of01 = (run_hash: string): object => ({ ...old, tools_available: [], provenance: { run_hash } })
    expect(await proof(of01(legacy))).toContain('? run_hash of 0.1, which proves nothing')
    expect(await proof(of01('a'.repeat(64)))).toContain('✗ run_hash does not match the configuration')
    expect((await show({ ...smallRun(), trigger: 'cron' })).code).toBe(1)
  })

  it('says plainly that a record was converted', async () => {
    const source = {
      format: 'claude-code',
      format_version: '2.1.38',
      adapter: 'some-adapter',
      adapter_version: '0.9.0',
      digest: `sha256:${'ab'.repeat(32)}`,
      range: { unit: 'lines', first: 4, last: 69 },
      times: 'mixed',
    }
    const proof = rows((await show(smallRun({ source }))).stdout, 'Proof')
      .join(' ')
      .replace(/\s+/g, ' ')
    expect(proof).toContain(
      'Converted from claude-code 2.1.38 by some-adapter 0.9.0 (lines 4–69 of sha256:abababababab…); times partly inferred. Approvals and effects are as good as that source.',
    )
  })

  it('leaves the column out where nothing is known about approval, and marks what is inferred', async () => {
    const step = { id: 'w', type: 'tool_call', status: 'succeeded', started_at: null, tool_name: 'Write' }
    const effects = [{ kind: 'write', target: 'a.txt', basis: 'inferred' }]
    const silent = await show(smallRun({ steps: [{ ...step, side_effects: effects }] }))
    expect(rows(silent.stdout, 'Changed')).toEqual([
      'Changed  (inferred from the calls; what allowed it is not recorded)',
      '  write  a.txt',
    ])
    const inferred = await show(
      smallRun({
        steps: [
          { ...step, side_effects: effects, approval: { state: 'auto_approved', policy_id: 'p', basis: 'inferred' } },
        ],
      }),
    )
    expect(rows(inferred.stdout, 'Changed')).toEqual([
      'Changed  (inferred from the calls)  allowed by',
      '  write  a.txt                      policy p (inferred)',
    ])
  })

  it('shows grants, expired and unanswered requests, questions, delegations and reads', async () => {
    const call = (id: string, target: string, more: object): object => ({
      id,
      type: 'tool_call',
      status: 'succeeded',
      started_at: null,
      tool_name: 'Write',
      tool_call_id: `c-${id}`,
      side_effects: [{ kind: 'write', target }],
      ...more,
    })
    const { stdout } = await show(
      smallRun({
        steps: [
          call('g', 'granted.txt', { approval: { state: 'auto_approved', approval_id: 'g1' } }),
          call('e', 'expired.txt', {
            status: 'cancelled',
            side_effects: [{ kind: 'write', target: 'expired.txt', basis: 'declared' }],
            approval: { state: 'expired', approval_id: 'g2' },
          }),
          call('u', 'open.txt', { status: 'pending', approval: { state: 'requested', approval_id: 'g3' } }),
          call('r', 'x', { side_effects: [{ kind: 'read', target: 'secret.env' }], tool_name: 'Read' }),
          call('r2', 'x', { side_effects: [{ kind: 'read', target: 'secret.env' }], tool_name: 'Read' }),
          call('n', 'x', { side_effects: [{ kind: 'none' }], tool_name: 'Think' }),
          { id: 'o', type: 'tool_call', status: 'succeeded', started_at: null, tool_name: 'Oracle' },
          {
            id: 'q',
            type: 'input_request',
            status: 'succeeded',
            started_at: null,
            input_preview: '{"questions":[{"question":"Which \\"one\\"?"',
            output_preview: 'the first',
          },
          {
            id: 'h',
            type: 'handoff',
            status: 'succeeded',
            started_at: null,
            agent_id: 'reviewer',
            delegation_id: 'd1',
          },
          {
            id: 'hr',
            type: 'handoff_result',
            status: 'failed',
            started_at: null,
            agent_id: 'reviewer',
            delegation_id: 'd1',
            child_run_id: 'run-2',
          },
        ],
        approvals: [
          {
            approval_id: 'g1',
            event: 'approved',
            at: '2026-11-20T14:00:00Z',
            actor: { kind: 'human' },
            grant: { scope: 'session', tool_name: 'Write' },
          },
          { approval_id: 'g2', event: 'expired', at: '2026-11-20T14:02:20Z' },
          { approval_id: 'g3', event: 'requested', at: '2026-11-20T14:02:21Z' },
        ],
      }),
    )
    expect(rows(stdout, 'Changed')).toEqual([
      'Changed                          allowed by',
      '  write  granted.txt             grant g1 (session)',
      '  write  expired.txt  cancelled  expired',
      '  write  open.txt     pending    asked, no answer recorded',
    ])
    expect(rows(stdout, 'Read')).toEqual(['Read                secret.env (2×)'])
    expect(rows(stdout, 'Also called')).toEqual(['Also called         Oracle – effects not recorded'])
    expect(stdout).toContain('asked "Which "one"?" → "the first"\n')
    expect(rows(stdout, 'Handed over')).toEqual(['Handed over         to reviewer, run run-2 – failed'])
  })

  it('shows a record of 0.1 as the server of then returned it', async () => {
    const nulls = Object.fromEntries(
      [
        'agent_name',
        'error',
        'eval',
        'git_branch',
        'git_commit',
        'model',
        'outcome',
        'parent_run_id',
        'runtime',
        'trigger',
        'duration_ms',
      ].map((name) => [name, null]),
    )
    const { eval: _, ...members } = nulls
    const { code, stdout } = await show({
      id: 'b3f0b1f2-0000-4000-8000-000000000000',
      agent_id: 'my-agent',
      status: 'completed',
      started_at: '2025-01-01T00:00:00Z',
      ended_at: '2025-01-01T00:01:00Z',
      steps: [
        {
          id: '1',
          type: 'tool_call',
          started_at: '2025-01-01T00:00:01Z',
          tool_name: 'search',
          success: false,
          tokens_used: 12,
          output_preview: null,
        },
      ],
      cost: { input_tokens: 100, output_tokens: 50, cost_usd: 0.001 },
      provenance: {
        run_hash: createHash('sha256').update('my-agent||[]||').digest('hex'),
        signature: null,
      },
      tags: [],
      ...members,
    })
    expect(code).toBe(0)
    expect(stdout).toContain('✓ completed   my-agent · model not recorded\n')
    expect(stdout).toContain('(1 m 00 s) · 1 step · $0.0010\n')
    expect(rows(stdout, 'Went wrong')).toEqual(['Went wrong          step 1  failed  search'])
    expect(stdout).toContain('– not signed')
  })
})

it('times are said once where they are the same', () => {
  expect(span('2026-11-20T14:02:18.500Z', '2026-11-20T14:09:03Z')).toBe('2026-11-20 14:02:18 → 14:09:03 UTC')
  expect(span('2026-11-20T23:02:18+01:00', '2026-11-21T00:09:03+01:00')).toBe(
    '2026-11-20 23:02:18 → 2026-11-21 00:09:03 UTC+01:00',
  )
  expect(span('2026-11-20T14:02:18Z', '2026-11-20T16:09:03+02:00')).toBe(
    '2026-11-20 14:02:18 UTC → 2026-11-20 16:09:03 UTC+02:00',
  )
  expect(moment('yesterday')).toBe('yesterday')
  expect(between('2026-11-20T14:02:18Z', '2026-11-20T14:02:17Z')).toBe(undefined)
  expect(between('yesterday', '2026-11-20T14:02:17Z')).toBe(undefined)
})
