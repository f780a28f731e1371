import { join, resolve } from 'node:path'
import { protect, sealRun } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { fileNameOf, nodeFileSystem } from '../journal-file/index.ts'
import { writer } from '../recorder/begin-run.ts'
import { equip } from '../recorder/create-recorder.ts'
import type { Delivery } from '../recorder/delivery.ts'
import { platformRandom, toHex } from '../recorder/identifiers.ts'
import type { RecorderOptions } from '../recorder/options.ts'
import { createRecordFile } from '../recorder/record-file.ts'
import { chooseDelivery } from '../recorder/server-access.ts'

/** The options of a recorder that hold for runs which are written when they are over. */
export type WriterOptions = Pick<
  RecorderOptions,
  'directory' | 'signer' | 'server' | 'transport' | 'answerWithin' | 'timer' | 'clock' | 'random' | 'files' | 'onFault'
>

/** Writes finished runs: sealed if there is a key, to their files, and to whoever is to have them. */
export interface RecordWriter extends Pick<ReturnType<typeof equip>, 'faults' | 'clock'> {
  /** Takes the runs of one trace, parents first. Resolves when they are written and were sent once; never rejects. */
  write(runs: readonly AgentRun[], tell: (record: AgentRun) => void): Promise<void>
  /** Sends again what nobody has acknowledged. Never rejects. */
  flush(): Promise<void>
}

/** Most records whose delivery is followed; what cannot be sent lies in the outbox all the same. */
const mostFollowed = 1000

/** Makes a writer. */
export function createRecordWriter(options: WriterOptions & Pick<RecorderOptions, 'strict'>): RecordWriter {
  const equipment = equip(options)
  const { clock, faults, within } = equipment
  const token = toHex(platformRandom(8))
  const folder = options.directory === false ? undefined : folderOf(options.directory)
  const unsent = new Map<string, Delivery>()

  /** A child before its parent: the parent names the child's seal. */
  const finish = async (runs: readonly AgentRun[]): Promise<AgentRun[]> => {
    const hashes = new Map<string, string>()
    const records: AgentRun[] = []
    for (const run of [...runs].reverse()) {
      const linked = nameSeals(run, hashes)
      const { signer } = options
      const sealed =
        signer &&
        (await faults.guardLater('recorder.seal_failed', 'the record cannot be sealed', async () =>
          within('the signer', sealRun(protect(linked, { random: equipment.random }), { signer, at: clock.time() })),
        ))
      const hash = sealed?.provenance.record_hash
      if (typeof hash === 'string') hashes.set(run.id, hash)
      records.unshift(sealed ?? linked)
    }
    return records
  }

  const store = (record: AgentRun): void => {
    if (folder === undefined) return
    faults.guard('recorder.write_failed', 'the record cannot be written', () => {
      ;(options.files ?? nodeFileSystem).makeFolder(folder)
      createRecordFile(join(folder, `${fileNameOf(record.id)}.json`), token, options.files).write(record)
    })
  }

  const send = async (record: AgentRun): Promise<void> => {
    const delivery = chooseDelivery(options, { runId: record.id, folder, journalPath: undefined }, equipment)
    delivery.keep(record)
    await delivery.take(record)
    const { digest, refused } = await delivery.flush()
    if (digest === undefined && refused === undefined && unsent.size < mostFollowed) unsent.set(record.id, delivery)
  }

  return {
    faults,
    clock,
    async write(runs, tell) {
      const records = await faults.guardLater('recorder.end_failed', 'the records cannot be put together', () =>
        finish(runs),
      )
      for (const record of records ?? []) {
        store(record)
        await faults.guardLater('recorder.transport_failed', 'the record cannot be sent', () => send(record))
        faults.guard('recorder.event_failed', 'whoever is told of records failed', () => tell(record))
      }
    },
    async flush() {
      for (const [id, delivery] of unsent) {
        const handed = await faults.guardLater('recorder.transport_failed', 'the record cannot be sent', () =>
          delivery.flush(),
        )
        if (handed?.digest !== undefined || handed?.refused !== undefined) unsent.delete(id)
      }
    },
  }
}

const folderOf = (given: string | undefined): string =>
  resolve(given === undefined || given === '' ? '.agent-run' : given)

/** The parent's steps name the seals of the runs that they delegated to; the writer names itself. */
function nameSeals(run: AgentRun, hashes: ReadonlyMap<string, string>): AgentRun {
  const steps = run.steps.map((step) => {
    const hash = step.type === 'handoff_result' ? hashes.get(step.child_run_id ?? '') : undefined
    return hash === undefined ? step : { ...step, child_record_hash: hash }
  })
  return { ...run, steps, provenance: { ...run.provenance, runtime: writer } }
}
