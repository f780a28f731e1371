import type { Head } from '../../conversion/head.ts'
import { asArray, asObject, asString } from '../../conversion/json.ts'

/** True for a log: a document with `eval` of a task and a model, or an archive with the entries of one. */
export function recognises({ document, text, name }: Head): boolean {
  if (text.startsWith('PK\u0003\u0004')) return /_journal\/start\.json|header\.json/.test(text) || /\.eval$/i.test(name)
  const json = asObject(document)
  if (!json) return /^\s*\{/.test(text) && /"eval"\s*:\s*\{/.test(text) && signs.every((sign) => sign.test(text))
  const spec = asObject(json.eval)
  return (
    asString(spec?.task) !== undefined &&
    asString(spec?.model) !== undefined &&
    (asArray(json.samples) !== undefined || asString(json.status) !== undefined)
  )
}

/** What stands near the beginning of a log that is longer than what is looked at. */
const signs = [/"version"\s*:/, /"status"\s*:/, /"task"\s*:/, /"model"\s*:/]
