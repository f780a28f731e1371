import { lexer, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { agentRun, folderWith, show } from './binary.ts'
import { releaseRun, smallRun } from './records.ts'

describe('several records', () => {
  const runs = ['first', 'second', 'third'].map((name, index) =>
    releaseRun({
      id: `run-${name}`,
      input_preview: `do the ${name} thing`,
      started_at: `2026-11-20T14:0${index}:00Z`,
      ...(index === 1 ? { parent_run_id: 'run-first' } : {}),
    }),
  )
  const ndjson = runs.map((run) => JSON.stringify(run)).join('\n')

  it('have an overview before their receipts', async () => {
    const { code, stdout } = await show(ndjson)
    expect(code).toBe(0)
    expect(
      stdout.split('\n').slice(0, 12).join('\n'),
    ).toBe(`3 runs · release-bot 2.3.1 · started 2026-11-20 14:00:00 → 14:02:00 UTC

  1 ✗ 14:00:00  9 m 03 s  failed  “do the first thing”
    run-firs              write src/index.ts (2×), CHANGELOG.md · deploy npm publish · exec npm
                          test, rm -rf dist · 2 went wrong
  2 ✗ 14:01:00  8 m 03 s  └ release-bot 2.3.1: failed  “do the second thing”
    run-seco              write src/index.ts (2×), CHANGELOG.md · deploy npm publish · exec npm
                          test, rm -rf dist · 2 went wrong
  3 ✗ 14:02:00  7 m 03 s  failed  “do the third thing”
    run-thir              write src/index.ts (2×), CHANGELOG.md · deploy npm publish · exec npm
                          test, rm -rf dist · 2 went wrong
`)
    expect(stdout.match(/^── \d of 3 ─+$/gm)).toHaveLength(3)
    expect(stdout.match(/^Proof/gm)).toHaveLength(3)
  })

  it('stand by session and day, in the order of their start, children below the run that started them', async () => {
    const at = (id: string, session_id: string, started_at: string, more: object = {}): string =>
      JSON.stringify(smallRun({ id, session_id, started_at, ended_at: null, input_preview: id, ...more }))
    const { stdout } = await show(
      [
        at('late-in-b', 'b', '2026-11-20T16:00:00Z'),
        at('child-of-a', 'other', '2026-11-20T15:30:00Z', { parent_run_id: 'first-in-a' }),
        at('first-in-a', 'a', '2026-11-20T14:00:00Z'),
        at('first-in-b', 'b', '2026-11-20T15:00:00Z'),
        at('next-day-b', 'b', '2026-11-21T09:00:00Z'),
        at('ring-1', 'c', '2026-11-20T15:00:00Z', { parent_run_id: 'ring-2' }),
        at('ring-2', 'c', '2026-11-20T15:00:00Z', { parent_run_id: 'ring-1' }),
      ].join('\n'),
    )
    const order = stdout.split('── 1 of 7')[0]?.match(/^2026-.*|^each .*|“.+”/gm)
    expect(order).toEqual([
      '2026-11-20 · session a',
      '“first-in-a”',
      '“child-of-a”',
      '2026-11-20 · session b',
      '“first-in-b”',
      '“late-in-b”',
      '2026-11-21 · session b',
      '“next-day-b”',
      'each names another as its parent',
      '“ring-1”',
      '“ring-2”',
    ])
    expect(stdout).toContain('└ release-bot 2.3.1: “child-of-a”')
  })

  it('are chosen from with --run, by id or by its beginning', async () => {
    const chosen = await show(ndjson, ['--run', 'run-s'])
    expect(chosen.code).toBe(0)
    expect(chosen.stdout).toContain('“do the second thing”')
    expect(chosen.stdout.match(/^Proof/gm)).toHaveLength(1)
    expect(await show(ndjson, ['--run', 'run-'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: 3 runs have an id that begins with "run-": run-first, run-second, run-third\n',
    })
    expect(await show(ndjson, ['--run', 'x\u001b'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: no run has an id that begins with "x\\u001b" (3 runs looked at)\n',
    })
  })

  it('are only listed if they are too many', async () => {
    const many = Array.from({ length: 21 }, (_, index) => JSON.stringify(smallRun({ id: `r${index}` }))).join('\n')
    const { stdout } = await show(many)
    expect(stdout).toMatch(/^21 runs · /)
    expect(stdout).not.toContain('Proof')
    expect(stdout.endsWith('\nA receipt of one of them: agent-run show … --run ID      of all: --all\n')).toBe(true)
    expect((await show(many, ['--all'])).stdout.match(/^Proof/gm)).toHaveLength(21)
  })

  it('are listed up to a number, the others counted', async () => {
    const many = Array.from({ length: 2005 }, (_, index) => JSON.stringify(smallRun({ id: `r${index}` }))).join('\n')
    const { stdout } = await show(many)
    expect(stdout).toMatch(/^2000 runs · /)
    expect(stdout).toContain('\n… and 5 more runs\n')
  })

  it('have their agents counted, not the versions of them', async () => {
    const of = (agents: readonly string[]): Promise<{ stdout: string }> =>
      show(
        agents
          .map((id, index) => JSON.stringify(smallRun({ id: `r${index}`, agent_id: id, agent_version: `${index}` })))
          .join('\n'),
      )
    expect((await of(['a', 'a', 'b', 'b', 'c'])).stdout).toMatch(/^5 runs · 3 agents · /)
    expect((await of(['a', 'b'])).stdout).toMatch(/^2 runs · a 0, b 1 · /)
  })

  it('say when the first and the last started, whatever order they stand in', async () => {
    const starts = ['2026-11-20T14:02:00Z', '2026-11-20T14:00:00Z', '2026-11-20T14:01:00Z']
    const text = starts.map((started_at, index) => JSON.stringify(smallRun({ id: `r${index}`, started_at }))).join('\n')
    expect((await show(text)).stdout).toContain('started 2026-11-20 14:00:00 → 14:02:00 UTC')
  })

  it('of which one is broken are shown with what is wrong in its place', async () => {
    const { code, stdout } = await show(`${JSON.stringify(runs[0])}\n{"id": \n${JSON.stringify(runs[2])}\n`)
    expect(code).toBe(1)
    expect(stdout).toMatch(/── 1 of 2 [\s\S]*<stdin>:2:8 {2}error {2}json\.syntax[\s\S]*── 2 of 2 /)
  })
})

describe('other formats', () => {
  it('markdown is read as tables, lists and a heading', async () => {
    const tokens = lexer(
      (await show(releaseRun({ input_preview: '# | *not* <b>markup</b>' }), ['--format', 'markdown'])).stdout,
    )
    const tables = tokens.filter((token): token is Tokens.Table => token.type === 'table')
    expect(tables.map(({ header }) => header.map(({ text }) => text))).toEqual([
      ['kind', 'target', 'result', 'allowed by'],
      ['target', 'result', 'allowed by'],
    ])
    expect(tables[0]?.rows.map((row) => row.map(({ text }) => text))).toContainEqual([
      'deploy package',
      'npm publish',
      'exit 1',
      'the release manager, 14:08:12, waited 48 s, "ok for beta"',
    ])
    expect(tokens.filter(({ type }) => type === 'heading')).toHaveLength(1)
    expect(JSON.stringify(tokens)).not.toMatch(/"type":"(em|html|link|codespan)"/)
  })

  it('json holds the facts', async () => {
    const { stdout } = await show(releaseRun(), ['--format', 'json'])
    const { receipts } = JSON.parse(stdout)
    expect(receipts).toHaveLength(1)
    expect(receipts[0].verdict).toMatchObject({ id: 'run-8', status: 'failed', tone: 'bad', durationMs: 405_000 })
    expect(receipts[0].effects.changes[0]).toMatchObject({ kind: 'write', target: 'src/index.ts', steps: [2, 4] })
    expect(
      receipts[0].proof.rungs.map(({ check, result }: { check: string; result: string }) => `${check} ${result}`),
    ).toEqual([
      'schema pass',
      'semantics pass',
      'run_hash pass',
      'steps absent',
      'record absent',
      'signature absent',
      'approvals unknown',
    ])
  })

  it('has colours only if asked for, and writes to a file', async () => {
    expect((await show(releaseRun())).stdout).not.toContain('\u001b')
    expect((await show(releaseRun(), ['--color'])).stdout).toContain('\u001b[31m\u001b[1m✗ failed')
    const cwd = folderWith({ 'run.json': releaseRun() })
    expect(await agentRun(['show', 'run.json', '-o', 'receipt.txt'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })
})
