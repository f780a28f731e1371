import { type JournalWriter, signedBytes } from '@agent-run/core'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import { type OwnSigner, signatureText } from './own-signer.ts'

/** Signed heads of a journal that goes on meanwhile. */
export interface Heads {
  /** Adds a head: at once if the signer answers at once, else when the signature comes. Nobody waits for it. */
  add(): void
  /** Adds the last head and waits for its signature. What was asked for before is not waited for. */
  addLast(): Promise<void>
  /** Drops what was asked for and is not there yet. */
  stop(): void
}

/** What heads are made with. */
export interface HeadsParts {
  readonly writer: JournalWriter
  readonly signer: OwnSigner
  readonly clock: Clock
  readonly faults: Faults
  readonly write: (lines: readonly string[]) => void
}

/** How often a signature is asked for again, because lines came while it was on its way. The next head covers them too. */
const mostAttempts = 3

/**
 * A head names the line before it (AR-JRNL-007), and lines never wait for a signature: one that comes when its line is not
 * the last any more is dropped, and another asked for.
 */
export function createHeads({ writer, signer, clock, faults, write }: HeadsParts): Heads {
  let round = 0
  let running: Promise<void> | undefined

  type Head = ReturnType<JournalWriter['headToSign']>
  const ask = (): { head: Head; answer: Uint8Array | Promise<Uint8Array> } => {
    const head = writer.headToSign(clock.time())
    return { head, answer: signer.sign(signedBytes('head', head)) }
  }
  /** Whether nothing more is to be done about it. */
  const place = (head: Head, signature: Uint8Array, mine: number): boolean => {
    if (mine !== round) return true
    if (head.head !== writer.head) return false
    write(writer.addHead({ ...head, signature: signatureText(signature) }))
    return true
  }
  const follow = async (first: ReturnType<typeof ask>, mine: number): Promise<void> => {
    let { head, answer } = first
    try {
      for (let attempt = 1; !place(head, await answer, mine) && attempt < mostAttempts; attempt++)
        ({ head, answer } = ask())
    } catch (error) {
      // Nobody is interested in it any more.
      if (mine === round) throw error
    }
  }
  const failed = ['recorder.sign_failed', 'the head of the journal cannot be signed'] as const

  const begin = (): void => {
    const mine = round
    const asked = faults.guard(...failed, ask)
    if (asked === undefined) return
    const { head, answer } = asked
    if (answer instanceof Uint8Array) {
      faults.guard(...failed, () => place(head, answer, mine))
      return
    }
    const done = faults
      .guardLater(...failed, () => follow(asked, mine))
      .finally(() => {
        if (running === done) running = undefined
      }) as Promise<void>
    running = done
    // In strict mode it is thrown at whoever waits for the last head.
    done.catch(() => undefined)
  }

  return {
    add() {
      if (running === undefined) begin()
    },
    async addLast() {
      round++
      begin()
      await running
    },
    stop() {
      round++
    },
  }
}
