import { isObject, type Json, valueAt } from '../bytes/json.ts'
import type { KeyRole } from '../http/case.ts'
import type { EventStream, StreamEvent } from '../http/event-stream.ts'
import { readBody } from '../http/judge.ts'
import { Missing } from '../http/room.ts'
import { type Stage, Unprepared } from '../http/stage.ts'
import type { WrittenCodeCase } from './code-case.ts'
import { finished, posted, running, runPath } from './records.ts'

/** Seconds in which an event has to arrive that follows an acknowledged request. */
const soon = ({ bounds }: Stage): number => Math.min(5, bounds.seconds)
/** Seconds in which headers that are sent at once arrive, also from a busy machine. */
const atOnce = ({ bounds }: Stage): number => Math.min(3, bounds.seconds)

/** Seconds after which a stream that is never silent is given up. */
const LONGEST_TALK = 120

const TERMINAL = ['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'] as const

const open = async (stage: Stage, key: KeyRole = 'main', after?: string): Promise<EventStream> => {
  const headers = { Accept: 'text/event-stream', ...(after === undefined ? {} : { 'Last-Event-ID': after }) }
  const stream = await stage.open({ method: 'GET', path: '/api/v1/runs/stream', key, headers }, stage.bounds.seconds)
  if (stream === undefined) throw new Unprepared('the stream sent no headers')
  if (stream.status === 200) return stream
  stream.close()
  throw new Unprepared(`the stream answered ${stream.status}`)
}

const about =
  (id: string, type?: string) =>
  (event: StreamEvent): boolean =>
    event.type !== ':' && (type === undefined || event.type === type) && runOf(event) === id

const runOf = (event: StreamEvent): Json | undefined => {
  const data = readBody(Buffer.from(event.data))
  return isObject(data) ? data.run_id : undefined
}

const stream = (
  name: string,
  requirement: string,
  description: string,
  fault: string,
  run: (stage: Stage) => Promise<string[]>,
): WrittenCodeCase => ({ name, requirement, capability: 'core', description, fault, run })

/** Opens a stream, lets something happen and always closes it. */
const watching = async (stage: Stage, act: (stream: EventStream) => Promise<string[]>): Promise<string[]> => {
  const opened = await open(stage)
  try {
    return await act(opened)
  } finally {
    opened.close()
  }
}

/** Tells what came of a run while it is posted, patched and judged. */
const typesOf = async (stage: Stage, wanted: string, act: () => Promise<void>): Promise<string[]> =>
  watching(stage, async (opened) => {
    await act()
    const id = stage.room.id('run')
    return (await opened.next(soon(stage), about(id, wanted))) ? [] : [`no event ${wanted} within ${soon(stage)} s`]
  })

/** Events of the runs b and c after the one of run a, as a client sees them that lost its connection in between. */
const resumed = async (stage: Stage): Promise<readonly StreamEvent[]> => {
  const first = await open(stage)
  await posted(stage, finished('a'))
  const seen = await first.next(soon(stage), about(stage.room.id('a'), 'run.completed'))
  first.close()
  if (seen?.id === undefined) throw new Unprepared('the event of the first run did not come, or has no id')
  await posted(stage, finished('b'))
  await posted(stage, finished('c'))
  const second = await open(stage, 'main', seen.id)
  const events = await second.until(soon(stage), about(stage.room.id('c'), 'run.completed'))
  second.close()
  return events
}

const named = (stage: Stage, events: readonly StreamEvent[], word: string): number =>
  events.filter(about(stage.room.id(word), 'run.completed')).length

export const streamCases: readonly WrittenCodeCase[] = [
  stream(
    'stream_headers_held',
    'AR-HTTP-060',
    'A stream sends its headers at once.',
    'Holds them until the first event or a timeout.',
    async (stage) => {
      const headers = { Accept: 'text/event-stream' }
      const opened = await stage.open({ method: 'GET', path: '/api/v1/runs/stream', headers }, atOnce(stage))
      opened?.close()
      if (opened === undefined) return [`no headers within ${atOnce(stage)} s`]
      const type = String(opened.headers['content-type'])
      if (opened.status !== 200) return [`answered ${opened.status}, expected 200`]
      return type.startsWith('text/event-stream') ? [] : ['the media type is not text/event-stream']
    },
  ),
  stream(
    'stream_without_heartbeat',
    'AR-HTTP-060',
    'A comment comes at least every 15 s while nothing happens.',
    'Is silent, until something in between closes the connection.',
    (stage) =>
      watching(stage, async (opened) => {
        // What comes with the headers is a greeting.
        await opened.until(1, () => false)
        // Where other cases are played beside this one, their events come first; silence is what follows the last.
        for (const end = Date.now() + LONGEST_TALK * 1000; Date.now() < end; ) {
          const next = await opened.next(16, () => true)
          if (next === undefined) return ['no comment within 16 s']
          if (next.type === ':') return []
        }
        throw new Missing('something happened all the time')
      }),
  ),
  stream(
    'stream_of_nothing',
    'AR-HTTP-060',
    'A new run is told as run.created.',
    'Streams what was there and nothing new.',
    (stage) => typesOf(stage, 'run.created', () => posted(stage, running('run'))),
  ),
  stream(
    'stream_event_shape',
    'AR-HTTP-060',
    'An event carries a RunEvent and has an id.',
    'Sends whole records, or events without an id, which nobody can resume after.',
    (stage) =>
      watching(stage, async (opened) => {
        await posted(stage, running('run'))
        const event = await opened.next(soon(stage), about(stage.room.id('run'), 'run.created'))
        if (event === undefined) return [`no event run.created within ${soon(stage)} s`]
        const data = readBody(Buffer.from(event.data)) ?? null
        const type = valueAt(data, '/type')
        return [
          ...stage.schemas.faults('run-event.json', data),
          ...(event.id ? [] : ['the event has no id']),
          ...(type === event.type ? [] : ['type in the data is not the event']),
        ]
      }),
  ),
  stream(
    'stream_without_updates',
    'AR-HTTP-060',
    'A patch is told as run.updated.',
    'Tells the beginning and the end only.',
    (stage) =>
      typesOf(stage, 'run.updated', async () => {
        await posted(stage, running('run'))
        await patched(stage, { outcome: 'partial' })
      }),
  ),
  stream(
    'stream_without_evals',
    'AR-HTTP-060',
    'An eval that is attached is told as run.eval_attached.',
    'Says nothing about evals.',
    (stage) =>
      typesOf(stage, 'run.eval_attached', async () => {
        await posted(stage, finished('run'))
        const body = { json: { pass: true, score: 1 } }
        await stage.need({ method: 'PUT', path: `${runPath}/eval`, body }, 200)
      }),
  ),
  stream(
    'stream_of_other_tenant',
    'AR-HTTP-014',
    'A stream has no events of another tenant.',
    'Tells everybody everything.',
    async (stage) => {
      const opened = await open(stage, 'other')
      await posted(stage, finished('run'))
      await posted(stage, finished('own'), 'other')
      const events = await opened.until(soon(stage), about(stage.room.id('own'), 'run.completed'))
      opened.close()
      if (events.some(about(stage.room.id('run')))) return ['told a run of another tenant']
      return events.some(about(stage.room.id('own'))) ? [] : [`did not tell its own run within ${soon(stage)} s`]
    },
  ),
  ...TERMINAL.map((status) =>
    stream(
      `stream_not_${status}`,
      'AR-HTTP-061',
      `A run that becomes ${status} gives one run.completed.`,
      'Takes other statuses than completed and failed for unfinished, or tells the end twice.',
      (stage) =>
        watching(stage, async (opened) => {
          await posted(stage, running('run'))
          await patched(stage, { status, ended_at: '2026-11-20T15:00:04Z' })
          await posted(stage, finished('last'))
          const events = await opened.until(soon(stage), about(stage.room.id('last'), 'run.completed'))
          const count = events.filter(about(stage.room.id('run'), 'run.completed')).length
          return count === 1 ? [] : [`${count} events run.completed, expected 1`]
        }),
    ),
  ),
  stream(
    'stream_resume_loses',
    'AR-HTTP-062',
    'With Last-Event-ID everything comes that happened since.',
    'Goes on with what happens from now on.',
    async (stage) => {
      const events = await resumed(stage)
      return ['b', 'c'].flatMap((word) => (named(stage, events, word) > 0 ? [] : [`the run ${word} is not told`]))
    },
  ),
  stream(
    'stream_resume_repeats',
    'AR-HTTP-062',
    'With Last-Event-ID nothing comes twice.',
    'Begins from the beginning, or with the event that was named.',
    async (stage) => {
      const events = await resumed(stage)
      if (named(stage, events, 'a') > 0) return ['an event came again that was there before']
      return ['b', 'c'].flatMap((word) => (named(stage, events, word) > 1 ? [`the run ${word} is told twice`] : []))
    },
  ),
  stream(
    'stream_event_id_invented',
    'AR-HTTP-063',
    'A Last-Event-ID that nobody gave is answered 400.',
    'Begins somewhere.',
    (stage) => refusedResume(stage, 'main', 'abc'),
  ),
  stream(
    'stream_event_id_of_other_tenant',
    'AR-HTTP-063',
    'A Last-Event-ID of another tenant is answered 400.',
    'Goes on there, in its own events or in those of the other.',
    async (stage) => {
      const opened = await open(stage)
      await posted(stage, finished('run'))
      const seen = await opened.next(soon(stage), about(stage.room.id('run')))
      opened.close()
      if (seen?.id === undefined) throw new Unprepared('the event did not come, or has no id')
      return refusedResume(stage, 'other', seen.id)
    },
  ),
]

const refusedResume = async (stage: Stage, key: KeyRole, id: string): Promise<string[]> => {
  const headers = { Accept: 'text/event-stream', 'Last-Event-ID': id }
  const outcome = await stage.send({ method: 'GET', path: '/api/v1/runs/stream', key, headers })
  // An endless stream is no whole answer in time; that is the fault.
  if ('failure' in outcome) return [`${outcome.failure}, expected 400`]
  const { status, octets } = outcome.answer
  if (status !== 400) return [`answered ${status}, expected 400`]
  return valueAt(readBody(octets), '/code') === 'event.unknown' ? [] : ['the code of the problem is not event.unknown']
}

const patched = async (stage: Stage, change: Json): Promise<void> => {
  const { headers } = await stage.need({ method: 'GET', path: runPath }, 200)
  const media = { 'Content-Type': 'application/merge-patch+json', 'If-Match': headers.etag ?? '' }
  await stage.need({ method: 'PATCH', path: runPath, headers: media, body: { json: change } }, 200)
}
