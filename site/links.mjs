// Links between pages of the repository become links between pages of the site.
import { posix } from 'node:path'
import { addressOf, pathOf } from './pages.mjs'

/** A plug-in of markdown-it: `x.md#y` → `x.html#y`, a folder → its page; what the site doesn't show is no link. */
export const linkRewriter = (markdown, site) => {
  const pages = new Set(site.pages.map(({ path }) => path))
  const folders = new Set(site.folders.map(({ path }) => path))
  const files = new Set(site.files)

  const rewritten = (page, target) => {
    const path = pathOf(page, target)
    if (path === undefined || files.has(path)) return target
    const [, address, rest = ''] = /^([^#]*)(#.*)?$/.exec(target)
    if (pages.has(path)) return `${addressOf(address)}${rest}`
    // A browser that reads files doesn't look for index.html by itself.
    const isFolder = folders.has(path) || pages.has(posix.join(path, 'README.md'))
    return isFolder ? `${address.replace(/\/$/, '')}/index.html${rest}` : undefined
  }

  markdown.core.ruler.push('links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const [index, token] of (children ?? []).entries()) {
        if (token.type !== 'link_open') continue
        const target = rewritten(env.source, token.attrGet('href'))
        if (target !== undefined) token.attrSet('href', target)
        else for (const each of [token, closing(children, index)]) Object.assign(each, { tag: 'span', attrs: null })
      }
    }
  })
}

const closing = (tokens, index) => tokens.slice(index).find(({ type }) => type === 'link_close')
