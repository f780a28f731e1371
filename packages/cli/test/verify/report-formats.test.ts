// Every format says which record is not as asked, which check failed, where, what was expected and what was found, and
// is read by something that is not ours.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import { lexer, type Tokens } from 'marked'
import { SaxesParser } from 'saxes'
import { beforeAll, expect, it } from 'vitest'
import { agentRun, type Ran } from '../binary.ts'
import { plain } from '../markdown-cell.ts'
import { changed, finishedRun, folderWithKey, seal } from '../sealing/signed.ts'

let cwd = ''
let line = 0
let column = 0
beforeAll(async () => {
  cwd = await folderWithKey({ 'good.json': finishedRun({ id: 'good' }), 'bad run é.json': finishedRun({ id: 'bad' }) })
  await seal(cwd, 'good.json', '--in-place')
  await seal(cwd, 'bad run é.json', '--in-place')
  const text = changed(readFileSync(join(cwd, 'bad run é.json'), 'utf8'), '"exit_code": 1', '"exit_code": 0')
  writeFileSync(join(cwd, 'bad run é.json'), text)
  const rows = text.split('\n')
  line = rows.findIndex((row) => row.includes('"steps_root"')) + 1
  column = (rows[line - 1] as string).indexOf('"sha256:') + 1
})

const report = async (format: string, ...more: string[]): Promise<Ran> => {
  const ran = await agentRun(
    ['verify', 'good.json', 'bad run é.json', '--trust', 'trust.json', '--format', format, ...more],
    { cwd },
  )
  expect(ran.code).toBe(1)
  return ran
}

const hash = 'sha256:[0-9a-f]{64}'
const statement = `release-bot · bad: steps at provenance\\.steps_root: these are not the steps that were sealed, or not in this order; expected ${hash}, found ${hash}`

it('line', async () => {
  const { stdout, stderr } = await report('line')
  const [good, bad] = stdout.split('\n')
  expect(good).toBe(
    'good.json:1:1: ok: release-bot · good: sealed by ci@example.org, completeness sealed, time asserted',
  )
  expect(bad).toMatch(new RegExp(`^bad run é\\.json:${line}:${column}: error: ${statement} \\[steps\\.root\\]$`))
  expect(stderr).toMatch(/^1 of 2 records is not as asked: 1 sealed, 1 recorded in 2 files {3}\(/)
})

it('pretty', async () => {
  const { stdout } = await report('pretty')
  expect(stdout).toContain('✓ sealed by ci@example.org  release-bot · good  good.json:1\n')
  expect(stdout).toMatch(
    /✗ recorded {2}release-bot · bad {2}bad run é\.json:1\n {4}steps at provenance\.steps_root: .*\[steps\.root\]\n/,
  )
  expect((await report('pretty', '--failed')).stdout).not.toContain('good.json')
  expect((await report('pretty', '--details')).stdout.match(/Proven here/g)).toHaveLength(2)
})

it('json and ndjson hold the verdict of the library', async () => {
  const parsed = JSON.parse((await report('json')).stdout)
  expect(parsed.tool).toMatchObject({ name: 'agent-run' })
  expect(parsed.results).toMatchObject([
    {
      file: 'good.json',
      line: 1,
      kind: 'record',
      ok: true,
      id: 'good',
      agent_id: 'release-bot',
      verdict: { ok: true, level: 'sealed', by: 'ci@example.org' },
    },
    {
      file: 'bad run é.json',
      ok: false,
      id: 'bad',
      verdict: { ok: false, level: 'recorded', asked: 'sealed', first_failure: 'steps' },
    },
  ])
  expect(parsed.results[1].verdict.checks).toHaveLength(12)
  expect(parsed.results[1].verdict.checks[3]).toMatchObject({
    check: 'steps',
    result: 'fail',
    code: 'steps.root',
    path: '/provenance/steps_root',
  })
  expect(parsed.summary).toMatchObject({
    files: 2,
    records: 2,
    records_ok: 1,
    exit_code: 1,
    levels: { none: 0, recorded: 1, sealed: 1, accountable: 0 },
  })
  const lines = (await report('ndjson')).stdout.trim().split('\n')
  expect(lines.map((one) => JSON.parse(one))).toEqual(parsed.results)
  const only = JSON.parse((await report('json', '--failed')).stdout)
  expect(only.results.map(({ id }: { id: string }) => id)).toEqual(['bad'])
})

it('junit', async () => {
  const { stdout } = await report('junit')
  const suites: Record<string, string>[] = []
  const cases: Record<string, unknown>[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testsuite') suites.push(attributes)
    if (name === 'testcase') cases.push({ ...attributes })
    if (name === 'failure') Object.assign(cases.at(-1) as object, attributes)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(stdout).close()
  expect(suites[0]).toMatchObject({ name: 'agent-run verify', tests: '2', failures: '1', errors: '0' })
  expect(cases[0]).toEqual({ classname: 'agent-run.verify', name: 'good.json:1 release-bot · good', file: 'good.json' })
  expect(cases[1]).toMatchObject({ file: 'bad run é.json', type: 'steps.root' })
  expect(cases[1]?.['message']).toContain('steps at provenance.steps_root: ')
})

it('sarif', async () => {
  // The schema that its authors publish, as their package for testing ships it.
  const require = createRequire(import.meta.url)
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object
  const formats = { uri: true, 'uri-reference': true, 'date-time': true } as const
  const validate = new AjvDraft04({ strict: false, unicodeRegExp: false, formats }).compile(schema)
  const log = JSON.parse((await report('sarif')).stdout)
  validate(log)
  expect(validate.errors).toBe(null)
  const [run] = log.runs
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['steps.root'])
  expect(run.invocations).toEqual([{ executionSuccessful: true, exitCode: 1 }])
  expect(run.results).toHaveLength(1)
  expect(run.results[0]).toMatchObject({
    ruleId: 'steps.root',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'bad%20run%20%C3%A9.json', uriBaseId: 'PWD' },
          region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 73 },
        },
      },
    ],
  })
  expect(run.results[0].message.text).toMatch(new RegExp(`^${statement}$`))
  const { stdout } = await agentRun(['verify', 'good.json', '--format', 'sarif'], { cwd })
  expect(validate(JSON.parse(stdout))).toBe(true)
})

it('github', async () => {
  const { stdout } = await report('github')
  expect(stdout).toMatch(
    new RegExp(
      `^::error file=bad run é\\.json,line=${line},endLine=${line},col=${column},endColumn=${column + 73},title=steps\\.root::${statement}\n$`,
    ),
  )
})

it('markdown', async () => {
  const { stdout } = await report('markdown')
  const table = lexer(stdout).find((token): token is Tokens.Table => token.type === 'table') as Tokens.Table
  expect(table.header.map(({ tokens }) => plain(tokens)).slice(1)).toEqual([
    'place',
    'run',
    'level',
    'completeness',
    'time',
    'not in order',
  ])
  const rows = table.rows.map((row) => row.map(({ tokens }) => plain(tokens)))
  expect(rows[0]).toEqual(['✓', 'good.json:1', 'good', 'sealed by ci@example.org', 'sealed', 'asserted', ''])
  expect(rows[1]?.slice(0, 4)).toEqual(['✗', 'bad run é.json:1', 'bad', 'recorded'])
  expect(rows[1]?.[6]).toContain('steps at provenance.steps_root: ')
})

it('the name of the output says the format', async () => {
  await report('line', '--output', 'x.txt')
  for (const [file, begin] of [
    ['out.sarif', '{\n  "$schema"'],
    ['out.xml', '<?xml'],
    ['out.md', '**agent-run verify**'],
    ['out.ndjson', '{"file":'],
  ] as const) {
    await agentRun(['verify', 'good.json', '--output', file], { cwd })
    expect(readFileSync(join(cwd, file), 'utf8').startsWith(begin)).toBe(true)
  }
})
