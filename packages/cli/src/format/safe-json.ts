import { visible } from '@agent-run/core/text'

/**
 * JSON that can be printed on a terminal or into a build log: characters that a terminal would obey or that turn text
 * around, and number signs that a build server would obey, are written as `\uXXXX` escapes, which every reader of JSON
 * undoes. Nothing is lost.
 */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent)
  // Line ends that JSON.stringify wrote are no content.
  return text.replace(/[^\n]+/g, (line) =>
    line === visible(line)
      ? line
      : line
          .replace(/[^ -~]/gu, (character) => (visible(character) === character ? character : units(character)))
          .replaceAll('##', '\\u0023#'),
  )
}

const units = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')
