import { redact } from '@agent-run/sdk/preview'
import { heldIn, isKnownName, isPublic } from './public-members.ts'

/** A stretch of a text in UTF-16 offsets, `end` not included. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** An open object or list, and how far its content may be read. */
interface Level {
  readonly isObject: boolean
  /** What the standard calls the object, or the object that the list is a member of; undefined: nobody knows. */
  readonly kind: string | undefined
  /** Nothing in here may be read. */
  readonly hidden: boolean
  /** Names in here may be read only if the standard knows them. */
  readonly hidesNames: boolean
  /** The member whose value comes next; in a list the member that the list belongs to. */
  member: string | undefined
  expectsName: boolean
}

const TOKEN = /\S/g

/** Everything but the bones of JSON. */
const WORDS = /[^\s"{}[\],:]+/g

/** What to look at in a text. */
export interface MaskInput {
  /** Stretches that end before this offset are left out. */
  readonly from: number
  /** How far to read. */
  readonly end: number
  /** What the standard calls the outermost object: the name of its schema. */
  readonly kind: string
  /** Where the text stops being JSON: behind it nothing is known about what is private, so everything is. */
  readonly fault?: number | undefined
}

/**
 * The stretches of a JSON text that are private: values of members that are not public, and member names nobody knows
 * inside them. Offsets in UTF-16 units. Up to `fault` the text is JSON; if it is not, words count as private.
 */
export function privateStretches(
  text: string,
  { from, end, kind, fault = Number.POSITIVE_INFINITY }: MaskInput,
): Stretch[] {
  const stretches: Stretch[] = []
  const levels: Level[] = []
  const hide = (start: number, stop: number): void => {
    if (stop > from) stretches.push({ start, end: stop })
  }
  const hideBehind = (start: number): void => {
    WORDS.lastIndex = start
    for (let word = WORDS.exec(text); word && word.index < end; word = WORDS.exec(text)) {
      hide(word.index, word.index + word[0].length)
    }
  }
  let at = 0
  while (at < end) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) break
    const start = found.index
    if (start >= end) break
    if (start > fault) {
      hideBehind(start)
      break
    }
    const level = levels.at(-1)
    switch (found[0]) {
      case '{':
      case '[':
        levels.push(open(found[0] === '{', level, kind))
        at = start + 1
        break
      case '}':
      case ']':
        levels.pop()
        at = start + 1
        break
      case ',':
        if (level?.isObject) level.expectsName = true
        at = start + 1
        break
      case ':':
        if (level) level.expectsName = false
        at = start + 1
        break
      case '"': {
        // A string that the fault is in has lost its end: what it seems to hold may be other members.
        at = Math.min(stringEnd(text, start), Math.max(fault, start + 1))
        const isName = level?.isObject === true && level.expectsName
        if (isName) {
          level.member = text.slice(start + 1, Math.min(at - 1, start + 1 + LONGEST_NAME))
          if (level.hidesNames && !isKnownName(level.member)) hide(start, at)
        } else if (!mayRead(level) || holdsSecret(text, start, at)) hide(start, at)
        break
      }
      default: {
        at = wordEnd(text, start)
        const word = text.slice(start, Math.min(at, start + LONGEST_NAME))
        const isPlain =
          word === 'true' || word === 'false' || word === 'null' || (/^[-\d]/.test(word) && mayRead(level))
        if (!isPlain) hide(start, at)
      }
    }
  }
  return stretches
}

/** No member of the standard has a longer name. */
const LONGEST_NAME = 64

const open = (isObject: boolean, outer: Level | undefined, root: string): Level => {
  if (outer === undefined) {
    return { isObject, kind: root, hidden: false, hidesNames: false, member: undefined, expectsName: isObject }
  }
  const { kind, member } = outer
  // A list of records stands around the outermost object; a list of anything else has its member's name.
  const held = member === undefined ? (outer.isObject ? undefined : kind) : heldIn(kind, member)
  const isReadable = member === undefined ? held !== undefined : isPublic(kind, member)
  return {
    isObject,
    kind: isObject ? held || undefined : kind,
    hidden: outer.hidden || !isReadable,
    hidesNames: outer.hidesNames || held === undefined,
    member: isObject ? undefined : member,
    expectsName: isObject,
  }
}

const mayRead = (level: Level | undefined): boolean =>
  level !== undefined && !level.hidden && level.member !== undefined && isPublic(level.kind, level.member)

/** How much of a text is looked at for secrets: no frame shows more of it. */
const SHOWN = 4096

/** Whether a text that may be read has a key, token or password of a known shape in it. */
const holdsSecret = (text: string, start: number, end: number): boolean => {
  const shown = text.slice(start, Math.min(end, start + SHOWN))
  return redact(shown) !== shown
}

/** Offset after the closing quotation mark; the end of the text if there is none. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return text.length
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\' && quote - 1 - backslashes > start) backslashes++
    if (backslashes % 2 === 0) return quote + 1
    at = quote
  }
}

const WORD_END = /[\s,:"{}[\]]/g

/** Offset after a number or word. */
export function wordEnd(text: string, start: number): number {
  WORD_END.lastIndex = start + 1
  return WORD_END.exec(text)?.index ?? text.length
}
