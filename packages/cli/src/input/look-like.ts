import { readHead } from '@agent-run/sdk/conversion'

const records = /^[\s[]*\{[^{}]*"(agent_id|spec_version)"\s*:/

/** What is of no format that is converted: a test on the text, and a name for people. */
const looks: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'an empty file'],
  [records, 'agent-run records, which need no conversion (agent-run validate checks them, --to writes another format)'],
  [/^\s*[[{]/, 'JSON of another kind'],
  [/^\s*</, 'HTML or XML'],
]

/** Whether a file begins like agent-run records. */
export const looksLikeRecords = (first: Buffer): boolean => records.test(textOf(first))

/** What a beginning looks like. */
export interface Look {
  /** In words, with the article. Never quotes it. */
  readonly what: string
  /** The format, if it is one that is converted. */
  readonly format: string | undefined
}

/** Looks at the first bytes of a file. */
export async function lookLike(name: string, first: Buffer): Promise<Look> {
  // What converts is loaded only where something is no record.
  const { adapters, attachers } = await import('@agent-run/sdk/adapters')
  const head = readHead(name, first)
  const known = [...adapters, ...attachers].find((candidate) => candidate.recognises(head))
  if (known) return { what: known.title, format: known.format }
  if (first.includes(0)) return { what: 'binary data', format: undefined }
  const text = textOf(first)
  const what = looks.find(([pattern]) => pattern.test(text))?.[1] ?? 'text that is not JSON'
  return { what, format: undefined }
}

const textOf = (first: Buffer): string => first.toString('utf8').replace(/^\ufeff/, '')
