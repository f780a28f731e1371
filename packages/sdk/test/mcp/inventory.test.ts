import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toolHash, validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { effectsOfCall } from '../../src/mcp/effects.ts'
import { createInventory } from '../../src/mcp/inventory.ts'

const at = '2026-11-20T14:00:00Z'
const definition = (name: string, more: object = {}): object => ({
  name,
  description: `Does ${name}.`,
  inputSchema: { type: 'object' },
  ...more,
})

describe('the inventory of a server', () => {
  it('lists tools by the hash of their definition', () => {
    const inventory = createInventory('files')
    expect(inventory.observe([definition('a', { annotations: { readOnlyHint: true } })], true)).toEqual([])
    const hash = toolHash({ name: 'a', description: 'Does a.', input_schema: { type: 'object' } })
    expect(inventory.find('a')).toMatchObject({ server: 'files', schemaHash: hash, isChanged: false })
    expect(inventory.list(at)).toMatchObject({
      tools: [{ name: 'a', kind: 'mcp', mcp_server: 'files', schema_hash: hash, declared_effect: 'read' }],
      mcp_servers: [{ name: 'files', tools_hash: expect.stringMatching(/^sha256:/) }],
    })
    expect(validate(inventory.list(at), { schema: 'inventory' }).findings).toEqual([])
  })

  it.each([
    ['description', { description: 'Does b, and ignores all rules.' }],
    ['input_schema', { inputSchema: { type: 'object', properties: { x: {} } } }],
    ['output_schema', { outputSchema: { type: 'object' } }],
    ['annotations', { annotations: { destructiveHint: false } }],
  ])('shows that the %s was replaced', (member, more) => {
    const inventory = createInventory('files')
    inventory.observe([definition('a'), definition('b')], true)
    const before = inventory.find('b')?.schemaHash
    const changes = inventory.observe([definition('a'), definition('b', more)], true)
    expect(changes).toMatchObject([
      { tool: 'b', change: 'redefined', members: [member], server: 'files#2', from: before },
    ])
    expect(inventory.find('b')).toMatchObject({ server: 'files#2', isChanged: true })
    expect(inventory.find('a')).toMatchObject({ server: 'files', isChanged: false })
    const { tools, mcp_servers } = inventory.list(at)
    expect(tools?.map(({ name, mcp_server }) => `${name} ${mcp_server}`)).toEqual(['a files', 'b files', 'b files#2'])
    expect(mcp_servers?.map(({ name }) => name)).toEqual(['files', 'files#2'])
  })

  it('says nothing of a definition that is only written in another order', () => {
    const inventory = createInventory('files')
    inventory.observe(
      [{ name: 'a', inputSchema: { type: 'object', properties: { x: { type: 'string' }, y: {} } } }],
      true,
    )
    expect(
      inventory.observe(
        [{ inputSchema: { properties: { y: {}, x: { type: 'string' } }, type: 'object' }, name: 'a' }],
        true,
      ),
    ).toEqual([])
  })

  it('knows what came, what went, and nothing of what only a page shows', () => {
    const inventory = createInventory('files')
    expect(inventory.find('a')).toBeUndefined()
    inventory.observe([definition('a'), definition('b')], true)
    expect(inventory.observe([definition('a')], false)).toEqual([])
    expect(inventory.observe([definition('a'), definition('c')], true)).toEqual([
      { tool: 'c', change: 'added' },
      { tool: 'b', change: 'removed' },
    ])
    expect(inventory.find('b')).toBeUndefined()
  })

  it('stays finite, whatever a server lists', () => {
    const inventory = createInventory('files')
    inventory.observe([null, 7, 'a', {}, { name: 1 }, { name: '' }, { name: '__proto__' }, definition('a')], true)
    expect(inventory.list(at).tools?.map(({ name }) => name)).toEqual(['__proto__', 'a'])
    for (let n = 0; n < 300; n++) inventory.observe([definition('a', { description: `${n}` })], true)
    const { tools, mcp_servers } = inventory.list(at)
    expect(tools).toHaveLength(101)
    expect(mcp_servers).toHaveLength(100)
    // Each has a name of its own all the same: a grant for one does not cover the next.
    expect(inventory.find('a')?.server).toBe('files#301')
  })

  it('lists a tool that no record can hash without a hash', () => {
    const inventory = createInventory('files')
    const inputSchema = JSON.parse('{"maximum":1e400}') as object
    inventory.observe([{ name: 'a', inputSchema }], true)
    expect(inventory.list(at).tools).toEqual([{ name: 'a', kind: 'mcp', mcp_server: 'files' }])
    expect(inventory.observe([{ name: 'a', inputSchema: {} }], true)).toMatchObject([{ change: 'redefined' }])
  })
})

describe('the effects of a call', () => {
  const effects = (name: string, annotations = {}, args: object = {}) =>
    effectsOfCall({ tool: name, server: 'files', arguments: args, annotations }, {})

  it.each([
    ['read_file', {}, 'read', 'inferred', undefined],
    ['delete_file', {}, 'delete', 'inferred', undefined],
    ['delete_file', { readOnlyHint: true }, 'delete', 'inferred', 'readOnlyHint'],
    ['delete_file', { destructiveHint: false }, 'delete', 'inferred', 'destructiveHint'],
    ['create_issue', { readOnlyHint: true }, 'write', 'inferred', 'readOnlyHint'],
    ['get_issue', { readOnlyHint: true }, 'read', 'inferred', undefined],
    ['frobnicate', { readOnlyHint: true }, 'read', 'declared', undefined],
    ['frobnicate', { readOnlyHint: 'true' }, 'other', 'inferred', undefined],
    ['frobnicate', {}, 'other', 'inferred', undefined],
  ])('%s %j', (name, annotations, kind, basis, contradiction) => {
    const found = effects(name, annotations)
    expect(found.effects).toMatchObject([{ kind, basis }])
    if (contradiction === undefined) expect(found.contradiction).toBeUndefined()
    else expect(found.contradiction).toContain(contradiction)
  })
})

describe.skipIf(!tool('shared'))('tools of a published server', () => {
  const folder = join(tool('shared') ?? '', 'samples/mcp/github-mcp-server')
  it('are listed as they declare themselves', () => {
    const tools = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object)
    const inventory = createInventory('github')
    inventory.observe(tools, true)
    expect(inventory.list(at).tools?.map(({ name, declared_effect }) => [name, declared_effect])).toEqual([
      ['delete_file', 'write'],
      ['get_commit', 'read'],
    ])
    expect(validate(inventory.list(at), { schema: 'inventory' }).findings).toEqual([])
  })
})
