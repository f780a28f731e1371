import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type * as Journal from '../../src/journal/index.ts'
import { counted, vectorFiles, vectors } from '../vectors.ts'

const each = <T>(file: string): readonly (T & { readonly name: string; readonly journal_text: string })[] =>
  vectors('journal', file)

it('has the vectors that the manifest promises', () => {
  expect(counted('journal')).toEqual(vectorFiles('journal').manifest)
})

describe.each(['node', 'portable'] as const)('with the %s engine', (engine) => {
  let journals: typeof Journal

  beforeAll(async () => {
    vi.resetModules()
    vi.doMock('#ed25519', () =>
      engine === 'node' ? import('../../src/sign/ed25519-node.ts') : import('../../src/sign/ed25519-portable.ts'),
    )
    journals = await import('../../src/journal/index.ts')
  })
  afterAll(() => vi.doUnmock('#ed25519'))

  type Fold = { live: boolean; expect: object }
  it.each(each<Fold>('fold.json'))('folds: $name', ({ journal_text, live, expect: expected }) => {
    const { run, findings } = journals.foldJournal(journals.readJournal(journal_text), { live })
    expect({ run, findings }).toEqual({ run: expected, findings: [] })
  })

  type Checked = { result: string; code?: string; path?: string; checkpoint?: number; torn: boolean }
  it.each(each<{ expect: Checked }>('check.json'))('checks: $name', ({ journal_text, expect: expected }) => {
    const journal = journals.readJournal(journal_text)
    const { result, code, path, checkpoint } = journals.checkJournal(journal)
    const found = { result, code, path, checkpoint, torn: journal.torn > 0 }
    expect(JSON.parse(JSON.stringify(found))).toEqual(expected)
  })
})
