import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeOnce } from '../../src/hooking/write-once.ts'
import { folderWith } from '../binary.ts'

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code })
}

describe('a file that is written once', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV'])('needs no hard links (%s)', (code) => {
    const folder = folderWith()
    const path = join(folder, 'a.json')
    expect(writeOnce(path, 'first', failing(code))).toBe(true)
    expect(writeOnce(path, 'second', failing(code))).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('first')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('is not written past any other refusal', () => {
    const folder = folderWith()
    expect(() => writeOnce(join(folder, 'a.json'), 'first', failing('EIO'))).toThrow('EIO')
    expect(readdirSync(folder)).toEqual([])
  })
})
