import { expect, it } from 'vitest'
import { gaps, platformEntry } from '../lockfile.mjs'

const lock = (packages) => ({ packages: { '': {}, ...packages } })

it('finds a platform package without an entry, wherever it may stand', () => {
  const tool = { dev: true, optionalDependencies: { 'tool-linux-x64': '1.0.0', 'tool-darwin-arm64': '1.0.0' } }
  const found = gaps(lock({ 'node_modules/a/node_modules/tool': tool, 'node_modules/tool-linux-x64': {} }))
  expect(found).toEqual([
    { path: 'node_modules/tool-darwin-arm64', name: 'tool-darwin-arm64', version: '1.0.0', dev: true },
  ])
  expect(
    gaps(
      lock({
        'node_modules/a/node_modules/tool': tool,
        'node_modules/a/node_modules/tool-darwin-arm64': {},
        'node_modules/a/node_modules/tool/node_modules/tool-linux-x64': {},
      }),
    ),
  ).toEqual([])
})

it('reads the platform from the name', () => {
  const entry = (name) => platformEntry({ name, version: '1.2.3', dev: false })
  expect(entry('@x/cli-linux-x64-musl')).toEqual({
    version: '1.2.3',
    cpu: ['x64'],
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
  expect(entry('@x/binding-android-arm-eabi')).toEqual({
    version: '1.2.3',
    cpu: ['arm'],
    optional: true,
    os: ['android'],
  })
  expect(() => entry('@x/fsevents')).toThrow('no package of one platform')
})
