import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reference } from '../gen/reference.mjs'
import { anchors, links } from '../markdown.mjs'
import { readSchemas } from '../schemas.mjs'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const PAGE = 'spec/reference.md'

describe('the reference', () => {
  const page = reference(repository)[PAGE]

  it('has a section for every object and a row for every member', () => {
    for (const { title, properties } of readSchemas(repository).values()) {
      const section = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
      for (const member of Object.keys(properties))
        expect(section, `${title}.${member}`).toContain(`\n| \`${member}\` |`)
    }
  })

  it('links only to sections it has', () => {
    const known = anchors(page)
    const inside = links(page).filter(({ target }) => target.startsWith('#'))
    expect(inside.length).toBeGreaterThan(50)
    expect(inside.filter(({ target }) => !known.has(target.slice(1)))).toEqual([])
  })

  it('says since when, and what is private', () => {
    expect(page).toMatch(/\| `tool_name` \|.*\| \*0\.1\* \|/)
    expect(page).toMatch(/\| `operation` \|.*\| \*private\* \|/)
    expect(page).toMatch(/\| `intent` \|.*\| \*private\* \|/)
  })
})

describe('what the reference is made from', () => {
  let root
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'agent-run-reference-'))
    for (const folder of ['schemas', 'spec']) cpSync(join(repository, folder), join(root, folder), { recursive: true })
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const edit = (file, from, to) => {
    const before = readFileSync(join(root, file), 'utf8')
    expect(before).toContain(from)
    writeFileSync(join(root, file), before.replace(from, to))
  }

  it('names no member that a schema does not have', () => {
    edit('spec/privacy.md', '`intent`', '`purpose`')
    expect(() => reference(root)).toThrow('has no member purpose')
  })

  it('agrees with the descriptions on what is private', () => {
    edit('spec/privacy.md', '`intent` ', '')
    expect(() => reference(root)).toThrow('disagree whether intent is private')
  })

  it('has words for every pattern', () => {
    edit('schemas/links.json', '^[0-9a-f]{16}$', '^[0-9]+$')
    expect(() => reference(root)).toThrow('links.json#/properties/span_id')
  })

  it('has a section of the registry for every open vocabulary', () => {
    edit('spec/registry.md', '## risk', '## how risky?')
    expect(() => reference(root)).toThrow('no anchor')
  })
})
