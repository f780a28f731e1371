import { type AppendedType, createJournalWriter, type Journal, type Signer } from '@agent-run/core'
import type { JournalFile } from '../journal-file/index.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'

/** The journal of one run: chained lines, and the file they go to as they come. */
export interface RunLog {
  /** Whether there is a file and everything added so far stands in it. */
  readonly isWhole: boolean
  /** Adds an event; `data` is the whole object, private members and salt included. */
  add(type: AppendedType, data: object): void
  /** Adds a signed head over what was added before; without a key it is only the time to wait for the disk. */
  addHead(): void
  /** Says that this recorder goes on where another stopped. */
  resume(): void
  /** Adds what `make` gives for the digest of the line before, last of all. */
  seal(make: (head: string) => Promise<object | undefined>): Promise<void>
  /** Resolves when everything added so far is written, and on the disk if the policy says so. */
  acknowledged(): Promise<void>
  /** Writes what is left and closes the file. */
  close(): void
}

/** What a log is made of. */
export interface RunLogParts {
  readonly clock: Clock
  readonly faults: Faults
  readonly signer: Signer | undefined
  readonly file: JournalFile | undefined
  /** The journal to go on with. */
  readonly journal?: Journal
}

/**
 * Starts the journal of a run. A head names the line before it, so lines that come while one is being signed wait in
 * memory until it is there; `acknowledged` waits with them.
 */
export function createRunLog({ clock, faults, signer, file, journal }: RunLogParts): RunLog {
  const writer = createJournalWriter({
    ...(signer === undefined ? {} : { signer }),
    ...(journal === undefined ? {} : { journal }),
  })
  let waiting: (() => void)[] = []
  let signing: Promise<void> | undefined
  let whole = file !== undefined

  const write = (lines: readonly string[], head = false): void => {
    faults.guard('recorder.write_failed', 'the journal cannot be written', () => file?.append(lines, head))
  }
  const now = (work: () => void): void => {
    let done = false
    try {
      faults.guard('recorder.line_refused', 'the journal does not take this event', () => {
        work()
        done = true
      })
    } finally {
      whole &&= done
    }
  }
  const inOrder = (work: () => void): void => {
    if (signing === undefined) now(work)
    else waiting.push(() => now(work))
  }
  const startHead = (): void => {
    const done = faults
      .guardLater('recorder.sign_failed', 'the head of the journal cannot be signed', async () => {
        write(await writer.signHead(clock.time()), true)
      })
      .finally(() => {
        if (signing === done) signing = undefined
        const next = waiting
        waiting = []
        for (const work of next) inOrder(work)
      })
    signing = done as Promise<void>
    // Strict mode: whoever waits for the acknowledgement is told.
    signing.catch(() => undefined)
  }

  const settled = async (): Promise<void> => {
    while (signing !== undefined) await signing
  }

  return {
    get isWhole() {
      return whole && !file?.behind
    },
    add(type, data) {
      const at = clock.time()
      inOrder(() => write(writer.append(type, at, data)))
    },
    addHead() {
      inOrder(signer === undefined ? () => write([], true) : startHead)
    },
    resume: () => inOrder(() => write(writer.resume(clock.time()))),
    async seal(make) {
      await settled()
      const record = await make(writer.head)
      if (record !== undefined) now(() => write(writer.seal(clock.time(), record)))
    },
    async acknowledged() {
      await settled()
      await faults.guardLater('recorder.write_failed', 'the journal cannot be written', async () => file?.durable())
    },
    close() {
      faults.guard('recorder.write_failed', 'the journal cannot be closed', () => file?.close())
    },
  }
}
