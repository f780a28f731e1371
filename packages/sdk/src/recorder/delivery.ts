import type { AgentRun } from '@agent-run/types'
import type { JournalFile } from '../journal-file/index.ts'
import type { Context } from './context.ts'
import type { Transport } from './options.ts'

/** A record that its receiver will never take. */
export interface RefusedRecord {
  /** Why, for programs: the code of the server's Problem, or of the outbox. */
  readonly code: string
  /** The file that it was set aside in, absolute; its reason stands beside it, in `.problem.json`. */
  readonly path: string
}

/** What became of a record that was sent; neither if nothing is known yet. */
export interface Handed {
  readonly digest?: string
  readonly refused?: RefusedRecord
}

/** How the record of one run reaches whoever is to have it. Nothing of it throws, unless the recorder is strict. */
export interface Delivery {
  /** There are new lines in the journal. Returns at once. */
  progressed(): void
  /** Makes sure that the finished record is sent even if the process dies now; returns when that is on the disk. */
  keep(record: AgentRun): void
  /** Takes the finished record; resolves when the receiver has it, or it is sure that it does not get it now. */
  take(record: AgentRun): Promise<void>
  /** Tries again what is not acknowledged. @returns the digest that the receiver acknowledged, or why it never will */
  flush(): Promise<Handed>
  /** Ends what goes on in the background; the run goes on elsewhere. */
  stop(): void
}

/** Nobody is to have it. */
export const noDelivery: Delivery = {
  progressed: () => undefined,
  keep: () => undefined,
  take: async () => undefined,
  flush: async () => ({}),
  stop: () => undefined,
}

/** By a function of the caller, once; again only when it failed and somebody asks. */
export function deliverBy(transport: Transport, { faults, within }: Pick<Context, 'faults' | 'within'>): Delivery {
  let unsent: AgentRun | undefined
  let digest: string | undefined
  const send = async (): Promise<void> => {
    const record = unsent
    if (record === undefined) return
    const sent = await faults.guardLater('recorder.transport_failed', 'the record cannot be sent', async () => {
      const answer: { readonly digest?: string } | null | undefined = await within('the transport', transport(record))
      return { digest: answer?.digest }
    })
    if (sent === undefined) return
    digest = sent.digest
    unsent = undefined
  }
  return {
    ...noDelivery,
    async take(record) {
      unsent = record
      await send()
    },
    async flush() {
      await send()
      return digest === undefined ? {} : { digest }
    },
  }
}

/** A journal's file that says when there is more in it. */
export const announcing = (file: JournalFile, { progressed }: Delivery): JournalFile => ({
  path: file.path,
  get behind() {
    return file.behind
  },
  append(lines, head) {
    try {
      file.append(lines, head)
    } finally {
      progressed()
    }
  },
  durable: () => file.durable(),
  close: () => file.close(),
})
