// A strict reader of markup as this suite writes it: every element is closed, every attribute quoted, every character named
// that has to be. It knows nothing of the renderers.

/** An element, with its attributes decoded and the text that stands in it, its children's included. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parents: readonly string[]
  text: string
}

const VOID = new Set(['meta', 'input', 'rect', 'circle', 'path'])
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }

const decode = (text: string): string => {
  if (/[<>]/.test(text)) throw new SyntaxError(`markup in a text: ${text.slice(0, 80)}`)
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const character = ENTITIES[name.replace(/;$/, '')]
    if (character === undefined || !name.endsWith(';')) throw new SyntaxError(`no entity: ${whole.slice(0, 20)}`)
    return character
  })
}

/** All elements of a document in their order. @throws {SyntaxError} for anything that is not well formed */
export const elementsOf = (document: string): readonly Element[] => {
  const body = document.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n|^<!doctype html>\n/, '')
  const elements: Element[] = []
  const open: Element[] = []
  const say = (text: string): void => {
    for (const element of open) element.text += text
  }
  let at = 0
  while (at < body.length) {
    const inStyle = open.at(-1)?.name === 'style'
    const next = body.indexOf(inStyle ? '</style>' : '<', at)
    const text = body.slice(at, next === -1 ? body.length : next)
    say(inStyle ? text : decode(text))
    if (next === -1) break
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(
      body.slice(next, next + 10_000_000),
    )
    if (tag === null) throw new SyntaxError(`no tag: ${body.slice(next, next + 80)}`)
    const [whole, closes, name = '', attributes = '', empty] = tag
    if (closes) {
      const last = open.pop()
      if (last?.name !== name) throw new SyntaxError(`</${name}> closes <${last?.name}>`)
    } else {
      const element: Element = {
        name,
        attributes: Object.fromEntries(
          Array.from(attributes.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g), ([, key = '', value = '']) => [
            key,
            decode(value),
          ]),
        ),
        parents: open.map((parent) => parent.name),
        text: '',
      }
      elements.push(element)
      if (!empty && !VOID.has(name)) open.push(element)
    }
    at = next + whole.length
  }
  if (open.length > 0) throw new SyntaxError(`<${open.at(-1)?.name}> is not closed`)
  return elements
}
