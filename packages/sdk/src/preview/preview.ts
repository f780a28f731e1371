import { farthestSign, mayHoldSecret, redact } from './redact.ts'

/** Most code points a preview may have (AR-PRIV-003). */
const previewLength = 2000

/** How much of a text is looked at to make a preview, in UTF-16 code units: what follows cannot matter. */
const window = 16_384

/** Replaces lone surrogates by U+FFFD, since a record must not contain any (AR-BYTES-005). */
export function wellFormed(text: string): string {
  return text.toWellFormed()
}

/**
 * Cuts a text to a number of code points; the last one is then an ellipsis.
 * Never cuts a surrogate pair in two.
 */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  let kept = length - 1
  let end = length
  for (const { index } of text.slice(0, 2 * length).matchAll(pair)) {
    if (index >= end) break
    if (index < kept) kept++
    end++
  }
  return end < text.length ? `${text.slice(0, kept)}…` : text
}

/** One code point of two code units. */
const pair = /[\ud800-\udbff][\udc00-\udfff]/g

/** Turns text of a source into text of a record: well-formed, without secrets of known shapes, and short. */
export interface Previewer {
  /** A preview: at most `length` code points, 2,000 by default. */
  text(value: string, length?: number): string
  /** A preview of a JSON value: a string as it is, anything else as JSON. Undefined for `undefined` and for what JSON cannot say. */
  json(value: unknown, length?: number): string | undefined
}

/**
 * Makes a previewer.
 * @param redacting whether secrets of known shapes are replaced (see `redact`)
 */
export function createPreviewer(redacting: boolean): Previewer {
  const clean = redacting ? redact : (text: string): string => text
  const text = (value: string, length = previewLength): string => {
    // What a secret that begins in the preview is recognised by stands in here: without that the rest cannot matter.
    const reach = 2 * length + farthestSign
    if (value.length > reach && reach < window / 2) {
      const near = value.slice(0, reach)
      if (!redacting || !mayHoldSecret(near)) return detach(cut(wellFormed(near), length))
    }
    let head = value
    if (value.length > window) {
      // A secret that the window cuts in two would lose its shape: the unfinished last word is dropped.
      head = value.slice(0, lastBreak(value))
    }
    const cleaned = clean(wellFormed(head))
    return detach(cut(head.length < value.length && cleaned.length <= length ? `${cleaned}…` : cleaned, length))
  }
  return {
    text,
    json(value, length) {
      if (typeof value === 'string') return text(value, length)
      const json = stringify(value)
      return json === undefined ? undefined : text(json, length)
    },
  }
}

/**
 * A copy. Engines keep a part of a string alive together with the whole, which may be a file of megabytes; what was put
 * together from two strings is made anew when a part of it is taken.
 */
export function detach(text: string): string {
  return ` ${text}`.slice(1)
}

/** End of the last whole word inside the window, if that word ends near its edge. */
function lastBreak(text: string): number {
  let end = window
  while (end > window - 512 && !/\s/.test(text.charAt(end - 1))) end--
  return end
}

/** JSON of a value; long strings inside are cut first, so that a large argument costs nothing. Undefined where it is too deep. */
function stringify(value: unknown): string | undefined {
  try {
    return isFlat(value) ? JSON.stringify(value) : JSON.stringify(value, (_key, member: unknown) => shorten(member))
  } catch {
    return undefined
  }
}

const shorten = (member: unknown): unknown =>
  typeof member === 'string' && member.length > window ? member.slice(0, window) : member

/** Whether it is seen at a glance that nothing in a value is long: most arguments are a few short texts. */
function isFlat(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  for (const member of Object.values(value))
    if ((typeof member === 'object' && member !== null) || (typeof member === 'string' && member.length > window))
      return false
  return true
}
