import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { publicForm } from '../bytes/seal.ts'

/** Single words and short texts are found by chance. */
const isTelling = (text: string): boolean => text.length >= 8 && !/^\p{L}*$/u.test(text)

/** Texts of the salts and private members of a record that stand nowhere else in it or beside it. */
export const privateTexts = (input: JsonObject): ReadonlySet<string> => {
  const record = typeof input.record_text === 'string' ? parsed(input.record_text) : input.record
  if (!isObject(record)) return new Set()
  const { record: _, record_text: __, journal_text: ___, ...beside } = input
  const open = new Set(textsOf([publicForm('run', claimed(record) as JsonObject), beside]))
  return new Set(textsOf(record).filter((text) => isTelling(text) && !open.has(text)))
}

/** Whether a result repeats one of some texts, alone or within a longer one. */
export const repeats = (result: Json, hidden: ReadonlySet<string>): boolean =>
  hidden.size > 0 && textsOf(result).some((text) => [...hidden].some((each) => text.includes(each)))

/** A copy in which everything claims to have private members, so that its public form has none whether it says so or not. */
const claimed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(claimed)
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]): [string, Json] => [name, claimed(member)])
  return { ...Object.fromEntries(members), private_hash: '' }
}

const textsOf = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isObject(value) ? Object.values(value).flatMap(textsOf) : []
}

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
