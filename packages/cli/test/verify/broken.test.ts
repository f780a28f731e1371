// Every way in which an input can be broken is a finding, and the rest is verified.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { agentRun, folderWith, timeless } from '../binary.ts'
import { changed, finishedRun, folderWithKey, seal } from '../sealing/signed.ts'

let cwd = ''
let lines: string[] = []
beforeAll(async () => {
  const runs = ['a', 'b', 'c'].map((id) => JSON.stringify(finishedRun({ id }))).join('\n')
  cwd = await folderWithKey({ 'runs.jsonl': runs })
  lines = (await seal(cwd, 'runs.jsonl')).trim().split('\n')
})

const verify = async (
  files: Readonly<Record<string, string | Buffer>>,
  ...args: string[]
): Promise<{ code: number | null; rows: string[] }> => {
  const folder = folderWith(files)
  const names = args.filter((arg) => !arg.startsWith('-')).length > 0 ? [] : Object.keys(files)
  const { code, stdout, stderr } = await agentRun(['verify', ...names, ...args, '--trust', join(cwd, 'trust.json')], {
    cwd: folder,
  })
  return { code, rows: [...stdout.trim().split('\n'), ...timeless(stderr).trim().split('\n')].filter(Boolean) }
}

const ok = (file: string, line: number, id: string): string =>
  `${file}:${line}:1: ok: release-bot · ${id}: sealed by ci@example.org, completeness sealed, time asserted`

describe('a line in the middle', () => {
  it.each([
    ['that is cut', '{"id": "x", "st', 'error: no id: schema: found the end of the text', '[json.syntax]'],
    ['that names a member twice', '{"id": 1, "id": 2}', 'error: no id: schema at id: ', '[json.duplicate_name]'],
    ['that is no record', '{"id": "x"}', 'error: x: schema: required member agent_id is missing', '[schema.required]'],
    ['that is no object', '42', 'error: no id: schema: found a number, expected an object', '[schema.type]'],
    [
      'that is not UTF-8',
      Buffer.from([0x22, 0xff, 0x22]),
      'error: no id: schema: found bytes that are not UTF-8',
      '[json.utf8]',
    ],
    ['that is a broken statement', '{"kind": "tombstone", "about": 5}', 'error: ', '[schema.'],
    [
      'that is a trust file',
      '{"agent_run_trust": "1.0", "keys": []}',
      'error: this is a trust file',
      '[input.no_record]',
    ],
    [
      'that is an envelope',
      '{"payloadType": "x", "payload": "", "signatures": []}',
      'error: this is a DSSE envelope',
      '[input.no_record]',
    ],
  ])('%s', async (_what, broken, message, code) => {
    const [first, , third] = lines as [string, string, string]
    const content = Buffer.concat([Buffer.from(`${first}\n`), Buffer.from(broken), Buffer.from(`\n${third}\n`)])
    const { code: exit, rows } = await verify({ 'mix.jsonl': content })
    expect(exit).toBe(1)
    expect(rows[0]).toBe(ok('mix.jsonl', 1, 'a'))
    expect(rows.at(-2)).toBe(ok('mix.jsonl', 3, 'c'))
    const between = rows.slice(1, -2)
    expect(between.length).toBeGreaterThan(0)
    expect(between[0]).toMatch(/^mix\.jsonl:2:\d+: /)
    expect(between[0]).toContain(message)
    expect(between.join('\n')).toContain(code)
  })

  it('that is too long', async () => {
    const { code, rows } = await verify(
      { 'mix.jsonl': [lines[0], `"${'x'.repeat(50_000)}"`, lines[2]].join('\n') },
      '--max-size=20000',
    )
    expect(code).toBe(1)
    expect(rows[0]).toBe(ok('mix.jsonl', 1, 'a'))
    expect(rows[1]).toContain('mix.jsonl:2:1: error: this line is longer than 20000 bytes')
    expect(rows[2]).toBe(ok('mix.jsonl', 3, 'c'))
  })

  it('that was changed says which check, what and where', async () => {
    const bad = changed(
      lines[1] as string,
      '"model":"claude-sonnet-4-5","status"',
      '"model":"claude-haiku-4-5","status"',
    )
    const { code, rows } = await verify({ 'mix.jsonl': [lines[0], bad, lines[2]].join('\n') })
    expect(code).toBe(1)
    expect(rows.filter((row) => row.includes(': ok: '))).toEqual([ok('mix.jsonl', 1, 'a'), ok('mix.jsonl', 3, 'c')])
    const row = rows.find((one) => one.includes('[record.mismatch]')) as string
    const column = bad.indexOf('"record_hash":') + '"record_hash":'.length + 1
    expect(row.startsWith(`mix.jsonl:2:`)).toBe(true)
    expect(row).toMatch(
      /record at provenance\.record_hash: .*; expected sha256:[0-9a-f]{64}, found sha256:[0-9a-f]{64}/,
    )
    expect(column).toBeGreaterThan(0)
    expect(rows.at(-1)).toBe('1 of 3 records is not as asked: 2 sealed, 1 recorded   (TIME)')
  })
})

describe('an input', () => {
  it.each([
    ['empty.json', '', 1, 'empty.json:1:1: error: no id: schema: '],
    ['blank.jsonl', '\n\n', 1, 'blank.jsonl:1:1: error: no id: schema: '],
    ['pack.zip', 'PK\u0003\u0004', 1, 'pack.zip:1:1: error: this is a zip archive, expected JSON [input.binary]'],
    ['bom.json', '\ufeff{}', 1, '[json.bom]'],
    ['open.json', '[{}', 1, '[json.syntax]'],
    [
      'none.jsonl',
      '{"kind":"tombstone","about":"x","at":"2026-11-20T14:02:18Z"}',
      1,
      'no record; give the record first',
    ],
  ])('%s is a finding', async (name, content, exit, message) => {
    const { code, rows } = await verify({ [name]: content })
    expect(code).toBe(exit)
    expect(rows.join('\n')).toContain(message)
  })

  it('that is compressed is read, and where it is cut off is a finding', async () => {
    const gzip = gzipSync(lines.join('\n'))
    expect(await verify({ 'runs.jsonl.gz': gzip })).toMatchObject({
      code: 0,
      rows: expect.arrayContaining([ok('runs.jsonl.gz', 2, 'b')]),
    })
    const cut = await verify({ 'runs.jsonl.gz': gzip.subarray(0, gzip.length - 20) })
    expect(cut.code).toBe(1)
    expect(cut.rows.join('\n')).toContain('[input.gzip]')
  })

  it('that is not there ends with 2, and the others are verified', async () => {
    const { code, stdout, stderr } = await agentRun(
      ['verify', 'gone.json', join(cwd, 'trust.json'), '-', '--level', 'recorded'],
      { input: lines.join('\n') },
    )
    expect(code).toBe(2)
    expect(stdout).toContain('gone.json: error: no such file or directory [input.not_found]\n')
    expect(stdout).toContain('<stdin>:3:1: ok: release-bot · c: sealed, self-asserted')
    expect(stderr).toContain('3 records are as asked: 3 sealed')
  })

  it('is a list, a directory, a glob or a pipe', async () => {
    const folder = folderWith({
      'runs/list.json': `[\n${lines.join(',\n')}\n]`,
      'runs/deep/one.json': lines[0] as string,
    })
    const run = async (...args: string[]): Promise<(number | string | null)[]> => {
      const { code, stderr } = await agentRun(['verify', ...args], { cwd: folder })
      return [code, timeless(stderr)]
    }
    expect(await run('runs')).toEqual([0, '4 records are as asked: 4 sealed in 2 files   (TIME)\n'])
    expect(await run('runs/*.json')).toEqual([0, '3 records are as asked: 3 sealed   (TIME)\n'])
    expect((await run('none/*.json'))[0]).toBe(2)
  })
})

it('the exit code and the codes are the same with one thread and with several', async () => {
  writeFileSync(join(cwd, 'sealed.jsonl'), lines.join('\n'))
  expect(readFileSync(join(cwd, 'sealed.jsonl'), 'utf8').split('\n')).toHaveLength(3)
  for (const workers of ['0', '1', '3', 'auto']) {
    const { code } = await agentRun(['verify', 'sealed.jsonl', '--workers', workers, '--trust', 'trust.json'], { cwd })
    expect(code).toBe(0)
  }
  const { code, stderr } = await agentRun(['verify', 'sealed.jsonl', '--workers', 'many'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('Expected a whole number')
})
