import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { agentRun, bin, folderWith, type Ran } from '../binary.ts'
import { releaseRun, smallRun } from '../records.ts'
import { until } from '../waiting.ts'

const INDEX = '.agent-run-index'
const cache = mkdtempSync(join(tmpdir(), 'agent-run-cache-'))
afterAll(() => rmSync(cache, { recursive: true, force: true }))

const query = (cwd: string, ...args: string[]): Promise<Ran> =>
  agentRun(['query', ...args], { cwd, env: { XDG_CACHE_HOME: cache } })

const earlier = (id: string): string =>
  JSON.stringify(smallRun({ id, task_id: 'T', started_at: '2026-11-01T00:00:00Z', ended_at: null }))

const runs = Array.from({ length: 200 }, (_, n) => `${earlier(`run-${n}`)}\n`).join('')
const others = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`other/${n}.json`, '{"name": "widget"}']))

/** A folder that is worth an index: it has five hundred files. */
const large = (changes: Readonly<Record<string, object>> = {}): string =>
  folderWith({
    'runs.jsonl': runs,
    'bad.json': releaseRun({ id: 'bad', task_id: 'T', related: [] }),
    ...others,
    ...changes,
  })

/** An index that is there is used, however small its folder has become. */
const shrink = (folder: string): void => {
  rmSync(join(folder, 'other'), { recursive: true })
  expect(existsSync(join(folder, INDEX))).toBe(true)
}

const indexOf = (folder: string): string => {
  const [file] = readdirSync(join(folder, INDEX)).filter((name) => name.endsWith('.sqlite'))
  return join(folder, INDEX, file as string)
}

/** Has evidence in it, which is read from the files, and remarks. */
const QUESTION = ['--side-effect', 'write', '--format', 'pretty', '.']

const expectSame = async (folder: string): Promise<void> => {
  const [index, files] = await Promise.all([query(folder, ...QUESTION), query(folder, ...QUESTION, '--no-index')])
  expect(index).toEqual(files)
}

describe('the index of a folder', () => {
  it("stands beside the files, is nobody else's to read, and is hidden from Git", async () => {
    const folder = large()
    await expectSame(folder)
    expect(statSync(join(folder, INDEX)).mode & 0o777).toBe(0o700)
    expect(statSync(indexOf(folder)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, INDEX, '.gitignore'), 'utf8')).toBe('*\n')
    const { stdout } = await agentRun(['validate', folder, '--format', 'json'])
    expect(stdout).not.toContain(INDEX)
  })

  it('is not made for a few files, nor where there is no record', async () => {
    const small = folderWith({ 'bad.json': releaseRun() })
    expect((await query(small, '.')).code).toBe(0)
    expect(existsSync(join(small, INDEX))).toBe(false)
    const foreign = folderWith(
      Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`${n}.json`, '{"name": "x"}'])),
    )
    expect((await query(foreign, '.')).code).toBe(2)
    expect(existsSync(join(foreign, INDEX))).toBe(false)
  })

  it('holds no texts of a record but what lists show, and nothing of a record that is gone', async () => {
    const folder = large({ 'secret.json': releaseRun({ id: 'gone-forever', input_preview: 'hunter2' }) })
    await expectSame(folder)
    const bytes = readFileSync(indexOf(folder), 'latin1')
    expect(bytes).toContain('gone-forever')
    shrink(folder)
    for (const text of ['hunter2', 'src/index.ts', 'rm -rf dist', 'ok for beta', 'dist/pkg.tgz', 'npm publish'])
      expect(bytes).not.toContain(text)
    unlinkSync(join(folder, 'secret.json'))
    await expectSame(folder)
    for (const name of readdirSync(join(folder, INDEX)))
      expect(readFileSync(join(folder, INDEX, name), 'latin1')).not.toContain('gone-forever')
  })

  it("is made anew where it is broken, another's, or of another version", async () => {
    const folder = large()
    await expectSame(folder)
    const file = indexOf(folder)
    for (const bytes of ['no database', readFileSync(file).subarray(0, 9000)]) {
      writeFileSync(file, bytes)
      await expectSame(folder)
      await expectSame(folder)
      expect(statSync(file).size).toBeGreaterThan(50_000)
    }
    writeFileSync(join(folder, INDEX, 'index-0-0.1.0.sqlite'), 'old')
    unlinkSync(file)
    await expectSame(folder)
    expect(readdirSync(join(folder, INDEX)).sort()).toEqual(['.gitignore', 'index-1-0.9.0.sqlite'])
  })

  it('never writes through a link, and goes among the caches where it may not stand', async () => {
    const folder = large()
    const elsewhere = folderWith({ 'precious.txt': 'mine' })
    symlinkSync(elsewhere, join(folder, INDEX))
    await expectSame(folder)
    expect(readdirSync(elsewhere)).toEqual(['precious.txt'])
    const kept = readdirSync(join(cache, 'agent-run', 'index'))
    expect(kept).toHaveLength(1)
    expect(readFileSync(join(cache, 'agent-run', 'index', kept[0] as string, 'folder'), 'utf8')).toContain(
      'agent-run-cli-',
    )
    // The index of a folder that is gone goes with the next one that is made.
    rmSync(folder, { recursive: true })
    const other = large()
    writeFileSync(join(other, INDEX), 'a file')
    await expectSame(other)
    expect(readdirSync(join(cache, 'agent-run', 'index'))).not.toContain(kept[0])
    const third = large()
    mkdirSync(join(third, INDEX))
    await expectSame(third)
    const own = indexOf(third)
    unlinkSync(own)
    symlinkSync(join(elsewhere, 'precious.txt'), own)
    await expectSame(third)
    expect(readFileSync(join(elsewhere, 'precious.txt'), 'utf8')).toBe('mine')
  })

  it('is shared by programs that ask at the same time, and survives one that is killed', async () => {
    const folder = large()
    const killed = spawn(process.execPath, [bin, 'query', '.'], { cwd: folder, stdio: 'ignore' })
    const ended = new Promise((done) => killed.once('exit', done))
    await until(() => existsSync(join(folder, INDEX)))
    killed.kill('SIGKILL')
    await ended
    const expected = await query(folder, '--approval', 'denied', '.', '--no-index')
    const asking = { cwd: folder, env: { XDG_CACHE_HOME: cache }, alone: true }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => agentRun(['query', '--approval', 'denied', '.'], asking)),
    )
    for (const answer of answers) expect(answer).toEqual(expected)
    await expectSame(folder)
  })
})

describe('show and diff', () => {
  it('say the same with and without an index', async () => {
    const folder = large({ 'broken.json': { ...smallRun({ id: 'run-broken' }), status: 'sucess' } })
    await query(folder, '.')
    shrink(folder)
    for (const args of [
      ['show', '.'],
      ['show', 'latest', '.'],
      ['show', '--run', 'bad', '.'],
      ['show', 'run-broken', '.'],
      ['show', 'run-1', '.'],
      ['show', 'run-9', '.'],
      ['show', 'nobody', '.'],
      ['diff', 'bad', '--against', 'last_good', '.'],
      ['diff', 'run-9', 'bad', '.'],
    ]) {
      const ways = [args, [...args, '--no-index']].map((each) => agentRun(each, { cwd: folder }))
      const [index, files] = await Promise.all(ways)
      expect(index, args.join(' ')).toEqual(files)
    }
  })

  it('show lists the newest runs of a folder first, and finds the last good run before one', async () => {
    const folder = large()
    const { stdout } = await agentRun(['show', '.'], { cwd: folder })
    expect(stdout).toMatch(/^201 runs, the newest 50 · /)
    expect(stdout).toContain('… and 151 older runs: agent-run query lists them')
    const receipt = await agentRun(['show', 'bad', '.'], { cwd: folder })
    expect(receipt.stdout).toMatch(/last good run run-\d+/)
  })
})
