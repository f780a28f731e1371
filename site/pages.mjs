// Which pages, files and folders of the repository the site shows.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { links, section, tableRows } from '../scripts/markdown.mjs'

/** Pages that readers of the standard and users of the software need; others are for those who work here. */
const isPublic = (path) =>
  /^(README|CHANGELOG|SECURITY)\.md$|^(spec|conformance|examples|schemas)\/.*\.md$|^(packages\/[^/]+|python|crates\/[^/]+|bench\/packs(\/[^/]+)?)\/README\.md$/.test(
    path,
  )

/** Files that pages link to and that are shown as they are. Code of this repository and fixtures of packs are for those who have it. */
const isShown = (path) =>
  !path.includes('/workspaces') &&
  /^(schemas|conformance|examples|spec|bench\/packs|action\.yml|LICENSE)(\/|$)/.test(path)

/**
 * @typedef {{path: string, address: string, title: string}} Page
 * @returns {{pages: Page[], folders: Page[], files: string[], navigation: {title: string, pages: Page[]}[]}} `files` are copied
 */
export const readSite = (root) => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = tracked.split('\n').filter(isPublic).sort()
  const pages = paths.map((path) => ({ path, address: addressOf(path), title: titleOf(root, path) }))
  const known = new Set(paths)
  const files = new Set()
  const folders = new Set()
  const follow = (path) => {
    if (!isShown(path)) return
    if (known.has(path) || known.has(posix.join(path, 'README.md')) || folders.has(path)) return
    if (!statSync(join(root, path)).isDirectory()) return void files.add(path)
    folders.add(path)
    for (const { name } of entries(root, path)) follow(posix.join(path, name))
  }
  for (const path of paths) {
    for (const { target } of links(readFileSync(join(root, path), 'utf8'))) {
      const linked = pathOf(path, target)
      if (linked !== undefined) follow(linked)
    }
  }
  return {
    pages,
    folders: [...folders].sort().map((path) => ({ path, address: `${path}/index.html`, title: `${path}/` })),
    files: [...files].sort(),
    navigation: readNavigation(root, pages),
  }
}

/** The path in the repository that a link of a page means; undefined for other sites and places on the same page. */
export const pathOf = (page, target) => {
  if (/^([a-z][a-z0-9+.-]*:|#)/i.test(target)) return undefined
  return posix.join(posix.dirname(page), decodeURI(target.replace(/[#?].*$/, ''))).replace(/\/$/, '')
}

/** Where a page stands in the site. */
export const addressOf = (path) => path.replace(/(^|\/)README\.md$/, '$1index.html').replace(/\.md$/, '.html')

/** The list of a folder that has no page of its own, as markdown. */
export const folderPage = (root, path) =>
  [
    `# ${path}/`,
    '',
    ...entries(root, path).map(
      ({ name, isFolder }) => `- [${name}${isFolder ? '/' : ''}](${name}${isFolder ? '/' : ''})`,
    ),
    '',
  ].join('\n')

const entries = (root, path) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => !/^(\.|node_modules$|dist$|target$|__pycache__$)/.test(name))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

const titleOf = (root, path) => {
  const heading = /^# (.+)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1]
  if (heading === undefined) throw new Error(`${path} has no heading to be called by`)
  return heading.replace(/[`*]/g, '')
}

/** The chapters in the order of the standard's first page, then what else there is, by what one comes for. */
const readNavigation = (root, pages) => {
  const page = (path) => {
    const found = pages.find((each) => each.path === path)
    if (found === undefined) throw new Error(`the navigation names ${path}, which is no page`)
    return found
  }
  const chapters = tableRows(section(readFileSync(join(root, 'spec/README.md'), 'utf8'), 'How to read it'))
    .flatMap(({ cells }) => [...cells[0].matchAll(/\]\(([^)]+\.md)\)/g)])
    .map(([, target]) => page(`spec/${target}`))
  const groups = [
    { title: 'The standard', pages: [page('spec/README.md'), ...chapters] },
    {
      title: 'Look up',
      pages: ['reference', 'registry', 'errors', 'coverage', 'conformance'].map((name) => page(`spec/${name}.md`)),
    },
    {
      title: 'Check and prove',
      pages: [
        ...['checking', 'prove-your-server', 'prove-your-runtime', 'prove-your-verifier', 'bench', 'compliant'].map(
          (name) => page(`spec/${name}.md`),
        ),
        page('conformance/harness.md'),
      ],
    },
    { title: 'Adapters', pages: pages.filter(({ path }) => path.startsWith('spec/adapters/')) },
    {
      title: 'Software',
      pages: pages.filter(({ path }) => /^(packages\/.*|python|crates\/.*)\/README\.md$/.test(path)),
    },
    { title: 'Decisions', pages: pages.filter(({ path }) => path.startsWith('spec/decisions/')) },
  ]
  const listed = new Set(groups.flatMap((group) => group.pages))
  const forgotten = pages.filter((each) => each.path.startsWith('spec/') && !listed.has(each))
  if (forgotten.length > 0) throw new Error(`the navigation lacks ${forgotten.map(({ path }) => path).join(', ')}`)
  return groups
}
