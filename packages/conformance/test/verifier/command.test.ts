import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callConformance, conformance } from '../command.ts'

const bad = join(import.meta.dirname, 'bad-harness.mjs')
const ours = join(import.meta.dirname, '../../../../examples/verifier/node/harness.mjs')
const digests = ['--only', 'vectors/hash/digest']

describe('agent-run-conformance verifier', () => {
  it('passes a harness that is right, named either way', async () => {
    const named = await conformance(['verifier', ...digests, '--command', `node '${bad}' right`])
    expect(named).toMatchObject({ code: 0, stderr: '' })
    const words = await conformance(['verifier', ...digests, '--', 'node', bad, 'right'])
    expect(words).toEqual(named)
  })

  it('reports what fails, with a line that shows it again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-verifier-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'report.json')
    const words = [
      'verifier',
      ...digests,
      '--only',
      'vectors/trust',
      '--report',
      file,
      '--',
      'node',
      bad,
      'wrong_type',
      '1',
    ]
    const { code, stdout, stderr } = await callConformance(words)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).not.toContain('\u001b')
    const report = JSON.parse(readFileSync(file, 'utf8'))
    expect(report).toMatchObject({
      role: 'verifier',
      verdict: 'fail',
      subject: {
        name: 'half good',
        version: '1',
        address: `node ${bad} wrong_type 1`,
        capabilities: ['recorded', 'sealed'],
      },
    })
    const failed = report.cases.filter(({ status }: { status: string }) => status === 'fail')
    expect(failed).toHaveLength(1)
    expect(failed[0].reproduce).toMatch(
      /^printf '%s\\n' '\{"id":1,"op":"hash\/digest","input":\{"input_hex":"[0-9a-f]*"\}\}' \| node \S+ wrong_type 1$/,
    )
  })

  it('shows the last of standard error of one that dies, harmless', async () => {
    const { code, stderr } = await callConformance(['verifier', ...digests, '--', 'node', bad, 'dies', '1'])
    expect(code).toBe(1)
    expect(stderr).toBe(
      'note: the harness ended with exit code 3\n  its standard error: \\u{1b}[31mout of luck\\u{1b}[0m \\u{202e}\n',
    )
  })

  it.each([
    ['says nothing', ['--start-timeout', '0.5', '--', 'node', bad, 'silent'], /did not describe itself within 0.5 s/],
    ['is none', ['--', '/no/such/harness'], /could not be started \(ENOENT\)/],
    ['says something else', ['--', 'node', '-e', 'console.log("hello")'], /not JSON/],
  ])('ends with 2 if the harness %s', async (_, words, message) => {
    const { code, stderr } = await callConformance(['verifier', ...digests, ...words])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  it('ends with 2 if it breaks down with several requests, although each alone is answered', async () => {
    const { code, stdout } = await callConformance(['verifier', ...digests, '--', 'node', bad, 'alone'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^verifier\/keeps_the_protocol: untestable: AR-\S+ the harness ended with exit code 9/)
    expect(stdout).toMatch(/verdict: untested/)
  })

  it.each([
    ['nothing to test', [], /there is nothing to test/],
    ['two of them', ['--command', 'a', '--', 'b'], /named twice/],
    ['a quote too few', ['--command', 'a "b'], /has a " that is not closed/],
    ['a case that is none', ['--only', 'vectors/made/up', '--', 'node', bad, 'right'], /there is no such case/],
    ['a level that is none', ['--level', 'gold', '--', 'node', bad, 'right'], /no level of a verifier/],
    ['no time at all', ['--answer-timeout', '0', '--', 'node', bad, 'right'], /number of seconds/],
  ])('ends with 2 for %s', async (_, words, message) => {
    const { code, stdout, stderr } = await callConformance(['verifier', ...words])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
  })

  it('says which level is needed for what --only names', async () => {
    const { code, stderr } = await callConformance(['verifier', '--only', 'vectors/trust', '--', 'node', bad, 'right'])
    expect([code, stderr]).toEqual([
      2,
      'note: what --only names is of the level accountable; --level accountable plays it\n',
    ])
  })

  it('lists the cases of a level', async () => {
    const { code, stdout, stderr } = await callConformance([
      'verifier',
      '--list',
      '--level',
      'recorded',
      '--only',
      'AR-BYTES-003',
    ])
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines).toContain('vectors/read/empty/no-bytes\tAR-BYTES-003\trecorded')
    expect(lines.every((line) => /^\S+\tAR-BYTES-003\trecorded$/.test(line))).toBe(true)
    expect(stderr).toBe(`${lines.length} cases: ${lines.length} recorded\n`)
    expect((await callConformance(['verifier', '--list'])).stdout.split('\n').length).toBeGreaterThan(2000)
  })

  it('lets variables through that are named', async () => {
    const program = `process.env.SECRET_OF_THE_TEST === 'shown' ? import(process.argv[1]) : process.exit(9)`
    const words = ['verifier', '--only', 'vectors/read/empty']
    const run = (env: readonly string[]) =>
      callConformance([...words, ...env, '--', 'node', '-e', program, ours], { env: { SECRET_OF_THE_TEST: 'shown' } })
    expect((await run([])).stderr).toContain('the harness ended with exit code 9')
    expect((await run(['--env', 'SECRET_OF_THE_TEST'])).code).toBe(0)
  })
})
