import { asObject, type Json, parseJson } from '../read-json.ts'

/** Longest answer or line that is looked at, in characters: nobody keeps more in memory for the sake of a record. */
const longest = 8 * 1024 * 1024

/** How an answer is written. */
export type BodyKind = 'json' | 'events' | 'lines'

/** The kind of an answer by its content type; `undefined` for one that is not read. */
export const bodyKind = (contentType: string | null): BodyKind | undefined => {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/event-stream') return 'events'
  if (type === 'application/x-ndjson' || type === 'application/jsonl') return 'lines'
  return type === 'application/json' || type === '' || type.endsWith('+json') ? 'json' : undefined
}

/** Reads an answer beside whoever it is for. */
export interface BodyReader {
  add(chunk: Uint8Array): void
  /** There is nothing more. */
  end(): void
}

/**
 * Tells of every JSON object of an answer as soon as it is there: of the whole, or of every event or line of a stream.
 * What is no JSON object and what is too long is passed over.
 */
export function readBody(kind: BodyKind, tell: (object: Json) => void): BodyReader {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false })
  let rest: string[] = []
  let length = 0
  const take = (text: string): void => {
    const value = parseJson(text)
    // Gemini streams a list unless it is asked for events.
    for (const each of Array.isArray(value) ? value : [value]) {
      const object = asObject(each)
      if (object !== undefined) tell(object)
    }
  }
  const line = (text: string): void => {
    if (kind === 'lines') take(text)
    // No provider spreads an event over several lines.
    else if (text.startsWith('data:')) take(text.slice('data:'.length))
  }
  const flush = (): void => {
    const whole = rest.join('')
    const isWhole = length <= longest
    rest = []
    length = 0
    if (isWhole && whole !== '') (kind === 'json' ? take : line)(whole)
  }
  const keep = (text: string): void => {
    length += text.length
    if (length <= longest) rest.push(text)
    else rest = []
  }
  const add = (text: string): void => {
    if (kind === 'json') {
      keep(text)
      return
    }
    const [first = '', ...others] = text.split(/\r\n|\n|\r/)
    keep(first)
    for (const next of others) {
      flush()
      keep(next)
    }
  }
  return {
    add: (chunk) => add(decoder.decode(chunk, { stream: true })),
    end() {
      add(decoder.decode(new Uint8Array(), { stream: false }))
      flush()
    },
  }
}
