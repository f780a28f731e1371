// The repository's pages as a static site: `npm run site` writes site/dist. Addresses are the paths in the repository, with
// .html for .md, so that every relative link of a page stays right. No scripts, nothing is fetched from elsewhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import highlight from '@11ty/eleventy-plugin-syntaxhighlight'
import anchor from 'markdown-it-anchor'
import { anchorOf } from '../scripts/markdown.mjs'
import { linkRewriter } from './links.mjs'
import { folderPage, readSite } from './pages.mjs'
import { sentenceAnchors } from './sentences.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))

/** @param {import('@11ty/eleventy').UserConfig} eleventy */
export default function configure(eleventy) {
  const site = readSite(root)
  eleventy.addPlugin(highlight)
  eleventy.setQuietMode(true)
  // What git ignores, node_modules for example, has no page anyway: pages are given one by one below.
  eleventy.setUseGitIgnore(false)
  eleventy.amendLibrary('md', (markdown) => {
    markdown.set({ html: true, linkify: false })
    // Numbered like GitHub's: the second heading of a name ends in -1.
    markdown.use(anchor, { slugify: anchorOf, uniqueSlugStartIndex: 1, tabIndex: false })
    markdown.use(linkRewriter, site)
    markdown.use(sentenceAnchors)
  })
  eleventy.addGlobalData('navigation', site.navigation)
  for (const { path, address, title } of site.pages) {
    // A template of that name would be read from the folder; these come from the repository.
    eleventy.addTemplate(`repository/${path}`, readFileSync(join(root, path), 'utf8'), {
      layout: 'page.njk',
      permalink: address,
      address,
      source: path,
      title,
    })
  }
  for (const { path, address, title } of site.folders) {
    eleventy.addTemplate(`folders/${path}/index.md`, folderPage(root, path), {
      layout: 'page.njk',
      permalink: address,
      address,
      source: `${path}/index.md`,
      title,
    })
  }
  eleventy.addPassthroughCopy({ 'site/style.css': 'style.css' })
  for (const path of site.files) eleventy.addPassthroughCopy({ [path]: path })
  // The published edition, below the path that its $ids name: https://w3id.org/agent-run/v1/ can point there.
  eleventy.addPassthroughCopy({ 'schemas/2020-12': 'v1' })
  eleventy.addFilter('sections', (html) =>
    [...html.matchAll(/<h2 id="([^"]+)"[^>]*>(.*?)<\/h2>/gs)].map(([, id, heading]) => ({
      id,
      html: heading.replace(/<\/?a\b[^>]*>/g, ''),
    })),
  )
  // From a page to the root, so that the site works below any path and from files.
  eleventy.addFilter('toRoot', (address) => '../'.repeat(address.split('/').length - 1) || './')
}

export const config = {
  dir: { input: 'site/layouts', output: 'site/dist', includes: '.' },
  markdownTemplateEngine: false,
  templateFormats: ['md'],
}
