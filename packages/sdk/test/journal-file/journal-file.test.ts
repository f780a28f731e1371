import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createJournalFile,
  type FileSystem,
  fileNameOf,
  nodeFileSystem,
  reopenJournalFile,
  writeWhole,
} from '../../src/journal-file/index.ts'

let folder: string
let path: string
let tokens = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-journal-'))
  path = join(folder, 'deep', 'r.journal')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = (more: object = {}) => ({ fsync: 'every_event' as const, token: `t${tokens++}`, ...more })
const text = () => readFileSync(path, 'utf8')
const everything = (content: Uint8Array) => content.length
const failing = (code: string) => {
  throw Object.assign(new Error(code), { code })
}

describe('a journal file', () => {
  it('is private, and has every line at once', async () => {
    const file = createJournalFile(path, options())
    file.append(['one', 'two'])
    expect(text()).toBe('one\ntwo\n')
    expect([statSync(path).mode & 0o777, statSync(join(folder, 'deep')).mode & 0o777]).toEqual([0o600, 0o700])
    await file.durable()
    file.append(['three'])
    file.close()
    expect(text()).toBe('one\ntwo\nthree\n')
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
    expect(() => file.append(['four'])).toThrow(expect.objectContaining({ code: 'journal_file.closed' }))
  })

  it('is never overwritten', () => {
    createJournalFile(path, options()).close()
    expect(() => createJournalFile(path, options())).toThrow(expect.objectContaining({ code: 'journal_file.exists' }))
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it('has no gap after a disk that was full: what could not be written comes first', () => {
    let room = Number.POSITIVE_INFINITY
    const files: FileSystem = {
      ...nodeFileSystem,
      write(descriptor, data, offset) {
        if (room === 0) failing('ENOSPC')
        const count = nodeFileSystem.write(
          descriptor,
          data.subarray(0, offset + Math.min(room, data.length - offset)),
          offset,
        )
        room -= count
        return count
      },
    }
    const file = createJournalFile(path, options({ files }))
    room = 6
    file.append(['one'])
    expect(() => file.append(['two'])).toThrow(expect.objectContaining({ code: 'journal_file.unwritable' }))
    expect(() => file.append(['three'])).toThrow(/ENOSPC/)
    expect([text(), file.behind]).toEqual(['one\ntw', true])
    room = 100
    file.append(['four'])
    expect([text(), file.behind]).toEqual(['one\ntwo\nthree\nfour\n', false])
    file.close()
  })

  const policies = [
    ['every_event', 3],
    ['every_head', 1],
    ['on_close', 0],
  ] as const
  it.each(policies)('waits for the disk as its policy says: %s', async (fsync, expected) => {
    let syncs = 0
    const files: FileSystem = { ...nodeFileSystem, syncLater: async () => void syncs++ }
    const file = createJournalFile(path, options({ fsync, files }))
    for (const head of [false, false, true]) {
      file.append(['line'], head)
      await file.durable()
    }
    expect(syncs).toBe(expected)
    file.close()
  })

  it('waits for the disk once for all who wait at the same time', async () => {
    let syncs = 0
    const files: FileSystem = {
      ...nodeFileSystem,
      syncLater: () => new Promise((resolve) => setTimeout(() => resolve(void syncs++), 5)),
    }
    const file = createJournalFile(path, options({ files }))
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n % 3))
        file.append([String(n)])
        await file.durable()
      }),
    )
    expect(syncs).toBeLessThan(8)
    file.close()
  })

  it('reports a disk that fails, and works again after it', async () => {
    let fails = true
    const files: FileSystem = { ...nodeFileSystem, syncLater: async () => void (fails && failing('EIO')) }
    const file = createJournalFile(path, options({ files }))
    file.append(['one'])
    await expect(file.durable()).rejects.toMatchObject({ code: 'journal_file.unwritable' })
    fails = false
    file.append(['two'])
    await file.durable()
    file.close()
    expect(text()).toBe('one\ntwo\n')
  })
})

describe('reopening', () => {
  const write = (content: string) => {
    mkdirSync(join(folder, 'deep'), { recursive: true })
    writeFileSync(path, content)
  }

  it('cuts off a torn last line and goes on behind the last whole one', () => {
    write('one\ntwo\nthr')
    const { file, content } = reopenJournalFile(path, options(), (bytes) => bytes.lastIndexOf(0x0a) + 1)
    expect(content.length).toBe(11)
    file.append(['four'])
    file.close()
    expect(text()).toBe('one\ntwo\nfour\n')
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
  })

  it('keeps whole lines that do not stay beside the journal', () => {
    write('one\nbad\nworse\n')
    reopenJournalFile(path, options(), () => 4).file.close()
    const [discarded] = readdirSync(join(folder, 'deep')).filter((name) => name.includes('.discarded.'))
    expect(text()).toBe('one\n')
    expect(readFileSync(join(folder, 'deep', discarded ?? ''), 'utf8')).toBe('bad\nworse\n')
  })

  it('leaves everything as it is if the content is refused', () => {
    write('one\n')
    expect(() => reopenJournalFile(path, options(), () => failing('no'))).toThrow('journal')
    expect(text()).toBe('one\n')
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it('says that there is no file', () => {
    mkdirSync(join(folder, 'deep'))
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(
      expect.objectContaining({ code: 'journal_file.unreadable' }),
    )
  })
})

describe('two writers', () => {
  it('are kept apart, in one process and in two', () => {
    const file = createJournalFile(path, options())
    const locked = expect.objectContaining({ code: 'journal_file.locked' })
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(locked)
    const other = `
      import { reopenJournalFile } from '${new URL('../../dist/journal-file/index.js', import.meta.url)}'
      try { reopenJournalFile(process.argv[1], { fsync: 'on_close', token: 'other' }, (bytes) => bytes.length) }
      catch (error) { console.log(error.code) }`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', other, path], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('journal_file.locked')
    file.close()
    reopenJournalFile(path, options(), everything).file.close()
  })

  const stale: [string, object | string][] = [
    ['a process that is gone', { pid: 2 ** 22 + 5 }],
    ['an earlier process of this number', { pid: process.pid, started: '1' }],
    ['an earlier start of the machine', { pid: process.pid, boot: 'another' }],
    ['nobody', ''],
    ['nonsense', '{"pid":"1"}'],
  ]
  it.each(stale)('are no hindrance where the lock is left by %s', (_, content) => {
    createJournalFile(path, options()).close()
    writeFileSync(`${path}.lock`, typeof content === 'string' ? content : JSON.stringify(content))
    const { file } = reopenJournalFile(path, options(), everything)
    expect(JSON.parse(readFileSync(`${path}.lock`, 'utf8')).pid).toBe(process.pid)
    file.close()
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
  })

  it('that see the same stale lock do not both get it', () => {
    createJournalFile(path, options()).close()
    writeFileSync(`${path}.lock`, '{"pid":1,"started":"stale"}')
    const other = `{"pid":${process.pid},"token":"other"}`
    const files: FileSystem = {
      ...nodeFileSystem,
      rename(from, to) {
        // Between looking and taking away another one was faster.
        writeFileSync(from, other)
        nodeFileSystem.rename(from, to)
      },
    }
    expect(() => reopenJournalFile(path, options({ files }), everything)).toThrow(
      expect.objectContaining({ code: 'journal_file.locked' }),
    )
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(other)
  })
})

describe('a whole file', () => {
  it('is there whole or not at all', () => {
    const file = join(folder, 'r.json')
    writeWhole(file, 'old', 'a')
    const files: FileSystem = { ...nodeFileSystem, write: () => failing('ENOSPC') }
    expect(() => writeWhole(file, 'new', 'b', files)).toThrow(
      expect.objectContaining({ code: 'journal_file.unwritable' }),
    )
    expect(readdirSync(folder)).toEqual(['r.json'])
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('the name of a file', () => {
  it('is the id where that is safe, else its digest', () => {
    for (const id of ['run_2292', '0b8d5f0e-6f0c-4a5e-9d6c-3f2f6a1f9c11', 'a.b~c']) expect(fileNameOf(id)).toBe(id)
    for (const id of ['../x', 'a/b', '.hidden', 'a\0b', 'x'.repeat(200), 'ünï', 'trailing.', 'CON:'])
      expect(fileNameOf(id)).toMatch(/^run-[0-9a-f]{32}$/)
  })
})
