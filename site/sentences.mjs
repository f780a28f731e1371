/** A plug-in of markdown-it: the block quote of a normative sentence gets its id as an anchor, `#AR-SEAL-009`, and links to itself. */
export const sentenceAnchors = (markdown) => {
  markdown.core.ruler.push('sentences', ({ tokens, Token }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'blockquote_open') continue
      const inline = tokens.slice(index).find(({ type }) => type === 'inline')
      const id = /^\*\*\[(AR-[A-Z]+-\d+)\]\*\*/.exec(inline?.content ?? '')?.[1]
      if (id === undefined) continue
      token.attrSet('id', id)
      const open = new Token('link_open', 'a', 1)
      open.attrSet('href', `#${id}`)
      open.attrSet('class', 'sentence')
      const at = inline.children.findIndex(({ type, content }) => type === 'text' && content === `[${id}]`)
      if (at >= 0) inline.children.splice(at, 1, open, inline.children[at], new Token('link_close', 'a', -1))
    }
  })
}
