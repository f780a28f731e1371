import { verify } from '@agent-run/core'
import { displayWidth, styleOf } from '@agent-run/core/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../src/receipt/facts.ts'
import { isLoose } from '../src/receipt/loose.ts'
import { prettyReceipt } from '../src/receipt/pretty-receipt.ts'
import { agentRun, show } from './binary.ts'
import { releaseRun } from './records.ts'

describe('a record that is not in order', () => {
  it('is shown as far as it goes, its findings above', async () => {
    const { code, stdout } = await show(
      releaseRun({ status: 'sucess', started_at: 7, approvals: 'none', policies: [null, 3], cost: [] }),
    )
    expect(code).toBe(1)
    expect(stdout).toMatch(/^<stdin>:1:\d+ {2}error {2}schema\.enum {2}status: "sucess" is not one of/)
    expect(stdout).toContain('✗ sucess, outcome failed   release-bot 2.3.1')
    expect(stdout).toContain('  write           src/index.ts (2×)')
    expect(stdout).toMatch(/✗ schema: 6 errors/)
    expect(stdout).toContain('· semantic rules, not checked: the schema comes first')
  })

  it('is no reason to fail, whatever its members are', () => {
    const names = [...new Set(JSON.stringify(releaseRun()).match(/[a-z_]+(?=":)/g))]
    const value = fc.oneof(
      fc.constantFrom(null, true, -1, 1e308, 'x', '\u001b[2J', [], {}, [[]], [null], { kind: 'exec' }),
      fc.string({ unit: 'binary' }),
    )
    const path = fc.tuple(fc.constantFrom(...names), value)
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 8 }), (changes) => {
        const run = JSON.parse(JSON.stringify(releaseRun()), (key, old) => {
          const change = changes.find(([name]) => name === key)
          return change ? change[1] : old
        }) as unknown
        if (!isLoose(run)) return
        const facts = factsOf(run, verify(run))
        const text = prettyReceipt(facts, { style: styleOf(false), width: 80, all: false })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        for (const row of text.split('\n')) expect(displayWidth(row)).toBeLessThanOrEqual(80)
      }),
      { numRuns: 400, seed: 6 },
    )
  })

  it.each(['pretty', 'markdown'])('begins no line like a command to a build server (%s)', async (format) => {
    const command = '::stop-commands::tok'
    const run = releaseRun({ input_preview: command, error: `${'x'.repeat(70)} ${command}`, intent: command })
    for (const step of run.steps)
      step.side_effects = [
        { kind: command, target: command, basis: 'observed' },
        { kind: 'write', target: `${'y '.repeat(60)}${command}` },
      ]
    const { stdout, stderr } = await show(run, ['--format', format, '--all'])
    expect(stdout).toContain('stop-commands')
    expect(stdout + stderr).not.toMatch(/^\s*::/m)
    expect(stdout + stderr).not.toMatch(/##(vso|teamcity)?\[/)
  })

  it('that is no record at all is not shown, and ends with 2', async () => {
    const { code, stdout } = await show('{"name": "package"}')
    expect(code).toBe(2)
    expect(stdout).toMatch(/^<stdin>:1:1 {2}error {2}input\.no_record {2}found JSON of another kind; expected a record/)
    expect(stdout).not.toContain('Proof')
    expect(await show('nope')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^<stdin>:1:1 {2}error {2}json\.syntax/),
    })
    expect(await agentRun(['show', 'no-such-file.json'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: no-such-file.json: no such file or directory\n',
    })
  })

  it('cannot say anything to the terminal', async () => {
    const hostile = '\u001b]0;x\u0007\u001b[31mX\u202e\u009b2J\nY'
    const run = JSON.parse(JSON.stringify(releaseRun()), (key, value: unknown) =>
      typeof value === 'string' &&
      !['at', 'started_at', 'ended_at', 'spec_version', 'status', 'type', 'kind', 'state', 'event', 'verdict'].includes(
        key,
      ) &&
      !/^(digest|run_hash|id|.*_id|basis)$/.test(key)
        ? hostile
        : value,
    ) as object
    for (const format of ['pretty', 'markdown', 'json']) {
      const { stdout, stderr } = await show(run, ['--format', format])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
      expect(stdout.replaceAll('\\', '')).toContain('u001b[31mX')
    }
  })
})
