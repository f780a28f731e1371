import { visible } from './escape.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/**
 * Text for an XML 1.0 attribute or element, on one line. What XML cannot hold at all (control characters, lone
 * surrogates, U+FFFE) is written as an escape that people can read.
 */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] as string)
}
