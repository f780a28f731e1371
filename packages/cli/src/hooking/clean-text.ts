import { cut, hideByName, redact, secretKind, wellFormed } from '@agent-run/sdk/preview'

/** Most code points of a text, and of a path: one that is cut leads nowhere. */
const most = { text: 300, path: 4096 }

const paths: ReadonlySet<string> = new Set(['transcript_path', 'agent_transcript_path', 'cwd'])

/** A text of an event without secrets of known shapes, or by a name that says it is one, and cut. */
export function cleanText(name: string, value: string): string {
  const secret = secretKind(name)
  const text = redact(wellFormed(value.length > most.path ? value.slice(0, most.path) : value))
  return secret === undefined
    ? cut(text, paths.has(name) ? most.path : most.text)
    : String(hideByName(secret, name, text))
}
