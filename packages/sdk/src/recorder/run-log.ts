import { type AppendedType, createJournalWriter, type Journal, type Signer } from '@agent-run/core'
import type { JournalFile } from '../journal-file/index.ts'
import type { Clock } from './clock.ts'
import type { Within } from './deadline.ts'
import type { Faults } from './faults.ts'
import { createHeads } from './heads.ts'
import { createOwnSigner, type OwnSigner } from './own-signer.ts'

/** The journal of one run: chained lines, and the file they go to as they come. */
export interface RunLog {
  /** Whether there is a file and everything added so far stands in it. */
  readonly isWhole: boolean
  /** Digest of the last chained line. */
  readonly head: string
  /** Signs heads and record; absent without a key. */
  readonly signer: OwnSigner | undefined
  /** Adds an event, at once; `data` is the whole object, private members and salt included. */
  add(type: AppendedType, data: object): void
  /**
   * Adds a signed head when the signature is there; without a key it is only the time to wait for the disk. No line waits
   * for a signature, and `acknowledged` does not either.
   */
  addHead(): void
  /** Adds the last head, and waits for its signature as long as a signer may take. */
  addLastHead(): Promise<void>
  /** Says that this recorder goes on where another stopped. */
  resume(): void
  /** Adds the sealed record, last of all. */
  seal(record: object): void
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
  readonly within: Within
  readonly file: JournalFile | undefined
  /** The journal to go on with. */
  readonly journal?: Journal
}

/** Starts the journal of a run, or goes on with one. */
export function createRunLog({ clock, faults, signer, within, file, journal }: RunLogParts): RunLog {
  const own = signer && createOwnSigner(signer, within)
  const writer = createJournalWriter({
    ...(own === undefined ? {} : { signer: own }),
    ...(journal === undefined ? {} : { journal }),
  })
  let whole = file !== undefined

  const write = (lines: readonly string[], head = false): void => {
    faults.guard('recorder.write_failed', 'the journal cannot be written', () => file?.append(lines, head))
  }
  const take = (lines: () => readonly string[]): void => {
    let done = false
    try {
      faults.guard('recorder.line_refused', 'the journal does not take this event', () => {
        write(lines())
        done = true
      })
    } finally {
      whole &&= done
    }
  }
  const heads = own && createHeads({ writer, signer: own, clock, faults, write: (lines) => write(lines, true) })
  // What is durable when a head is due must not depend on how fast its signer is.
  const markForDisk = (): void => write([], true)

  return {
    get isWhole() {
      return whole && !file?.behind
    },
    get head() {
      return writer.head
    },
    signer: own,
    add: (type, data) => take(() => writer.append(type, clock.time(), data)),
    addHead() {
      markForDisk()
      heads?.add()
    },
    async addLastHead() {
      markForDisk()
      await heads?.addLast()
    },
    resume: () => take(() => writer.resume(clock.time())),
    seal: (record) => take(() => writer.seal(clock.time(), record)),
    acknowledged: async () => {
      await faults.guardLater('recorder.write_failed', 'the journal cannot be written', async () => file?.durable())
    },
    close() {
      heads?.stop()
      faults.guard('recorder.write_failed', 'the journal cannot be closed', () => file?.close())
    },
  }
}
