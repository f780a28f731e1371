/**
 * Arrays in PostgreSQL's binary form (`array_recv`: dimensions, has-nulls, element type, length, lower bound, then each
 * element with its size). A column of a batch is one such parameter: octets go as they are, not as hexadecimal digits
 * in quoted text, which would double them and cost more than the insert itself.
 */
const HEAD = 20
const NULL_SIZE = -1

const BYTEA = 17
const INT8 = 20
const TEXT = 25
const FLOAT8 = 701
const BOOL = 16

/** `text[]`. */
export const textArray = (values: readonly (string | null | undefined)[]): Buffer => {
  // The most that UTF-8 needs; measuring each text first costs as much as writing it.
  let size = HEAD
  for (const value of values) size += 4 + 3 * (value?.length ?? 0)
  const array = begin(Buffer.allocUnsafe(size), TEXT, values.length)
  let at = HEAD
  for (const value of values) {
    const length = value == null ? NULL_SIZE : array.write(value, at + 4, 'utf8')
    array.writeInt32BE(length, at)
    at += 4 + Math.max(length, 0)
  }
  return array.subarray(0, at)
}

/** `bytea[]`. */
export const byteaArray = (values: readonly (Uint8Array | null | undefined)[]): Buffer => {
  let size = HEAD
  for (const value of values) size += 4 + (value?.length ?? 0)
  const array = begin(Buffer.allocUnsafe(size), BYTEA, values.length)
  let at = HEAD
  for (const value of values) {
    array.writeInt32BE(value == null ? NULL_SIZE : value.length, at)
    at += 4
    if (value == null) continue
    array.set(value, at)
    at += value.length
  }
  return array
}

/** `bigint[]`, of safe integers. */
export const bigintArray = (values: readonly (number | null | undefined)[]): Buffer =>
  fixed(INT8, 8, values, (array, value, at) => writeInt64(array, value, at))

/** Without a BigInt: of safe integers the upper half has 21 bits. */
const writeInt64 = (array: Buffer, value: number, at: number): void => {
  array.writeInt32BE(Math.floor(value / 2 ** 32), at)
  array.writeUInt32BE(value - Math.floor(value / 2 ** 32) * 2 ** 32, at + 4)
}

/** `double precision[]`. */
export const doubleArray = (values: readonly (number | null | undefined)[]): Buffer =>
  fixed(FLOAT8, 8, values, (array, value, at) => array.writeDoubleBE(value, at))

/** `boolean[]`. */
export const booleanArray = (values: readonly (boolean | null | undefined)[]): Buffer =>
  fixed(BOOL, 1, values, (array, value, at) => array.writeUInt8(value ? 1 : 0, at))

const fixed = <Value>(
  type: number,
  size: number,
  values: readonly (Value | null | undefined)[],
  write: (array: Buffer, value: Value, at: number) => void,
): Buffer => {
  const array = begin(Buffer.allocUnsafe(HEAD + values.length * (4 + size)), type, values.length)
  let at = HEAD
  for (const value of values) {
    array.writeInt32BE(value == null ? NULL_SIZE : size, at)
    at += 4
    if (value == null) continue
    write(array, value, at)
    at += size
  }
  return array.subarray(0, at)
}

const begin = (array: Buffer, type: number, count: number): Buffer => {
  array.writeInt32BE(1, 0)
  array.writeInt32BE(1, 4)
  array.writeInt32BE(type, 8)
  array.writeInt32BE(count, 12)
  array.writeInt32BE(1, 16)
  return array
}
