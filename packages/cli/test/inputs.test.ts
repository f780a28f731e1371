import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../scripts/test/tools.mjs'
import { agentRun, bin, folderWith, timeless } from './binary.ts'
import { smallRun } from './records.ts'

const good = smallRun()
const bad = smallRun({ status: 'sucess' })
/** Line of the wrong value where a list of records is pretty-printed. */
const rowIn = (runs: object[]): number =>
  JSON.stringify(runs, null, 2)
    .split('\n')
    .findIndex((row) => row.includes('sucess')) + 1

/** Column of the wrong value where the record is written on one line. */
const column = JSON.stringify(bad).indexOf('"sucess"') + 1
const line = (run: object): string => `${JSON.stringify(run)}\n`
const enumMessage = (place: string): string =>
  `${place}: error: status: "sucess" is not one of pending, running, paused, completed, failed, cancelled, timeout, interrupted, unknown  (did you mean "completed"?) [schema.enum AR-RUN-004]\n`

describe('exit codes', () => {
  it('is 0 for a clean file, with nothing on standard output', async () => {
    const cwd = folderWith({ 'run.json': good })
    const { code, stdout, stderr } = await agentRun(['validate', 'run.json'], { cwd })
    expect({ code, stdout, stderr: timeless(stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 file: no findings   (TIME)\n',
    })
  })

  it('is 1 for an error', async () => {
    const cwd = folderWith({ 'run.json': bad })
    const { code, stdout, stderr } = await agentRun(['validate', 'run.json'], { cwd })
    expect({ code, stdout, stderr: timeless(stderr) }).toEqual({
      code: 1,
      stdout: enumMessage('run.json:7:13'),
      stderr: '1 file: 1 error   (TIME)\n',
    })
  })

  it('is 0 for warnings alone, 1 if they are too many or not wanted', async () => {
    const cwd = folderWith({ 'run.json': smallRun({ agentVersion: '2', turnId: 't' }) })
    const codes = []
    for (const more of [
      [],
      ['--fail-on', 'warning'],
      ['--max-warnings', '2'],
      ['--max-warnings', '1'],
      ['--lenient', '--fail-on', 'warning'],
    ]) {
      codes.push((await agentRun(['validate', 'run.json', ...more], { cwd })).code)
    }
    expect(codes).toEqual([0, 1, 0, 1, 0])
  })

  it('is 2 if an input cannot be read, and the others are checked', async () => {
    const cwd = folderWith({ 'run.json': bad, 'empty/readme.txt': 'no records here' })
    const { code, stdout, stderr } = await agentRun(['validate', 'rum.json', 'run.json', 'empty', 'no/**/*.json'], {
      cwd,
    })
    expect(code).toBe(2)
    expect(stdout).toBe(
      'rum.json: error: no such file or directory (did you mean run.json?) [input.not_found]\n' +
        'empty: error: the directory holds no *.json, *.jsonl or *.ndjson file (or .gz of those) [input.directory_empty]\n' +
        'no/**/*.json: error: no file matches this pattern [input.no_match]\n' +
        enumMessage('run.json:7:13'),
    )
    expect(timeless(stderr)).toBe(
      '4 of 4 files (1 record) have findings: 4 errors; 3 inputs could not be read   (TIME)\n',
    )
  })

  it('is 2 for what the system refuses to open', async () => {
    const name = `${'x'.repeat(300)}.json`
    const { code, stdout } = await agentRun(['validate', name])
    expect({ code, stdout }).toEqual({
      code: 2,
      stdout: `${name}: error: cannot be read: the name is too long [input.unreadable]\n`,
    })
  })

  it('is 2 for bad usage, in one line that says what to do', async () => {
    const lines = []
    for (const args of [
      ['valdate', 'x'],
      ['validate'],
      ['validate', 'x', '--formt', 'json'],
      ['validate', 'x', '--format', 'yaml'],
      ['validate', 'x', '--max-size', 'many'],
      ['validate', 'x', '--max-findings', '-1'],
      ['validate', 'x', '--schema', 'stp'],
    ]) {
      const { code, stdout, stderr } = await agentRun(args)
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
      lines.push(stderr)
    }
    expect(lines).toEqual([
      "agent-run: unknown command 'valdate' (did you mean validate?)\n",
      "agent-run: missing required argument 'inputs' (agent-run validate --help shows what there is)\n",
      "agent-run: unknown option '--formt' (did you mean --format?)\n",
      "agent-run: option '-f, --format <name>' argument 'yaml' is invalid. Allowed choices are pretty, line, json, ndjson, junit, sarif, github, markdown. (agent-run validate --help shows what there is)\n",
      "agent-run: option '--max-size <bytes>' argument 'many' is invalid. Expected a number of bytes, for example 64M. (agent-run validate --help shows what there is)\n",
      "agent-run: option '--max-findings <n>' argument '-1' is invalid. Expected a whole number, 0 or more. (agent-run validate --help shows what there is)\n",
      'agent-run: there is no schema "stp" (did you mean step?)\n',
    ])
  })
})

describe('what inputs may be', () => {
  it('searches directories, passes over node_modules, and reads each file once', async () => {
    const cwd = folderWith({
      'a/run.json': good,
      'a/b/more.jsonl': line(good) + line(good),
      'a/b/old.ndjson': line(good),
      'a/packed.json.gz': gzipSync(JSON.stringify(good)),
      'a/packed.jsonl.gz': gzipSync(line(good) + line(good)),
      'a/.agent-run/hidden.json': good,
      'a/node_modules/x/package.json': '{}',
      'a/notes.txt': 'nothing',
    })
    symlinkSync('..', join(cwd, 'a/b/loop'))
    const { code, stdout, stderr } = await agentRun(['validate', 'a', 'a/run.json', 'a/**/*.json'], { cwd })
    expect({ code, stdout, stderr: timeless(stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr: '6 files (8 records): no findings   (TIME)\n',
    })
  })

  it('expands quoted globs itself', async () => {
    const cwd = folderWith({
      'out/1/run-1.json': bad,
      'out/2/x/run-2.json': bad,
      'out/run-3.json': bad,
      'out/other.txt': '',
    })
    const { stdout } = await agentRun(['validate', 'out/**/run-[12].json', 'out/run-{3,4}.json'], { cwd })
    expect(stdout).toBe(
      enumMessage('out/1/run-1.json:7:13') +
        enumMessage('out/2/x/run-2.json:7:13') +
        enumMessage('out/run-3.json:7:13'),
    )
  })

  it('takes a name that exists as it is, whatever characters it has', async () => {
    const cwd = folderWith({ 'run[1].json': bad, 'run1.json': good })
    expect((await agentRun(['validate', 'run[1].json'], { cwd })).stdout).toBe(enumMessage('run[1].json:7:13'))
  })

  it.each([
    ['NDJSON', line(good) + line(bad), `<stdin>:2:${column}`],
    [
      'NDJSON with blank lines and CRLF',
      `\r\n${line(good).replace('\n', '\r\n')}\r\n${line(bad)}`,
      `<stdin>:4:${column}`,
    ],
    ['NDJSON without a last line end', line(good) + JSON.stringify(bad), `<stdin>:2:${column}`],
    ['a JSON text sequence', `\u001e${line(good)}\u001e${line(bad)}`, `<stdin>:2:${column + 1}`],
    ['one line', JSON.stringify(bad), `<stdin>:1:${column}`],
    ['a pretty-printed document', JSON.stringify(bad, null, 2), '<stdin>:7:13'],
    ['a JSON array', JSON.stringify([good, bad], null, 2), `<stdin>:${rowIn([good, bad])}:15`],
    ['a JSON array on one line', JSON.stringify([good, bad]), `<stdin>:1:${JSON.stringify(good).length + 2 + column}`],
    ['gzip', gzipSync(line(good) + line(bad)), `<stdin>:2:${column}`],
  ])('recognises %s on standard input', async (_name, input, place) => {
    const { code, stdout } = await agentRun(['validate', '-'], { input })
    expect({ code, stdout }).toEqual({ code: 1, stdout: enumMessage(place) })
  })

  it('finds places after characters of one, two and four bytes', async () => {
    const wide = smallRun({ agent_id: 'é日😀', status: 'sucess' })
    const first = JSON.stringify([wide]).indexOf('"sucess"') + 1
    expect((await agentRun(['validate', '-'], { input: JSON.stringify([wide]) })).stdout).toBe(
      enumMessage(`<stdin>:1:${first}`),
    )
    const second = JSON.stringify([wide, wide]).lastIndexOf('"sucess"') + 1
    const { stdout } = await agentRun(['validate', '-'], { input: JSON.stringify([wide, wide]) })
    expect(stdout).toBe(enumMessage(`<stdin>:1:${first}`) + enumMessage(`<stdin>:1:${second}`))
  })

  it('recognises a document whose lines begin with objects', async () => {
    const input = JSON.stringify({ ...bad, steps: [{}] }).replace('[{}]', '[\n{}\n]')
    const { stdout } = await agentRun(['validate', '-'], { input })
    expect(stdout.split('\n').map((row) => row.replace(/: error: .*\[([a-z._]+).*/, ' $1'))).toEqual([
      `<stdin>:1:${column} schema.enum`,
      '<stdin>:2:1 schema.required',
      '<stdin>:2:1 schema.required',
      '<stdin>:2:1 schema.required',
      '',
    ])
  })

  it('reads standard input that comes byte by byte', async () => {
    const input = Array.from(gzipSync(line(good) + line(bad)), (byte) => Buffer.from([byte]))
    expect((await agentRun(['validate', '-'], { input })).stdout).toBe(enumMessage(`<stdin>:2:${column}`))
  })

  it('validates other objects with --schema', async () => {
    const cwd = folderWith({ 'cost.json': '{"input_tokens": 1, "output_tokens": "2"}' })
    const { code, stdout } = await agentRun(['validate', 'cost.json', '--schema', 'cost'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^cost\.json:1:38: error: output_tokens: found a string of 1 character, expected a whole number or null \[schema\.type /,
    )
  })
})

describe('limits', () => {
  it('reports --max-findings findings and counts the others', async () => {
    const { code, stdout, stderr } = await agentRun(['validate', '-', '--max-findings', '2'], {
      input: line(bad).repeat(5),
    })
    expect(code).toBe(1)
    expect(stdout).toBe(enumMessage(`<stdin>:1:${column}`) + enumMessage(`<stdin>:2:${column}`))
    expect(timeless(stderr)).toBe('1 file (5 records): 5 errors; 3 findings not shown (--max-findings)   (TIME)\n')
  })

  it('still ends with 1 if no finding may be shown', async () => {
    const { code, stdout } = await agentRun(['validate', '-', '--max-findings', '0'], { input: line(bad) })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('passes over what is longer than --max-size and reads on', async () => {
    const input = `${line({ ...good, tags: ['x'.repeat(5000)] })}${line(bad)}`
    const { code, stdout } = await agentRun(['validate', '-', '--max-size', '2K'], { input })
    expect(code).toBe(1)
    expect(stdout).toBe(
      '<stdin>:1:1: error: this line is longer than 2048 bytes and was passed over (raise the limit with --max-size, or keep payloads outside the record by reference) [input.too_large]\n' +
        enumMessage(`<stdin>:2:${column}`),
    )
  })
})

it('--quiet leaves findings only, --output writes them to a file in the format its name says', async () => {
  const cwd = folderWith({ 'run.json': bad })
  expect(await agentRun(['validate', 'run.json', '-q'], { cwd })).toEqual({
    code: 1,
    stdout: enumMessage('run.json:7:13'),
    stderr: '',
  })
  const { stdout, stderr } = await agentRun(['validate', 'run.json', '-o', 'report.ndjson'], { cwd })
  expect({ stdout, stderr: timeless(stderr) }).toEqual({ stdout: '', stderr: '1 file: 1 error   (TIME)\n' })
  expect(JSON.parse(readFileSync(join(cwd, 'report.ndjson'), 'utf8'))).toMatchObject({
    file: 'run.json',
    line: 7,
    code: 'schema.enum',
  })
})

it('says in one line that an output cannot be written', async () => {
  const cwd = folderWith({ 'run.json': good })
  const { code, stderr } = await agentRun(['validate', 'run.json', '-o', 'no/such/folder/x.json'], { cwd })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'agent-run: cannot write no/such/folder/x.json: no such file or directory\n',
  })
})

describe('what is no file', () => {
  it('is read if it is named, and passed over if it was only found', async () => {
    const cwd = folderWith({ 'out/run.json': good })
    execFileSync('mkfifo', [join(cwd, 'out/pipe.json')])
    for (const argument of ['out', 'out/*.json', '**/*.json']) {
      const { code, stderr } = await agentRun(['validate', argument], { cwd })
      expect({ code, stderr: timeless(stderr) }).toEqual({ code: 0, stderr: '1 file: no findings   (TIME)\n' })
    }
    const [named] = await Promise.all([
      agentRun(['validate', 'out/pipe.json'], { cwd }),
      writeFile(join(cwd, 'out/pipe.json'), JSON.stringify(bad)),
    ])
    expect(named.code).toBe(1)
  })

  it('is not found, and no help is offered, where a link leads nowhere', async () => {
    const cwd = folderWith()
    symlinkSync('gone.json', join(cwd, 'run.json'))
    const { code, stderr } = await agentRun(['validate', 'run.json'], { cwd })
    expect(code).toBe(2)
    expect(stderr).not.toContain('did you mean')
  })
})

describe.skipIf(!tool('linux'))('a disk that is full', () => {
  it('is said in one line, and ends with 2', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" schema list > /dev/full`, process.execPath, bin], {
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^agent-run: standard output cannot be written: .+\n$/)
  })
})

it.each(['validate', 'verify', 'seal'])('%s does not write over what it reads', async (command) => {
  const cwd = folderWith({ 'run.json': good })
  const { code, stderr } = await agentRun([command, 'run.json', '--output', './run.json'], { cwd })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'agent-run: ./run.json is read by this command; give --output another file\n',
  })
  expect(JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8'))).toEqual(good)
})
