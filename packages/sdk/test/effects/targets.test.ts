import { describe, expect, it } from 'vitest'
import { distinct, effect, effectsOfMcpTool, nameAddress, nameFile } from '../../src/effects/index.ts'

describe('nameFile', () => {
  const place = { root: '/home/ada/shop', cwd: '/home/ada/shop/src' }

  it.each([
    ['/home/ada/shop/a.ts', 'a.ts'],
    ['/home/ada/shop', '.'],
    ['/home/ada/shop/', '.'],
    ['/home/ada/shopping/a', '/home/ada/shopping/a'],
    ['/home/ada/shop/../x', '/home/ada/x'],
    ['a.ts', 'src/a.ts'],
    ['../a.ts', 'a.ts'],
    ['../../a.ts', '/home/ada/a.ts'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['~/x', '~/x'],
    ['', undefined],
    ['a\0b', undefined],
  ])('%s', (path, expected) => {
    expect(nameFile(path, place)).toBe(expected)
  })

  it('knows Windows', () => {
    const windows = { root: 'C:\\Users\\Ada\\shop', cwd: 'C:\\Users\\Ada\\shop' }
    expect(nameFile('C:\\Users\\ada\\shop\\src\\a.ts', windows)).toBe('src/a.ts')
    expect(nameFile('src\\a.ts', windows)).toBe('src/a.ts')
    expect(nameFile('D:\\x', windows)).toBe('D:/x')
  })

  it('names a relative path as it is written where no folder is known', () => {
    expect(nameFile('./src//a.ts', {})).toBe('src/a.ts')
    expect(nameFile('.', {})).toBe('.')
  })

  it('does not place what it cannot place', () => {
    expect(nameFile('a.ts', { root: '/work' })).toBeUndefined()
    expect(nameFile('a.ts', { isLost: true })).toBeUndefined()
    expect(nameFile('../a.ts', {})).toBeUndefined()
    expect(nameFile('/a/b', {})).toBe('/a/b')
    expect(nameFile(`/${'x'.repeat(5000)}`, {})?.length).toBe(1024)
  })
})

describe('nameAddress', () => {
  it.each([
    ['https://ada:pw@example.org:8443/a/b?token=1#x', 'https://example.org:8443/a/b'],
    ['example.org/a', 'example.org/a'],
    ['HTTPS://Example.org', 'https://Example.org'],
    ['', undefined],
    ['?x', undefined],
  ])('%s', (address, expected) => {
    expect(nameAddress(address)).toBe(expected)
  })
})

describe('effects of MCP tools', () => {
  it.each([
    ['github', 'create_issue', { repo: 'shop' }, { kind: 'write', target_kind: 'repo', target: 'github' }],
    ['github', 'get_file_contents', { path: 'a.ts' }, { kind: 'read', target_kind: 'repo', target: 'github: a.ts' }],
    [
      'filesystem',
      'write_file',
      { path: '/home/ada/shop/a.ts' },
      { kind: 'write', target_kind: 'file', target: 'a.ts' },
    ],
    [
      'slack',
      'slack_post_message',
      { channel: '#shop' },
      { kind: 'message', target_kind: 'channel', target: 'slack: #shop' },
    ],
    [
      'playwright',
      'browser_navigate',
      { url: 'https://example.org/?q=1' },
      { kind: 'network', target_kind: 'browser', target: 'https://example.org/' },
    ],
    ['db', 'executeQuery', {}, { kind: 'exec', target_kind: 'database', target: 'db' }],
    ['stripe', 'refund', { id: 'ch_1' }, { kind: 'payment', target_kind: 'service', target: 'stripe: ch_1' }],
    ['x', 'frobnicate', {}, { kind: 'other', target_kind: 'service', target: 'x' }],
    ['x', '__proto__', { path: 5 }, { kind: 'other', target_kind: 'service', target: 'x' }],
  ])('%s %s', (server, tool, given, expected) => {
    expect(effectsOfMcpTool(server, tool, given, { root: '/home/ada/shop' })).toMatchObject([expected])
  })
})

describe('files that a call names together', () => {
  const filesOf = (tool: string, given: Readonly<Record<string, unknown>>): unknown[] =>
    effectsOfMcpTool('filesystem', tool, given, { root: '/r', cwd: '/r' }).map(
      ({ kind, target }) => `${kind} ${target}`,
    )

  it('a move takes away and writes, a copy writes', () => {
    const given = { source: 'a', destination: '/r/b' }
    expect(filesOf('move_file', given)).toEqual(['delete a', 'write b'])
    expect(filesOf('copy_file', given)).toEqual(['write b'])
    expect(filesOf('move_file', { source: 1, destination: {} })).toEqual(['write filesystem'])
  })

  it('a list of paths is each of them', () => {
    expect(filesOf('read_multiple_files', { paths: ['a', 7, '/r/b'] })).toEqual(['read a', 'read b'])
    expect(filesOf('read_multiple_files', { paths: [] })).toEqual(['read filesystem'])
  })
})

describe('distinct', () => {
  it('keeps one of each, and none only alone', () => {
    expect(distinct([effect('none'), effect('write', 'file', 'a'), effect('write', 'file', 'a')])).toEqual([
      { kind: 'write', target_kind: 'file', target: 'a' },
    ])
    expect(distinct([effect('none'), effect('none')])).toEqual([{ kind: 'none' }])
    expect(distinct([])).toEqual([{ kind: 'none' }])
  })
})

describe('a tool of the runtime itself', () => {
  const place = { root: '/repo', cwd: '/repo' }

  it.each([
    ['deploy', { service: 'shop', version: '1.2', env: 'prod' }, { kind: 'deploy', target_kind: 'service' }],
    ['deploy', { name: 'shop' }, { kind: 'deploy', target_kind: 'service', target: 'shop' }],
    ['deploy', {}, { kind: 'deploy', target_kind: 'service' }],
    ['search_memory', { query: 'shoes' }, { kind: 'read', target_kind: 'memory', target: 'shoes' }],
    ['send_mail', { to: 'ada@example.org' }, { kind: 'message', target_kind: 'person', target: 'ada@example.org' }],
  ])('%s %j has no target but what its arguments name', (tool, args, expected) => {
    const [{ reversible: _, ...found } = { kind: 'none' }] = effectsOfMcpTool(undefined, tool, args, place)
    expect(found).toEqual(expected)
  })
})
