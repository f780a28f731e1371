import { describe, expect, it } from 'vitest'
import type { Adapter, Attacher } from '../../src/conversion/adapter.ts'
import { arrangeFiles, type ConvertibleFile } from '../../src/conversion/arrange-files.ts'
import { readHead } from '../../src/conversion/head.ts'
import { asString } from '../../src/conversion/json.ts'

const file = (name: string, ...objects: object[]): ConvertibleFile => {
  const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  return { head: readHead(name, new TextEncoder().encode(text)), open: () => text }
}

const about = (format: string) => ({ format, title: `a ${format}`, adapter: format, notRecorded: [] })

const adapter = (format: string): Adapter => ({
  ...about(format),
  recognises: ({ objects }) => objects.some(({ kind }) => kind === format),
  groupKeys: ({ objects }) => objects.flatMap(({ key }) => asString(key) ?? []),
  convert: () => Promise.reject(new Error('not called')),
})

const attacher: Attacher = {
  ...about('verdicts'),
  recognises: ({ objects }) => objects.some(({ kind }) => kind === 'verdict'),
  read: () => Promise.reject(new Error('not called')),
}

const formats = { adapters: [adapter('one'), adapter('two')], attachers: [attacher] }
const names = (files: readonly ConvertibleFile[]): string[] => files.map(({ head }) => head.name)

describe('arrangeFiles', () => {
  it('tells formats apart by content, and leaves aside what is of none', () => {
    const { groups, attachments, unrecognised } = arrangeFiles(
      [
        file('a', { kind: 'two' }),
        file('b', { kind: 'none' }),
        file('c', { kind: 'one' }),
        file('d', { kind: 'verdict' }),
      ],
      formats,
    )
    expect(groups.map((group) => [group.adapter.format, names(group.files)])).toEqual([
      ['two', ['a']],
      ['one', ['c']],
    ])
    expect(attachments.map((group) => [group.attacher.format, names(group.files)])).toEqual([['verdicts', ['d']]])
    expect(names(unrecognised)).toEqual(['b'])
  })

  it('brings files together that share a key, also over a third one, in the order in which they were given', () => {
    const { groups } = arrangeFiles(
      [
        file('a', { kind: 'one', key: 'x' }),
        file('b', { kind: 'one', key: 'y' }),
        file('c', { kind: 'one' }),
        file('d', { kind: 'one', key: 'y' }, { key: 'x' }),
        file('e', { kind: 'two', key: 'x' }),
        file('f', { kind: 'one', key: 'y' }),
      ],
      formats,
    )
    expect(groups.map((group) => names(group.files))).toEqual([['a', 'b', 'd', 'f'], ['c'], ['e']])
  })

  it('takes every file for the format that is given, except what is said about other runs', () => {
    const { groups, attachments, unrecognised } = arrangeFiles(
      [file('a', { kind: 'two' }), file('b', { kind: 'none' }), file('c', { kind: 'verdict' })],
      formats,
      'one',
    )
    expect(groups.map((group) => [group.adapter.format, names(group.files)])).toEqual([
      ['one', ['a']],
      ['one', ['b']],
    ])
    expect([attachments.length, unrecognised.length]).toEqual([1, 0])
    expect(() => arrangeFiles([], formats, 'three')).toThrow(new RangeError('no adapter for the format "three"'))
  })

  it('keeps nothing of the beginnings it looked at', () => {
    const { groups, unrecognised } = arrangeFiles([file('a', { kind: 'one' }), file('b', { kind: 'none' })], formats)
    for (const { head } of [...groups.flatMap(({ files }) => files), ...unrecognised])
      expect({ ...head, name: '' }).toEqual({ name: '', text: '', objects: [], document: undefined })
  })
})
