import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeStale } from '../remove-stale.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

it('removes modules without a source and nothing else', () => {
  const root = temporaryFolder({
    'packages/core/src/a/here.ts': '',
    'packages/core/dist/a/here.js': '',
    'packages/core/dist/a/here.d.ts': '',
    'packages/core/dist/a/gone.js': '',
    'packages/core/dist/a/gone.d.ts': '',
    'packages/core/dist/bundle/index.js': '',
    'packages/core/dist/.tsbuildinfo': '',
    'packages/new/src/not-built.ts': '',
  })
  expect(removeStale(root).sort()).toEqual(['packages/core/dist/a/gone.d.ts', 'packages/core/dist/a/gone.js'])
  expect(existsSync(join(root, 'packages/core/dist/bundle/index.js'))).toBe(true)
  expect(existsSync(join(root, 'packages/core/dist/.tsbuildinfo'))).toBe(true)
})
