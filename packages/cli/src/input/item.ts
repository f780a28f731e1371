import type { InputProblem } from './source.ts'

/** One JSON value cut out of an input, as bytes that nobody has looked at yet. */
export interface DocumentItem {
  readonly kind: 'document'
  /** Valid until the next item is asked for. */
  readonly bytes: Buffer
  /** Number of bytes before it in the input, uncompressed. */
  readonly offset: number
  /** Place of the first byte in the input, from 1; column in UTF-16 code units. */
  readonly line: number
  readonly column: number
}

/** What an input consists of: values, and places where it is broken. */
export type Item = DocumentItem | { readonly kind: 'problem'; readonly problem: InputProblem }

/** Cuts an input into items, piece by piece. Never holds more than one value, and never more than `maxSize` bytes. */
export interface Cutter {
  push(chunk: Buffer): Iterable<Item>
  end(): Iterable<Item>
}

/** An error of the input as an item. */
export function problemAt(line: number, column: number, code: string, message: string): Item {
  return { kind: 'problem', problem: { code, severity: 'error', message, line, column } }
}

/** A value that is longer than `--max-size`. */
export function tooLarge(line: number, column: number, what: string, maxSize: number): Item {
  const limit = maxSize % (1024 * 1024) === 0 ? `${maxSize / (1024 * 1024)} MiB` : `${maxSize} bytes`
  const message = `this ${what} is longer than ${limit} and was passed over (raise the limit with --max-size, or keep payloads outside the record by reference)`
  return problemAt(line, column, 'input.too_large', message)
}
