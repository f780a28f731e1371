import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { isLevel, type VerifierLevel } from './operations.ts'

/** Deepest nesting of an answer; a record may have 128 levels, and a result holds no more than one. */
const MOST_DEEP = 160

/** An answer of a harness, or what is wrong with the line. */
export type Answer =
  | { readonly id: number; readonly kind: 'result'; readonly result: Json }
  | { readonly id: number; readonly kind: 'unsupported' | 'error' }
  | { readonly fault: string }

/** What a harness says about itself. */
export interface Description {
  readonly name: string
  readonly version: string
  readonly level: VerifierLevel
  /** Operations it has; undefined for all. */
  readonly ops: ReadonlySet<string> | undefined
}

/** Reads one line of a harness. */
export const readAnswer = (line: Uint8Array | null): Answer => {
  if (line === null) return { fault: 'wrote a line of more than 1 MiB' }
  let answer: Json
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)
    if (isTooDeep(text)) return { fault: `wrote a line that is nested deeper than ${MOST_DEEP} levels` }
    answer = JSON.parse(text) as Json
  } catch {
    return { fault: 'wrote a line to standard output that is not JSON; anything but answers goes to standard error' }
  }
  if (!isObject(answer) || !Number.isSafeInteger(answer.id))
    return { fault: 'wrote a line to standard output that is no answer: expected an object with the id of a request' }
  const id = answer.id as number
  const told = ['result', 'unsupported', 'error'].filter((name) => Object.hasOwn(answer, name))
  if (told.length !== 1) return { fault: 'gave an answer without exactly one of result, unsupported and error' }
  if (told[0] === 'result') return { id, kind: 'result', result: answer.result! }
  if (told[0] === 'error') return { id, kind: 'error' }
  return answer.unsupported === true
    ? { id, kind: 'unsupported' }
    : { fault: 'gave an answer whose unsupported is not true' }
}

/** Reads what a harness says about itself; a sentence says what is wrong with it. */
export const readDescription = (result: Json): Description | string => {
  if (!isObject(result)) return 'described itself with something that is no object'
  const { harness, name, version, level } = result
  if (harness !== 1) return 'speaks another version of the harness protocol; expected "harness": 1'
  if (!isName(name) || !isName(version)) return 'described itself without a name and a version of 1 to 100 characters'
  if (!isLevel(level)) return 'declares no level; expected recorded, sealed or accountable'
  const ops = readOps(result)
  return ops === null ? 'declares ops that are no list of operations' : { name, version, level, ops }
}

const isName = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 100

const readOps = ({ ops }: JsonObject): ReadonlySet<string> | undefined | null => {
  if (ops === undefined) return undefined
  const isList = Array.isArray(ops) && (ops as readonly Json[]).every((op) => typeof op === 'string')
  return isList ? new Set(ops as readonly string[]) : null
}

/** Whether brackets are nested deeper than anything that is expected; what walks over values calls itself. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (c === '\\') at++
    else if (c === '"') isInString = !isInString
    else if (isInString) continue
    else if (c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') depth--
    if (depth > MOST_DEEP) return true
  }
  return false
}
