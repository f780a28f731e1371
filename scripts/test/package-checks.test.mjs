import { expect, it } from 'vitest'
import { check } from '../check/packages.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

const base = { type: 'module', engines: { node: '>=20.19' }, license: 'MIT' }
const library = {
  ...base,
  name: '@agent-run/core',
  version: '1.2.3',
  description: 'Text',
  files: ['dist'],
  publishConfig: { access: 'public', provenance: true },
  sideEffects: false,
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
}

/** Checks a repository of one package, in which something is replaced. */
const problemsOf = ({ manifest = {}, files = {} } = {}) =>
  check(
    temporaryFolder({
      'package.json': base,
      LICENSE: 'text',
      'packages/core/package.json': { ...library, ...manifest },
      'packages/core/LICENSE': 'text',
      'packages/core/README.md': 'text',
      'packages/core/dist/index.js': '',
      'packages/core/dist/index.d.ts': '',
      ...files,
    }),
  )

it('accepts a package that says everything', () => {
  expect(problemsOf()).toEqual([])
})

it.each([
  ['another floor', { manifest: { engines: { node: '>=22' } } }, 'engines.node'],
  ['no module', { manifest: { type: 'commonjs' } }, 'type must be'],
  ['another licence', { manifest: { license: 'ISC' } }, 'license'],
  ['no description', { manifest: { description: '' } }, 'description'],
  ['no list of files', { manifest: { files: undefined } }, 'files must name'],
  ['silence about side effects', { manifest: { sideEffects: undefined } }, 'sideEffects'],
  ['an export without a file', { manifest: { exports: './dist/other.js' } }, './dist/other.js does not exist'],
  ['another licence text', { files: { 'packages/core/LICENSE': 'other' } }, 'LICENSE differs'],
  [
    'another version of a sibling',
    {
      manifest: { dependencies: { '@agent-run/types': '1.2.2' } },
      files: { 'packages/types/package.json': { ...library, name: '@agent-run/types', private: true } },
    },
    '@agent-run/types must be 1.2.3',
  ],
  [
    'two versions',
    { files: { 'packages/types/package.json': { ...library, name: '@agent-run/types', version: '1.2.4' } } },
    'their versions are 1.2.3, 1.2.4',
  ],
])('finds %s', (_, change, message) => {
  expect(problemsOf(change)).toContainEqual(expect.stringContaining(message))
})
