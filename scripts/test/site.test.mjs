// The standard as a static site, built as `npm run site` does it, into a temporary folder.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequirements } from '../requirements.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
let folder
let files
let pages

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-site-'))
  const eleventy = join(root, 'node_modules/@11ty/eleventy/cmd.cjs')
  execFileSync(process.execPath, [eleventy, '--config=site/eleventy.config.mjs', `--output=${folder}`], { cwd: root })
  files = new Set(readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile()))
  pages = new Map(
    [...files].filter((path) => path.endsWith('.html')).map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const idsOf = (html) => new Set([...html.matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id]) => id))
const targetsOf = (html) =>
  [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target]) => target.replaceAll('&amp;', '&'))

describe('the site', () => {
  it('has a page for every page of the standard, and each can be reached from every other', () => {
    const chapters = readdirSync(join(root, 'spec'), { recursive: true }).filter((path) => path.endsWith('.md'))
    expect(chapters.length).toBeGreaterThan(40)
    for (const path of chapters) {
      const page = `spec/${path.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html')}`
      expect(files).toContain(page)
      expect(pages.get('index.html')).toContain(`href="./${page}"`)
    }
  })

  it('has no link that leads nowhere', () => {
    const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]))
    const dead = []
    let followed = 0
    for (const [path, html] of pages) {
      for (const target of targetsOf(html)) {
        if (/^[a-z]+:/.test(target)) continue
        const [, address, anchor] = /^([^#]*)#?(.*)$/.exec(target)
        const to = address === '' ? path : posix.join(posix.dirname(path), decodeURI(address))
        followed++
        if (!files.has(to) || (anchor !== '' && !ids.get(to)?.has(decodeURIComponent(anchor))))
          dead.push(`${path}: ${target}`)
      }
    }
    expect(dead).toEqual([])
    expect(followed).toBeGreaterThan(10_000)
  })

  it('has an anchor for every normative sentence', () => {
    const { requirements } = readRequirements(root)
    expect(requirements.length).toBeGreaterThan(250)
    for (const { id, file } of requirements) {
      expect(pages.get(file.replace(/\.md$/, '.html')), id).toContain(`<blockquote id="${id}">`)
    }
  })

  it('runs nothing and asks nobody', () => {
    for (const [path, html] of pages) {
      expect(html, path).toContain(`content="default-src 'none'; style-src 'self'; img-src 'self'"`)
      expect(html, path).not.toMatch(/<script|<iframe| on[a-z]+="|<img[^>]+src="[a-z]+:/)
    }
    expect(readFileSync(join(folder, 'style.css'), 'utf8')).not.toMatch(/@import|url\(/)
  })

  it('serves the published schemas below the path of their ids, byte for byte', () => {
    const schemas = readdirSync(join(root, 'schemas/2020-12')).filter(
      (name) => name.endsWith('.json') && name !== 'openapi.json',
    )
    expect(schemas).toContain('agent-run.json')
    for (const name of schemas) {
      const bytes = readFileSync(join(folder, 'v1', name), 'utf8')
      expect(bytes).toBe(readFileSync(join(root, 'schemas/2020-12', name), 'utf8'))
      expect(JSON.parse(bytes).$id).toBe(`https://w3id.org/agent-run/v1/${name}`)
    }
  })

  it('has the reference of every object', () => {
    const reference = pages.get('spec/reference.html')
    for (const title of ['AgentRun', 'Step', 'Cost', 'Provenance', 'EvalResult', 'ApprovalEvent', 'BenchPack']) {
      expect(reference).toContain(`${title}`)
    }
    expect(reference.match(/<table>/g).length).toBeGreaterThan(60)
  })
})
