import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { bodyOctets } from '../http/body.ts'
import type { Stage } from '../http/stage.ts'
import type { WrittenCodeCase } from './code-case.ts'
import { finished, runPath } from './records.ts'

/** Sends the beginning of a request and closes the connection. */
const sendAndClose = (stage: Stage, head: string, octets: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    const { url } = stage.room.subject
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const secure = url.protocol === 'https:'
    const port = Number(url.port || (secure ? 443 : 80))
    const socket = secure ? connectSecurely({ host, port, servername: host }) : connect({ host, port })
    socket.setTimeout(stage.bounds.seconds * 1000, () => socket.destroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.write(head)
      socket.write(octets, () => setTimeout(() => socket.destroy(), 50))
    })
  })

/** What a server does after a body that never became whole. */
const cut = (
  name: string,
  description: string,
  fault: string,
  length: (octets: number) => number,
  part: number,
): WrittenCodeCase => ({
  name,
  requirement: 'AR-HTTP-003',
  capability: 'core',
  description,
  fault,
  run: async (stage) => {
    const octets = bodyOctets(stage.room, { json: finished('run') })
    const sent = stage.prepare({ method: 'POST', path: '/api/v1/runs' })
    const { url } = stage.room.subject
    const headers = {
      ...sent.headers,
      host: url.host,
      'content-type': 'application/json',
      'content-length': length(octets.length),
    }
    const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`)
    const head = `POST ${url.pathname.replace(/\/$/, '')}${sent.path} HTTP/1.1\r\n${lines.join('')}\r\n`
    for (let time = 0; time < 5; time++)
      await sendAndClose(stage, head, octets.subarray(0, Math.ceil(octets.length * part)))
    const outcome = await stage.send({ method: 'GET', path: runPath })
    if ('failure' in outcome) return [`${outcome.failure} after bodies that were cut`]
    return outcome.answer.status === 404
      ? []
      : [`answered ${outcome.answer.status} for a run that never arrived, expected 404`]
  },
})

export const cutCases: readonly WrittenCodeCase[] = [
  cut(
    'body_cut',
    'A connection that breaks in the middle of a body stores nothing and harms nobody else.',
    'Falls over, or keeps what it has.',
    (octets) => octets,
    0.5,
  ),
  cut(
    'body_shorter_than_declared',
    'A body that ends before its declared length is no body, also where it would be a whole record.',
    'Stores it.',
    (octets) => octets + 100,
    1,
  ),
]
