import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentRun } from '@agent-run/types'
import { afterEach, expect, it, vi } from 'vitest'
import { type Client, createRecorder, type RecorderOptions, type RunStart } from '../../src/index.ts'
import { receiptOf } from '../client/record.ts'
import { refused } from '../spool/fake-client.ts'
import { setUp, signer, temporaryFolder } from './setup.ts'

afterEach(() => vi.unstubAllEnvs())

const refusals = (start: object, options: object): readonly string[] => {
  const { options: known, faults } = setUp()
  createRecorder({ agent_id: 'a', ...start } as RunStart, { ...known, ...options } as RecorderOptions).abandon()
  return faults.filter(({ code }) => code === 'recorder.option_refused').map(({ message }) => message)
}

it.each([
  ['singer', '"singer" is no option and is ignored; did you mean "signer"?'],
  ['transports', '"transports" is no option and is ignored; did you mean "transport"?'],
  ['quite_another', '"quite_another" is no option and is ignored'],
  ['a\u001b[2J', '"a\ufffd[2J" is no option and is ignored'],
])('an option called %j is a fault', (name, message) => {
  expect(refusals({}, { [name]: 1 })).toEqual([message])
})

it('an unknown option is thrown by a strict recorder, and counted in the record of any other', async () => {
  const options = { directory: false, singer: signer() } as RecorderOptions
  expect(() => createRecorder({ agent_id: 'a' }, { ...options, strict: true })).toThrow('did you mean "signer"')
  const { provenance } = await createRecorder({ agent_id: 'a' }, options).end()
  expect(provenance.metadata).toMatchObject({ recorder_faults: { 'recorder.option_refused': 1 } })
})

it('an option among the members of the run is a fault, and is not recorded', async () => {
  expect(refusals({ signer: signer(), live: true }, {})).toEqual([
    '"signer" is an option and no member of a run; expected in the second argument',
    '"live" is an option and no member of a run; expected in the second argument',
  ])
  const record = await createRecorder({ agent_id: 'a', server: { url: 'x' } } as RunStart, { directory: false }).end()
  expect(record).not.toHaveProperty('server')
})

it.each([
  [{ server: 'http://127.0.0.1' }, 'server: it is no object; expected { url, key }, a client, or false'],
  [{ server: { url: 'nowhere' } }, 'server: url is no address of a server; expected one such as http://127.0.0.1:3000'],
  [{ server: {} }, 'server: url is missing; expected where the server is, here or in AGENT_RUN_SERVER_URL'],
  [
    { server: { url: 'http://127.0.0.1' }, transport: async () => ({ digest: '' }) },
    'transport and server are both given; the transport is used',
  ],
])('%j is a fault', (options, message) => {
  expect(refusals({}, options)).toEqual([message])
})

it('the environment names the server where nobody else does', async () => {
  vi.stubEnv('AGENT_RUN_SERVER_URL', 'http://127.0.0.1:9')
  vi.stubEnv('AGENT_RUN_KEY', 'ark_secret')
  const { options, faults } = setUp()
  await createRecorder({ agent_id: 'a' }, options).end()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.transport_failed'])
  expect(faults[0]?.message).toContain('client.unreachable')
  expect(faults[0]?.message).not.toContain('ark_secret')
  expect(existsSync(join(String(options.directory), 'outbox'))).toBe(true)
  const other = setUp({ server: false })
  await createRecorder({ agent_id: 'a' }, other.options).end()
  expect(other.faults).toEqual([])
})

/** A client that takes every record. */
const taking = (): { client: Client; taken: AgentRun[] } => {
  const taken: AgentRun[] = []
  const client = {
    url: 'http://127.0.0.1',
    postRun: async (given: AgentRun | Uint8Array) => {
      const run = given instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(given)) : given
      taken.push(run)
      return receiptOf(run)
    },
  }
  return { client: client as unknown as Client, taken }
}

it('without a folder the record goes from memory to the server', async () => {
  const { client, taken } = taking()
  const run = createRecorder({ agent_id: 'a' }, { directory: false, server: client })
  const record = await run.end()
  expect(taken).toEqual([record])
  expect(await run.flush()).toEqual({ digest: receiptOf(record).etag })
})

it('a server without journals gets the record at the end', async () => {
  const { client, taken } = taking()
  const appendEvents = async () => {
    throw refused(404, 'http.not_found')
  }
  const folder = temporaryFolder()
  const { options, faults } = setUp({ directory: folder, server: { ...client, appendEvents } as Client, live: true })
  const run = createRecorder({ agent_id: 'a' }, options)
  const record = await run.end()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.live_failed'])
  expect(taken).toEqual([record])
  expect(await run.flush()).toEqual({ digest: receiptOf(record).etag })
})

it('with a full disk the record still goes to the server', async () => {
  const { client, taken } = taking()
  const folder = temporaryFolder()
  const { options, faults } = setUp({ directory: folder, server: client })
  const run = createRecorder({ agent_id: 'a' }, options)
  const { nodeFileSystem } = await import('../../src/journal-file/index.ts')
  vi.spyOn(nodeFileSystem, 'rename').mockImplementation(() => {
    throw Object.assign(new Error(), { code: 'ENOSPC' })
  })
  vi.spyOn(nodeFileSystem, 'open').mockImplementation(() => {
    throw Object.assign(new Error(), { code: 'ENOSPC' })
  })
  const record = await run.end()
  vi.restoreAllMocks()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.write_failed', 'recorder.transport_failed'])
  expect(taken).toEqual([record])
  expect(await run.flush()).toEqual({ digest: receiptOf(record).etag })
})
