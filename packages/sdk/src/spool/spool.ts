import { join } from 'node:path'
import { AgentRunError, canonicalize, digest } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { Client, Wait } from '../client/index.ts'
import { type FileSystem, isHeld, nodeFileSystem, takeLock } from '../journal-file/index.ts'
import { platformRandom, toHex } from '../recorder/identifiers.ts'
import { createDeliverer } from './deliverer.ts'
import { idleWait } from './idle-wait.ts'
import { createOutbox } from './outbox.ts'

/** How a spool works. Folder and client are needed. */
export interface SpoolOptions {
  /** Sends; its own attempts come before those of the spool. */
  readonly client: Pick<Client, 'postRun' | 'appendEvents'>
  /** Folder of what is to be sent. It belongs to one server and one tenant: whoever sends from it sends all of it. */
  readonly directory: string
  /** Most octets of all files, those set aside included; 256 MiB by default. */
  readonly octets?: number
  /** Milliseconds after which something unsent is set aside; 30 days by default. */
  readonly age?: number
  /**
   * Finds the whole journal of a record. It is sent instead where the server answers that it knows the run already: it may
   * have been told of it live, by a process that has died.
   */
  readonly journalOf?: (record: Uint8Array) => Uint8Array | undefined
  /** Told about everything that is set aside and that nobody waits for. */
  readonly onFault?: (fault: AgentRunError) => void
  readonly files?: FileSystem
  readonly clock?: () => number
  readonly wait?: Wait
  readonly random?: () => number
}

/** What became of something that was added. */
export type Settled =
  | { readonly state: 'acknowledged'; readonly digest: string }
  /** Set aside: the server will never take it, or it is too old. */
  | { readonly state: 'refused'; readonly error: AgentRunError }
  /** It is on the disk and will be sent later. */
  | { readonly state: 'waiting'; readonly error: unknown }

/** Something that was added. */
export interface Kept {
  readonly name: string
  /** SHA-256 of its octets, or of the record's in canonical form: what the server acknowledges. */
  readonly digest: string
  /** Resolves when the server has it, refuses it, or cannot be reached now. Never rejects. */
  readonly settled: Promise<Settled>
}

/** A journal that is being sent by somebody else, and is safe meanwhile: if the process dies, the next spool sends it. */
export interface Held {
  /** The server has it. */
  drop(): void
  /** The spool is to send it. */
  release(): Kept
}

/** What a spool has done. */
export interface Delivered {
  /** Digests that a server acknowledged while the caller waited. */
  readonly acknowledged: readonly string[]
  /** What was set aside meanwhile. */
  readonly refused: readonly AgentRunError[]
  /** How many are still to be sent, and why the last attempt failed. */
  readonly waiting: number
  readonly error?: unknown
}

/**
 * Keeps records on the disk until a server has them, and sends them in the order in which they came. Survives the death of
 * its process: the next one that opens the folder goes on. Several processes can share a folder: one sends, all add.
 * Nothing here rejects; what cannot be kept throws at once.
 */
export interface Spool {
  /** Absolute path of the folder. */
  readonly path: string
  /** Keeps a record. @throws AgentRunError `spool.full`, `spool.unwritable`, TypeError for what is not JSON */
  add(record: AgentRun): Kept
  /** Keeps the journal of a run that the server knows by its journal: it gets the lines that it has not. Throws like `add`. */
  addJournal(octets: Uint8Array): Kept
  /** Holds a journal's file, which may still grow, while somebody else sends it; undefined where it cannot be linked. */
  holdJournal(path: string): Held | undefined
  /** How it stands with something that was added, whoever sent it. */
  state(kept: Pick<Kept, 'name'>): 'acknowledged' | 'refused' | 'waiting'
  /** Why something was set aside (a code), and the file that it is in now; undefined if it was not. */
  refusal(kept: Pick<Kept, 'name'>): { readonly code: string; readonly path: string } | undefined
  /** Sends what there is, now. Resolves when all is sent or it cannot go on. */
  flush(): Promise<Delivered>
  /** Stops sending; what is left stays on the disk. */
  close(): void
}

const usual = { octets: 256 * 1024 * 1024, age: 30 * 24 * 60 * 60 * 1000 }
const firstWait = 1000
const longestWait = 60_000
/** How often to look whether the process that sends has sent, in milliseconds. */
const look = 200
/** How often to look before giving up for now. */
const mostLooks = 25

/** Opens a spool and begins to send what is left from earlier. */
export function createSpool(options: SpoolOptions): Spool {
  const { client, directory, files = nodeFileSystem, clock = Date.now, wait = idleWait, random = Math.random } = options
  const { octets = usual.octets, age = usual.age } = options
  const token = toHex(platformRandom(8))
  const outbox = createOutbox({ directory, files, token, octets, clock })
  const controller = new AbortController()
  const { signal } = controller
  const listeners = new Map<string, (settled: Settled) => void>()
  const digests = new Map<string, string>()
  const held = new Set<string>()
  const collectors = new Set<{ readonly acknowledged: string[]; readonly refused: AgentRunError[] }>()
  let running: Promise<unknown> | undefined
  let again = false
  let failures = 0
  let alarm = new AbortController()

  const report = (error: AgentRunError): void => {
    try {
      options.onFault?.(error)
    } catch {
      // Whoever listens must not keep records from being sent.
    }
  }
  const settle = (name: string, settled: Settled): void => {
    for (const { acknowledged, refused } of collectors) {
      if (settled.state === 'acknowledged') acknowledged.push(settled.digest)
      if (settled.state === 'refused') refused.push(settled.error)
    }
    listeners.get(name)?.(settled)
    listeners.delete(name)
    if (settled.state !== 'waiting') digests.delete(name)
  }
  const sendAll = createDeliverer({
    client,
    outbox,
    age,
    clock,
    signal,
    journalOf: (record) => attempted(() => options.journalOf?.(record)),
    isHeld: (name) => held.has(name),
    onSent: (name, content) => settle(name, { state: 'acknowledged', digest: digests.get(name) ?? digest(content) }),
    onRefused(name, error) {
      const isAwaited = listeners.has(name)
      settle(name, { state: 'refused', error })
      if (!isAwaited) report(error)
    },
  })

  /** Another process sends: what became of ours shows in the folder. */
  const lookOn = (): void => {
    for (const name of listeners.keys()) {
      const state = outbox.stateOf(name)
      if (state === 'gone') settle(name, { state: 'acknowledged', digest: digests.get(name)! })
      if (state === 'refused')
        settle(name, {
          state: 'refused',
          error: new AgentRunError('spool.refused', `${name} was set aside by another process`),
        })
    }
  }

  const hasWork = (): boolean => outbox.entries().some(({ name }) => !held.has(name))

  /** One attempt to send everything. @returns why it could not be done */
  const attempt = async (): Promise<unknown> => {
    const place = join(outbox.path, 'sender')
    try {
      for (let looks = 0; ; looks++) {
        lookOn()
        if (signal.aborted || !hasWork()) return undefined
        let lock: ReturnType<typeof takeLock> | undefined
        try {
          lock = takeLock(files, place, token)
        } catch (error) {
          if (isHeld(files, place)) {
            if (looks >= mostLooks) return error
            await wait(look, signal)
            continue
          }
          if (!(error instanceof AgentRunError)) throw error
          // Left by a process that cannot be seen from here. The lock saves work and keeps the order; a record that two
          // processes send is stored once.
        }
        try {
          await sendAll()
        } finally {
          lock?.release()
        }
      }
    } catch (error) {
      return error ?? new Error('unknown error')
    }
  }

  const run = async (): Promise<unknown> => {
    let error: unknown
    do {
      again = false
      error = await attempt()
    } while (again && error === undefined && !signal.aborted)
    for (const name of [...listeners.keys()]) settle(name, { state: 'waiting', error })
    running = undefined
    failures = error === undefined ? 0 : failures + 1
    if (error !== undefined && !signal.aborted) void later()
    return error
  }
  const start = (): Promise<unknown> => {
    alarm.abort()
    again = true
    running ??= Promise.resolve().then(run)
    return running
  }
  const later = async (): Promise<void> => {
    alarm = new AbortController()
    const mine = alarm
    const most = Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 10))
    await wait(most / 2 + (random() * most) / 2, mine.signal)
    if (!mine.signal.aborted && !signal.aborted) void start()
  }
  const keep = (name: string, sum: string): Kept => {
    digests.set(name, sum)
    const settled = new Promise<Settled>((resolve) => listeners.set(name, resolve))
    void start()
    return { name, digest: sum, settled }
  }

  void start()
  return {
    path: outbox.path,
    add(record) {
      const content = new TextEncoder().encode(canonicalize(record))
      return keep(outbox.add('record', content), digest(content))
    },
    addJournal: (content) => keep(outbox.add('journal', content), digest(content)),
    holdJournal(path) {
      const name = outbox.addLink('journal', path)
      if (name === undefined) return undefined
      held.add(name)
      return {
        drop() {
          outbox.remove(name)
          held.delete(name)
        },
        release() {
          held.delete(name)
          return keep(name, digest(outbox.read(name)))
        },
      }
    },
    state({ name }) {
      const state = outbox.stateOf(name)
      return state === 'gone' ? 'acknowledged' : state
    },
    refusal: ({ name }) => outbox.refusalOf(name),
    async flush() {
      const collector = { acknowledged: [], refused: [] }
      collectors.add(collector)
      // What is under way may have failed before the caller asked.
      await running
      const error = await start()
      collectors.delete(collector)
      const waiting = attempted(() => outbox.entries().length) ?? 0
      return { ...collector, waiting, ...(error === undefined ? {} : { error }) }
    },
    close() {
      controller.abort(new AgentRunError('spool.closed', 'the spool is closed; what is left is on the disk'))
      alarm.abort()
    },
  }
}

const attempted = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
