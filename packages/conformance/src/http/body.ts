import { gzipSync } from 'node:zlib'
import type { BodySpec, JournalBody, JournalItem, RequestSpec } from './case.ts'
import { expand, expandText } from './expand.ts'
import { Missing, type Room } from './room.ts'

/** No body of a case is longer, in octets; a server that declares more than that is not tested at its limit. */
const MOST = 160 * 1024 * 1024

/** The octets of a body. */
export const bodyOctets = (room: Room, spec: BodySpec): Uint8Array => {
  if ('json' in spec) return Buffer.from(JSON.stringify(expand(room, spec.json)))
  if ('text' in spec) return Buffer.from(expandText(room, spec.text))
  if ('hex' in spec) return Buffer.from(spec.hex, 'hex')
  if ('again' in spec) {
    const octets = room.bodies.get(spec.again)
    if (!octets) throw new TypeError(`no exchange ${spec.again} was sent before`)
    return octets
  }
  if ('lines' in spec) return joinLines(spec.lines.map((line) => bodyOctets(room, line)))
  if ('journal' in spec) return journalOctets(room, spec.journal)
  return piecesOctets(room, spec.pieces)
}

/** The octets of a request as they are sent: compressed if the case says so. What is sent under a name can be sent again. */
export const requestOctets = (room: Room, request: RequestSpec, name?: string): Uint8Array | undefined => {
  if (!request.body) return undefined
  const octets = bodyOctets(room, request.body)
  if (name !== undefined) room.bodies.set(name, octets)
  return request.gzip ? gzipSync(octets) : octets
}

const joinLines = (lines: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(0x0a)]))

const journalOctets = (room: Room, { lines, keep }: JournalBody): Uint8Array => {
  const before = room.journal
  const octets = joinLines(lines.map((line) => journalLine(room, line)))
  if (keep === false) room.journal = before
  return octets
}

const journalLine = (room: Room, item: JournalItem): Uint8Array => {
  if ('text' in item) return Buffer.from(expandText(room, item.text))
  if ('private' in item) return Buffer.from(JSON.stringify(expand(room, item.private)))
  const { seq, prev, at, type, data } = item
  const line = {
    seq: seq ?? room.journal.seq + 1,
    prev: prev === undefined ? room.journal.head : expandText(room, prev),
    at: expandText(room, at),
    type,
    data: expand(room, data),
  }
  const octets = Buffer.from(JSON.stringify(line))
  room.chain(line.seq, octets)
  return octets
}

const piecesOctets = (room: Room, pieces: readonly { text: string; times?: number; beyond?: string }[]): Uint8Array => {
  const parts = pieces.map(({ text, times, beyond }) => ({ text: Buffer.from(expandText(room, text)), times, beyond }))
  const fixed = parts.reduce((sum, { text, times, beyond }) => sum + (beyond ? 0 : text.length * (times ?? 1)), 0)
  return Buffer.concat(
    parts.map(({ text, times, beyond }) => {
      const size = beyond ? Math.max(0, room.limit(beyond) + 1 - fixed) : text.length * (times ?? 1)
      if (size > MOST) throw new Missing(`a body of ${size} octets is more than this suite sends`)
      return Buffer.alloc(size, text)
    }),
  )
}
