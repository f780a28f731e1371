// A wrong enum in the middle of a pretty-printed megabyte is found at its line and column in all eight formats, and
// every format is read by something that is not ours.
import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import AjvDraft04 from 'ajv-draft-04'
import { lexer, type Tokens } from 'marked'
import { SaxesParser } from 'saxes'
import { beforeAll, describe, expect, it } from 'vitest'
import { tool } from '../../../scripts/test/tools.mjs'
import { agentRun, folderWith, type Ran, timeless } from './binary.ts'
import { plain } from './markdown-cell.ts'
import { smallRun } from './records.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const means = 'a value of a closed vocabulary is none of those listed'
const hint = 'use one of the values in the message; map what your runtime calls it'
const allowed = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'denied',
  'cancelled',
  'timeout',
  'skipped',
  'interrupted',
  'unknown',
]
const sentence = `"suceeded" is not one of ${allowed.join(', ')}`

const middle = 3000
const steps = Array.from({ length: 2 * middle }, (_, index) => ({
  id: `step-${index}`,
  type: 'tool_call',
  status: index === middle ? 'suceeded' : 'succeeded',
  started_at: '2026-11-20T14:02:18Z',
  ended_at: '2026-11-20T14:02:18Z',
  tool_name: 'Bash',
}))
const text = JSON.stringify(smallRun({ steps }), null, 2)
const rows = text.split('\n')
const line = rows.findIndex((row) => row.includes('suceeded')) + 1
const column = (rows[line - 1] as string).indexOf('"suceeded"') + 1

const name = 'out/big run é.json'
let cwd = ''
beforeAll(() => {
  cwd = folderWith({ [name]: text, 'out/good.json': smallRun() })
})

const report = async (format: string, ...more: string[]): Promise<Ran> => {
  const ran = await agentRun(['validate', name, 'out/good.json', '--format', format, ...more], { cwd })
  expect(ran.code).toBe(1)
  return ran
}

it('has the wrong enum in the middle of a pretty-printed megabyte', () => {
  expect(text.length).toBeGreaterThan(1_000_000)
  expect(line / rows.length).toBeGreaterThan(0.4)
  expect(line / rows.length).toBeLessThan(0.6)
})

it('pretty', async () => {
  const { stdout, stderr } = await report('pretty')
  expect(stderr).toBe('')
  expect(
    timeless(stdout),
  ).toBe(`${name}:${line}:${column}  error  schema.enum  steps[${middle}].status: ${sentence}  (did you mean "succeeded"?)
   ${line - 2} │       "id": "step-${middle}",
   ${line - 1} │       "type": "tool_call",
 › ${line} │       "status": "suceeded",
         │                 ^^^^^^^^^^
   AR-STEP-001 · ${hint}

1 of 2 files has findings: 1 error   (TIME)
`)
})

it('line', async () => {
  const { stdout, stderr } = await report('line')
  expect(stdout).toBe(
    `${name}:${line}:${column}: error: steps[${middle}].status: ${sentence}  (did you mean "succeeded"?) [schema.enum AR-STEP-001]\n`,
  )
  expect(timeless(stderr)).toBe('1 of 2 files has findings: 1 error   (TIME)\n')
})

const finding = {
  line,
  column,
  end_line: line,
  end_column: column + '"suceeded"'.length,
  severity: 'error',
  code: 'schema.enum',
  path: `/steps/${middle}/status`,
  message: sentence,
  requirement: 'AR-STEP-001',
  allowed,
  suggestion: 'succeeded',
  help: hint,
}

it('json', async () => {
  const { stdout } = await report('json')
  const parsed = JSON.parse(stdout) as { summary: { duration_ms: number } }
  expect(parsed).toEqual({
    tool: { name: 'agent-run', version },
    files: [
      { file: name, records: 1, errors: 1, warnings: 0, omitted: 0, readable: true, findings: [finding] },
      { file: 'out/good.json', records: 1, errors: 0, warnings: 0, omitted: 0, readable: true, findings: [] },
    ],
    summary: {
      files: 2,
      files_with_findings: 1,
      unreadable: 0,
      records: 2,
      errors: 1,
      warnings: 0,
      omitted: 0,
      exit_code: 1,
      duration_ms: parsed.summary.duration_ms,
    },
  })
})

it('ndjson', async () => {
  const { stdout } = await report('ndjson')
  expect(stdout.split('\n').map((row) => row && JSON.parse(row))).toEqual([{ file: name, ...finding }, ''])
})

it.skipIf(!tool('jq'))('json and ndjson, read by jq', async () => {
  const jq = (input: string, filter: string): unknown =>
    JSON.parse(spawnSync(tool('jq') as string, ['-c', filter], { input, encoding: 'utf8' }).stdout)
  expect(jq((await report('json')).stdout, '[.files[0].findings[0] | .line, .column]')).toEqual([line, column])
  expect(jq((await report('ndjson')).stdout, '[.line, .column]')).toEqual([line, column])
})

it('junit', async () => {
  const { stdout } = await report('junit')
  const suites: Record<string, string>[] = []
  const cases: Record<string, unknown>[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === 'testsuite') suites.push(attributes)
    if (tag === 'testcase') cases.push({ name: attributes['name'], file: attributes['file'] })
    if (tag === 'failure') Object.assign(cases.at(-1) as object, attributes)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(stdout).close()
  expect(suites).toEqual([
    { name: 'agent-run validate', tests: '2', failures: '1', errors: '0', skipped: '0', time: suites[0]?.['time'] },
  ])
  expect(cases).toEqual([
    {
      name,
      file: name,
      type: 'schema.enum',
      message: `${line}:${column} steps[${middle}].status: ${sentence}  (did you mean "succeeded"?)`,
    },
    { name: 'out/good.json', file: 'out/good.json' },
  ])
})

it.skipIf(!tool('python3'))('junit, read by Python', async () => {
  const program =
    'import sys, xml.etree.ElementTree as e; print([(c.get("name"), [f.text.split(" ")[0:3] for f in c.findall("failure")]) for c in e.parse(sys.stdin).iter("testcase")])'
  const { stdout } = spawnSync(tool('python3') as string, ['-c', program], {
    input: (await report('junit')).stdout,
    encoding: 'utf8',
  })
  expect(stdout).toContain(`${line}:${column}`)
  expect(stdout).toContain("('out/good.json', [])")
})

describe('sarif', () => {
  // The schema that its authors publish, as their package for testing ships it.
  const require = createRequire(import.meta.url)
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object
  const validate = new AjvDraft04({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true, 'uri-reference': true, 'date-time': true },
  }).compile(schema)

  it('is valid SARIF 2.1.0 with rule, place and outcome', async () => {
    const log = JSON.parse((await report('sarif')).stdout)
    validate(log)
    expect(validate.errors).toBe(null)
    const [run] = log.runs
    expect(log.version).toBe('2.1.0')
    expect(run.columnKind).toBe('utf16CodeUnits')
    expect(run.tool.driver).toMatchObject({ name: 'agent-run', semanticVersion: version })
    expect(run.tool.driver.rules).toEqual([
      {
        id: 'schema.enum',
        shortDescription: { text: means },
        help: { text: hint },
        defaultConfiguration: { level: 'error' },
      },
    ])
    expect(run.originalUriBaseIds).toEqual({ PWD: { uri: `${pathToFileURL(realpathSync(cwd)).href}/` } })
    expect(run.invocations).toEqual([{ executionSuccessful: true, exitCode: 1 }])
    expect(run.results).toEqual([
      {
        ruleId: 'schema.enum',
        ruleIndex: 0,
        level: 'error',
        message: { text: `steps[${middle}].status: ${sentence}  (did you mean "succeeded"?)` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'out/big%20run%20%C3%A9.json', uriBaseId: 'PWD' },
              region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 10 },
            },
          },
        ],
        properties: { path: `/steps/${middle}/status`, requirement: 'AR-STEP-001' },
      },
    ])
  })

  it('is valid with every kind of finding and with none, and the check can fail', async () => {
    const folder = folderWith({
      'empty.json': '',
      'lines.jsonl': '{"id": 1, "cost": {}}\n{"a": 1}\nnope\n{"cut": "',
      'warn.json': smallRun({ agentVersion: '2' }),
      'zip.json': 'PK\u0003\u0004',
    })
    const { stdout, code } = await agentRun(['validate', '.', 'missing.json', '--format', 'sarif'], { cwd: folder })
    const log = JSON.parse(stdout)
    validate(log)
    expect(validate.errors).toBe(null)
    expect(code).toBe(2)
    expect(log.runs[0].invocations).toEqual([{ executionSuccessful: false, exitCode: 2 }])
    expect(new Set(log.runs[0].results.map((result: { ruleId: string }) => result.ruleId))).toEqual(
      new Set([
        'input.not_found',
        'json.empty',
        'input.no_record',
        'schema.type',
        'schema.required',
        'json.syntax',
        'schema.unknown_member',
        'input.binary',
      ]),
    )
    const none = JSON.parse(
      (await agentRun(['validate', '-', '--format', 'sarif'], { input: JSON.stringify(smallRun()) })).stdout,
    )
    expect(validate(none)).toBe(true)
    expect(validate({ ...none, runs: [{ tool: {} }] })).toBe(false)
  })
})

it('github', async () => {
  const { stdout } = await report('github')
  const place = `file=${name},line=${line},endLine=${line},col=${column},endColumn=${column + 10}`
  expect(stdout).toBe(
    `::error ${place},title=schema.enum AR-STEP-001::steps[${middle}].status: ${sentence}  (did you mean "succeeded"?)\n`,
  )
})

it('markdown', async () => {
  const { stdout } = await report('markdown')
  const tokens = lexer(stdout)
  expect(tokens.map(({ type }) => type).filter((type) => type !== 'space')).toEqual([
    'paragraph',
    'table',
    'paragraph',
    'list',
  ])
  const table = tokens.find((token): token is Tokens.Table => token.type === 'table') as Tokens.Table
  expect(table.header.map(({ tokens: cell }) => plain(cell))).toEqual([
    'place',
    'severity',
    'code',
    'finding',
    'member',
  ])
  expect(table.rows.map((row) => row.map(({ tokens: cell }) => plain(cell)))).toEqual([
    [
      `${name}:${line}:${column}`,
      'error',
      'schema.enum',
      `${sentence}  (did you mean "succeeded"?)`,
      `steps[${middle}].status · AR-STEP-001`,
    ],
  ])
})

describe('every format', () => {
  it.each(['line', 'pretty', 'github', 'sarif', 'junit', 'markdown'])('%s: says the path once', async (format) => {
    const input = JSON.stringify(smallRun({ duration_ms: -5 }))
    const { stdout } = await agentRun(['validate', '-', '--format', format, '-q'], { input })
    // Left aside: the JSON Pointer of SARIF, the source that pretty shows, the list that JUnit makes of its messages.
    const said = stdout.replace(/"path": .*|^.*│.*$|^&lt;stdin&gt;.* · schema\.minimum\]$/gm, '')
    expect(said.match(/duration\\?_ms/g)).toHaveLength(1)
    expect(said).toContain('found -5, expected at least 0')
  })

  it.each(['line', 'pretty', 'github', 'sarif', 'junit', 'markdown', 'json'])(
    '%s: has no place in what is not there',
    async (format) => {
      const { code, stdout } = await agentRun(['validate', 'none.json', '--format', format, '-q'], { cwd })
      expect(code).toBe(2)
      expect(stdout).toContain('no such file')
      expect(stdout).not.toMatch(/json:\d|line|region|"message="\d/i)
    },
  )

  it('pretty: says what to do once for each code', async () => {
    const input = [{ status: 'x' }, { outcome: 'y' }].map((change) => JSON.stringify(smallRun(change))).join('\n')
    const { stdout } = await agentRun(['validate', '-', '--format', 'pretty'], { input })
    expect(stdout.split(hint)).toHaveLength(2)
  })

  it('points at the status that asks for the missing ended_at', async () => {
    const text = JSON.stringify(smallRun({ status: 'completed', ended_at: undefined }), null, 2)
    const { stdout } = await agentRun(['validate', '-', '--format', 'line'], { input: text })
    const place = text.slice(0, text.indexOf('"completed"')).split('\n').length
    expect(stdout).toMatch(new RegExp(`^<stdin>:${place}:13: error: status is completed and ended_at is absent`))
  })

  it('leaves out the middle of a path that nobody can read', async () => {
    const input = `{"metadata": ${'['.repeat(200)}`
    const { stdout } = await agentRun(['validate', '-', '--format', 'line'], { input })
    expect(stdout).toContain('metadata[0][0][0][0][0] … [0][0][0][0][0][0]: ')
  })
})
