import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import {
  createJournalFile,
  type FileSystem,
  fileNameOf,
  makeFolder,
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

  it('makes a file private that others could read', () => {
    write('one\n')
    chmodSync(path, 0o644)
    reopenJournalFile(path, options(), everything).file.close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('locks and writes the file itself, not a link to it', () => {
    write('one\n')
    const link = join(folder, 'latest.journal')
    symlinkSync(path, link)
    const { file } = reopenJournalFile(link, options(), everything)
    expect(file.path).toBe(path)
    const locked = expect.objectContaining({ code: 'journal_file.locked' })
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(locked)
    file.close()
    expect(readdirSync(folder)).toEqual(['deep', 'latest.journal'])
  })

  it('never waits for what is no file', () => {
    mkdirSync(join(folder, 'deep'))
    execFileSync('mkfifo', [path])
    const refused = expect.objectContaining({ code: 'journal_file.unreadable' })
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(refused)
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

  const stale: [string, object][] = [
    ['a process that is gone', { pid: 2 ** 22 + 5 }],
    ['an earlier process of this number', { pid: process.pid, started: '1' }],
  ]
  it.each(stale)('are no hindrance where the lock is left by %s', (_, content) => {
    createJournalFile(path, options()).close()
    writeFileSync(`${path}.lock`, JSON.stringify(content))
    const { file } = reopenJournalFile(path, options(), everything)
    expect(JSON.parse(readFileSync(`${path}.lock`, 'utf8')).pid).toBe(process.pid)
    file.close()
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
  })

  const unseen: [string, object | string][] = [
    ['another machine, or an earlier start of this one', { pid: process.pid, boot: 'another' }],
    ['another container', { pid: 2 ** 22 + 5, namespace: 'pid:[1]' }],
    ['one that is only just writing it', ''],
    ['nobody knows whom', '{"pid":"1"}'],
  ]
  it.each(unseen)('are a hindrance that only a person can remove where the lock is left by %s', (_, content) => {
    createJournalFile(path, options()).close()
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    writeFileSync(`${path}.lock`, text)
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(/is locked: .* remove .*\.lock$/)
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(text)
    rmSync(`${path}.lock`)
    reopenJournalFile(path, options(), everything).file.close()
  })

  it.each(['mkfifo', 'mkdir'])('never wait for what is no file where the lock should be: %s', (make) => {
    createJournalFile(path, options()).close()
    execFileSync(make, [`${path}.lock`])
    expect(() => reopenJournalFile(path, options(), everything)).toThrow(/is locked: .* look what .*\.lock is/)
  })

  it('that see the same stale lock do not both get it, nor does a third', () => {
    createJournalFile(path, options()).close()
    const lockPath = `${path}.lock`
    writeFileSync(lockPath, '{"pid":999999999,"started":"stale"}')
    const reopen = (files: FileSystem = nodeFileSystem) => {
      try {
        return reopenJournalFile(path, options({ files }), everything).file
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    const others: unknown[] = []
    // Between any two things that it does the others try, too.
    const meanwhile = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
      return (...args) => {
        if (others.length < 8) others.push(reopen())
        const result = work(...args)
        if (others.length < 8) others.push(reopen())
        return result
      }
    }
    const slow = {
      ...nodeFileSystem,
      read: meanwhile(nodeFileSystem.read),
      rename: meanwhile(nodeFileSystem.rename),
      remove: meanwhile(nodeFileSystem.remove),
    }
    const all = [reopen(slow), ...others]
    const winners = all.filter((got) => typeof got === 'object')
    expect(all.length).toBeGreaterThan(4)
    expect(winners.length).toBe(1)
    expect(new Set(all.filter((got) => typeof got === 'string'))).toEqual(new Set(['journal_file.locked']))
    for (const winner of winners) winner.close()
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
  })

  it('say what to remove where one died while it took a lock over', () => {
    createJournalFile(path, options()).close()
    writeFileSync(`${path}.lock`, '{"pid":999999999,"started":"stale"}')
    writeFileSync(`${path}.lock.takeover`, '{"pid":999999999,"started":"stale"}')
    const reopen = () => reopenJournalFile(path, options(), everything).file
    expect(reopen).toThrow(/left .*\.lock\.takeover, which must be removed too; .* remove .*\.lock$/)
    rmSync(`${path}.lock`)
    rmSync(`${path}.lock.takeover`)
    reopen().close()
  })

  it('need no hard links', () => {
    const files: FileSystem = { ...nodeFileSystem, link: () => failing('EPERM') }
    createJournalFile(path, options({ files })).close()
    writeFileSync(`${path}.lock`, '{"pid":999999999,"started":"stale"}')
    reopenJournalFile(path, options({ files }), everything).file.close()
    expect(readdirSync(join(folder, 'deep'))).toEqual(['r.journal'])
  })
})

describe('a whole file', () => {
  const file = () => join(folder, 'r.json')
  const exists = expect.objectContaining({ code: 'journal_file.exists' })

  it('is there whole or not at all', () => {
    writeWhole(file(), 'old', 'a')
    const files: FileSystem = { ...nodeFileSystem, write: () => failing('ENOSPC') }
    expect(() => writeWhole(file(), 'new', 'b', files, () => true)).toThrow(
      expect.objectContaining({ code: 'journal_file.unwritable' }),
    )
    expect(readdirSync(folder)).toEqual(['r.json'])
    expect(readFileSync(file(), 'utf8')).toBe('old')
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it.each([true, false])('replaces only what it may replace, with hard links: %s', (links) => {
    const files = links ? nodeFileSystem : { ...nodeFileSystem, link: () => failing('EPERM') }
    writeWhole(file(), 'old', 'a', files)
    expect(() => writeWhole(file(), 'new', 'b', files)).toThrow(exists)
    const seen: string[] = []
    const replaces = (content: Uint8Array) => seen.push(new TextDecoder().decode(content)) > 0
    writeWhole(file(), 'new', 'b', files, replaces)
    expect([seen, readFileSync(file(), 'utf8'), readdirSync(folder)]).toEqual([['old'], 'new', ['r.json']])
  })

  it('never writes through a link or into a pipe', () => {
    writeFileSync(join(folder, 'victim'), 'precious')
    symlinkSync(join(folder, 'victim'), file())
    expect(() => writeWhole(file(), 'new', 'b', nodeFileSystem, () => true)).toThrow(exists)
    rmSync(file())
    execFileSync('mkfifo', [file()])
    expect(() => writeWhole(file(), 'new', 'b', nodeFileSystem, () => true)).toThrow(exists)
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious')
  })
})

describe('a folder', () => {
  it('is made with those above it, once, for its owner alone', () => {
    const deep = join(folder, 'a', 'b', 'c')
    expect([makeFolder(deep, 0o700), makeFolder(deep, 0o700)]).toEqual([true, false])
    expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700)
  })

  it('is not made where a file or a link that leads nowhere is in the way', () => {
    writeFileSync(join(folder, 'file'), '')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
    expect(() => makeFolder(join(folder, 'file'), 0o700)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(() => makeFolder(join(folder, 'file', 'x'), 0o700)).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
    expect(() => makeFolder(join(folder, 'link', 'x', 'y'), 0o700)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  })

  it.skipIf(!tool('linux'))('is not tried for again and again', () => {
    expect(() => makeFolder('/proc/agent-run-nope/runs', 0o700)).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})

describe('the name of a file', () => {
  it('is the id where that is safe, else its digest', () => {
    for (const id of ['run_2292', '0b8d5f0e-6f0c-4a5e-9d6c-3f2f6a1f9c11', 'a.b~c']) expect(fileNameOf(id)).toBe(id)
    for (const id of [
      '../x',
      'a/b',
      '.hidden',
      'a\0b',
      'x'.repeat(200),
      'ünï',
      'trailing.',
      'CON:',
      'a..b',
      'CON',
      'nul.x',
      'com1',
    ])
      expect(fileNameOf(id)).toMatch(/^run-[0-9a-f]{32}$/)
  })
})
