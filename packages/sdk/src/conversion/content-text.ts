import { asArray, asObject, asString } from './json.ts'

/** The text of a content: as it is, or the texts of its parts, one below the other. */
export function contentText(content: unknown): string | undefined {
  const parts = asArray(content)
  if (!parts) return asString(content)
  const texts = parts.flatMap((part) => asString(asObject(part)?.text) ?? asString(part) ?? [])
  return texts.length > 0 ? texts.join('\n') : undefined
}
