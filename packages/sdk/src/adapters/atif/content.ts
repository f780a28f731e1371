import type { ContentRef } from '@agent-run/types'
import { asArray, asObject, asString } from '../../conversion/json.ts'
import type { Previewer } from '../../preview/index.ts'

/** What a message or a result says: its text, and the images it names. */
export interface Said {
  readonly text: string | undefined
  readonly refs: ContentRef[]
}

/** Longest address of an image that is kept; images that are part of the address are not. */
const longestAddress = 1024

/** Reads content of ATIF: a string, or a list of parts of type `text` and `image`. Anything else is kept as JSON. */
export function readContent(content: unknown, previewer: Previewer): Said {
  if (typeof content === 'string') return { text: asString(content), refs: [] }
  if (content === undefined || content === null) return { text: undefined, refs: [] }
  const parts = asArray(content)
  if (!parts) return { text: previewer.json(content), refs: [] }
  const texts: string[] = []
  const refs: ContentRef[] = []
  for (const part of parts) {
    const json = asObject(part)
    const text = asString(json ? json.text : part)
    const source = asObject(json?.source)
    if (text !== undefined) texts.push(text)
    if (source) refs.push(readImage(asString(source.path), asString(source.media_type), previewer))
  }
  return { text: texts.length > 0 ? texts.join('\n') : undefined, refs }
}

function readImage(path: string | undefined, mediaType: string | undefined, previewer: Previewer): ContentRef {
  const isAddress = path !== undefined && path.length <= longestAddress && !/^data:/i.test(path)
  return {
    ...(isAddress ? { uri: previewer.text(path) } : {}),
    media_type: mediaType && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(mediaType) ? mediaType : 'application/octet-stream',
  }
}
