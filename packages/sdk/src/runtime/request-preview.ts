import { asList, asObject, asText } from './read-json.ts'

/** What a model was asked last: the words of the last message, as far as it has any; the recorder cuts and redacts them. */
export function lastWords(messages: unknown): unknown {
  if (typeof messages === 'string') return messages
  const last = asList(messages).at(-1)
  return textOf(last, 4) ?? last
}

const textOf = (message: unknown, deepest: number): string | undefined => {
  if (typeof message === 'string') return asText(message)
  const given = asObject(message)
  if (given === undefined || deepest === 0) return undefined
  const { content, parts, text, output } = given
  const found = [content, parts, text, output].find((each) => each !== undefined)
  if (typeof found === 'string') return asText(found)
  const texts = asList(found)
    .map((each) => textOf(each, deepest - 1))
    .filter((each) => each !== undefined)
  return texts.length === 0 ? undefined : texts.join('\n')
}
