// Everything that can be wrong with an input: a finding with its place, never a stack,
// never silence, and the rest of the batch is checked.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, ftruncateSync, openSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { agentRun, bin, folderWith } from './binary.ts'
import { peakOf, sayPeak } from './peak-memory.ts'
import { smallRun } from './records.ts'

const good = JSON.stringify(smallRun())
const wrong = JSON.stringify(smallRun({ status: 'sucess' }))
const wrongAt = wrong.indexOf('"sucess"') + 1

/** Places and codes of what is said about a folder in which only `zz.json` is known to be wrong otherwise. */
const findings = async (files: Record<string, string | Buffer>): Promise<string[]> => {
  const cwd = folderWith({ ...files, 'zz.json': wrong })
  const { code, stdout, stderr } = await agentRun(['validate', '.'], { cwd })
  expect(code).toBe(1)
  expect(stdout + stderr).not.toMatch(/\n\s+at |this should not have happened/)
  const rows = stdout.trimEnd().split('\n')
  for (const row of rows)
    expect(row).toMatch(/^[^:]+:\d+:\d+: (error|warning): .{10,} \[[a-z]+\.[a-z0-9_]+( AR-[A-Z]+-\d+)?\]$/)
  const places = rows.map((row) => `${/^[^:]+:\d+:\d+/.exec(row)?.[0]} ${/\[([a-z0-9_.]+)[^\]]*\]$/.exec(row)?.[1]}`)
  expect(places.at(-1)).toBe(`zz.json:1:${wrongAt} schema.enum`)
  return places.slice(0, -1)
}

const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])
const deep = `${'['.repeat(200)}${']'.repeat(200)}`
const at = (text: string, part: string): number => text.indexOf(part) + 1

describe('one file', () => {
  it.each<[string, string | Buffer, string]>([
    ['not JSON', 'nope, not JSON', 'a.json:1:1 json.syntax'],
    ['not JSON after all', '{"id": "r",\n  "steps": [1,,2]}', 'a.json:2:15 json.syntax'],
    ['HTML', '<!doctype html><title>404</title>', 'a.json:1:1 json.syntax'],
    ['empty', '', 'a.json:1:1 json.empty'],
    ['white space', ' \n\n  ', 'a.json:1:1 json.empty'],
    ['a byte order mark', `\ufeff${good}`, 'a.json:1:1 json.bom'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"id":"\u00e9'), Buffer.from([0xff]), Buffer.from('"}')]),
      'a.json:1:9 json.utf8',
    ],
    ['UTF-16', utf16, 'a.json:1:1 input.binary'],
    ['a repeated name', '{"id": 1,\n "\\u0069d": 2}', 'a.json:2:2 json.duplicate_name'],
    ['half a surrogate pair', '{"id": "\\ud83d"}', 'a.json:1:9 json.lone_surrogate'],
    ['1e400', '{"metadata": {"n": 1e400}}', 'a.json:1:20 json.number_range'],
    ['2^53', '{"metadata": {"n": 9007199254740992}}', 'a.json:1:20 json.number_range'],
    ['nesting', `{"metadata": ${deep}}`, 'a.json:1:141 json.depth'],
    ['something after it', `${good}\n{}`, 'a.json:2:1 json.trailing'],
    ['a document that is cut', good.slice(0, -10), `a.json:1:${good.length - 9} json.syntax`],
    ['a program', Buffer.from('\u007fELF\u0002\u0001\u0001\0\0\0'), 'a.json:1:1 input.binary'],
    ['bytes', Buffer.from([0x7b, 0, 1, 2, 3]), 'a.json:1:1 input.binary'],
    ['an empty list', '[ ]', 'a.json:1:1 input.no_records'],
  ])('%s', async (_name, content, expected) => {
    expect(await findings({ 'a.json': content })).toEqual([expected])
  })

  it('a depth bomb of ten million brackets', async () => {
    expect(await findings({ 'a.json': `{"metadata":${'['.repeat(10_000_000)}` })).toEqual(['a.json:1:140 json.depth'])
  })

  it('no record at all', async () => {
    expect(await findings({ 'a.json': '{"name": "some-package", "version": "1.0.0"}' })).toEqual([
      'a.json:1:1 input.no_record',
    ])
    const some = await findings({ 'a.json': '{"agent_id": "a", "version": "1.0.0"}' })
    expect(new Set(some)).toEqual(new Set(['a.json:1:1 schema.required', 'a.json:1:19 schema.unknown_member']))
  })

  it('no object', async () => {
    expect(await findings({ 'a.json': '42' })).toEqual(['a.json:1:1 schema.type'])
  })
})

describe('one of many records', () => {
  it('a run cut in the middle of NDJSON', async () => {
    expect(await findings({ 'a.jsonl': `${good}\n${good.slice(0, 50)}\n${wrong}\n` })).toEqual([
      'a.jsonl:2:51 json.syntax',
      `a.jsonl:3:${wrongAt} schema.enum`,
    ])
  })

  it('NDJSON that ends in the middle of a run', async () => {
    expect(await findings({ 'a.ndjson': `${good}\n${good.slice(0, 50)}` })).toEqual(['a.ndjson:2:51 json.syntax'])
  })

  it('NDJSON that begins in the middle of a run', async () => {
    const input = `${good.slice(300)}\n${wrong}\n`
    const { code, stdout } = await agentRun(['validate', '-'], { input })
    expect(code).toBe(1)
    expect(stdout.split('\n').map((row) => row.slice(0, row.indexOf(': ')))).toEqual([
      expect.stringMatching(/^<stdin>:1:\d+$/),
      `<stdin>:2:${wrongAt}`,
      '',
    ])
  })

  it('NDJSON without a single record', async () => {
    expect(await findings({ 'a.jsonl': '\n\n \r\n' })).toEqual(['a.jsonl:1:1 json.empty'])
  })

  it('a pretty-printed document that is called NDJSON', async () => {
    expect(await findings({ 'a.jsonl': JSON.stringify(JSON.parse(wrong), null, 2) })).toEqual([
      'a.jsonl:1:1 input.not_ndjson',
      'a.jsonl:7:13 schema.enum',
    ])
  })

  it('elements of a list: wrong, of another kind, with a fault in its bytes', async () => {
    const list = `[${good}, ${wrong}, 7, "x", null, {"a": 1, "a": 2}, ${wrong}]`
    const second = list.indexOf(wrong)
    expect(await findings({ 'a.json': list })).toEqual([
      `a.json:1:${second + wrongAt} schema.enum`,
      `a.json:1:${at(list, '7,')} schema.type`,
      `a.json:1:${at(list, '"x"')} schema.type`,
      `a.json:1:${at(list, 'null,')} schema.type`,
      `a.json:1:${at(list, '"a": 2')} json.duplicate_name`,
      `a.json:1:${list.lastIndexOf(wrong) + wrongAt} schema.enum`,
    ])
  })

  it.each([
    [
      'is cut between records',
      `[${good},\n${wrong}`,
      [`a.json:2:${wrongAt} schema.enum`, `a.json:2:${wrong.length + 1} json.syntax`],
    ],
    ['is cut in a record', `[${good},\n${good.slice(0, 50)}`, ['a.json:2:51 json.syntax']],
    ['lacks a comma', `[${good}\n ${good}]`, ['a.json:2:2 json.syntax']],
    ['has a comma too many', `[${good},\n]`, ['a.json:2:1 json.syntax']],
    ['is followed by something', `[${good}]\n${good}`, ['a.json:2:1 json.trailing']],
    ['has a byte order mark', `\ufeff[${good},\n${wrong}]`, ['a.json:1:1 json.bom', `a.json:2:${wrongAt} schema.enum`]],
  ])('a list that %s', async (_name, content, expected) => {
    expect(await findings({ 'a.json': content })).toEqual(expected)
  })
})

describe('gzip', () => {
  const lines = `${good}\n`.repeat(2000)

  it('that is cut: what can be read is checked', async () => {
    const packed = gzipSync(`${wrong}\n${lines}`)
    const places = await findings({ 'a.jsonl.gz': packed.subarray(0, packed.length - 20) })
    expect(places[0]).toBe(`a.jsonl.gz:1:${wrongAt} schema.enum`)
    expect(places[1]).toMatch(/^a\.jsonl\.gz:\d+:1 input\.gzip$/)
    expect(places).toHaveLength(2)
  })

  it('that is damaged', async () => {
    const packed = Buffer.from(gzipSync(good))
    packed[packed.length - 6] = (packed[packed.length - 6] as number) ^ 0xff
    expect(await findings({ 'a.json.gz': packed })).toEqual(['a.json.gz:1:1 input.gzip'])
  })

  it('that is none', async () => {
    expect(await findings({ 'a.json.gz': wrong })).toEqual([`a.json.gz:1:${wrongAt} schema.enum`])
  })
})

describe('a line of 300 MB', () => {
  function* hugeLine(): Iterable<Buffer> {
    yield Buffer.from(`${wrong}\n{"id":"`)
    const part = Buffer.alloc(1024 * 1024, 'x')
    for (let i = 0; i < 300; i++) yield part
    yield Buffer.from(`"}\n${wrong}\n`)
  }

  it('on standard input is passed over, and the next line is read', async () => {
    const { code, stdout } = await agentRun(['validate', '-'], { input: hugeLine() })
    expect(code).toBe(1)
    const rows = stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatch(new RegExp(`^<stdin>:1:${wrongAt}: `))
    expect(rows[1]).toBe(
      '<stdin>:2:1: error: this line is longer than 256 MiB and was passed over (raise the limit with --max-size, or keep payloads outside the record by reference) [input.too_large]',
    )
    expect(rows[2]).toMatch(new RegExp(`^<stdin>:3:${wrongAt}: `))
  })

  it('in a file is never held', async () => {
    const first = JSON.stringify(smallRun({ status: 'sucess', tags: ['x'.repeat(5000)] }))
    const cwd = folderWith({})
    const file = openSync(join(cwd, 'a.jsonl'), 'w')
    writeSync(file, `${first}\n`)
    // A hole: 300 MB of zeros that take no room on the disk.
    ftruncateSync(file, first.length + 1 + 300 * 1024 * 1024)
    closeSync(file)
    const program = [...sayPeak, bin, 'validate', 'a.jsonl', '--max-size', '8M']
    const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd, env: {}, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stdout.split('\n').map((row) => row.slice(0, row.indexOf(': ')))).toEqual([
      `a.jsonl:1:${wrongAt}`,
      'a.jsonl:2:1',
      '',
    ])
    expect(stdout).toContain('longer than 8 MiB')
    expect(peakOf(stderr)).toBeLessThan(245)
  })
})

describe('files that are none', () => {
  it('a directory that looks like a file, a missing file, a dangling link', async () => {
    const cwd = folderWith({ 'dir.json/inner.json': wrong, 'zz.json': wrong })
    symlinkSync('nowhere.json', join(cwd, 'dangling.json'))
    const { code, stdout } = await agentRun(['validate', '.', 'missing.json', 'dir.json/none.json'], { cwd })
    expect(code).toBe(2)
    expect(stdout.split('\n').map((row) => row.replace(/: error: .*\[([a-z_.]+).*/, ' $1'))).toEqual([
      'dangling.json input.unreadable',
      'missing.json input.not_found',
      'dir.json/none.json input.not_found',
      `dir.json/inner.json:1:${wrongAt} schema.enum`,
      `zz.json:1:${wrongAt} schema.enum`,
      '',
    ])
  })

  it('a named pipe is read like a file', async () => {
    const cwd = folderWith({ 'run.json': wrong })
    const ran = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" validate <(cat run.json)`], {
      cwd,
      encoding: 'utf8',
    })
    expect(ran.status).toBe(1)
    expect(ran.stdout).toMatch(new RegExp(`^/dev/fd/\\d+:1:${wrongAt}: error: status`))
  })
})

it('a reader that goes away ends the program quietly', async () => {
  const child = spawn(process.execPath, [bin, 'validate', '-', '--max-findings', '100000'], { env: {} })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  child.stdin.on('error', () => {})
  child.stdout.once('data', () => child.stdout.destroy())
  child.stdin.write(`${wrong}\n`.repeat(50_000))
  const [code] = (await once(child, 'close')) as [number]
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
})
