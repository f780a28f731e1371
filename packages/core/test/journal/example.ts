import type { AgentRun } from '@agent-run/types'
import { digest, privateHash } from '../../src/hash/index.ts'
import { createJournalWriter, foldJournal, type JournalWriter, ORIGIN, readJournal } from '../../src/journal/index.ts'
import { recordHash, signedBytes } from '../../src/seal/index.ts'
import { createSigner, encodeBase64, type Signer } from '../../src/sign/index.ts'

/** Fixed keys of the tests. */
export const recorder: Signer = createSigner(new Uint8Array(32).fill(7))
export const stranger: Signer = createSigner(new Uint8Array(32).fill(9))

export const at = (second: number): string =>
  `2026-11-20T14:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`

export const start = {
  id: 'run_1',
  spec_version: '1.0',
  agent_id: 'release-bot',
  started_at: at(0),
  provenance: { nonce: '6f1d7a84db00d2fce00b31a7fc73224f', signed_by: recorder.did },
}

/** An object with a salt of its own and the private_hash that fits. */
export const hidden = <T extends object>(kind: Parameters<typeof privateHash>[0], salt: string, object: T) => {
  const salted = { ...object, salt: salt.repeat(64).slice(0, 64) }
  return { ...salted, private_hash: privateHash(kind, salted) }
}

export const step = (id: string, second: number, members: object = {}) => ({
  id,
  type: 'tool_call',
  tool_name: 'Bash',
  status: 'succeeded',
  started_at: at(second),
  ended_at: at(second + 1),
  ...members,
})

export const bytesOf = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))

export interface Example {
  readonly writer: JournalWriter
  readonly lines: string[]
}

/** A journal with private members, two heads and an open step; not sealed. */
export const example = async (): Promise<Example> => {
  const writer = createJournalWriter({ signer: recorder })
  const lines: string[] = []
  const add = (added: string[]) => lines.push(...added)
  add(writer.append('run.started', at(0), hidden('run', 'a', { ...start, input_preview: 'Publish' })))
  add(writer.append('step.started', at(1), { id: 's-1', type: 'tool_call', tool_name: 'Bash', started_at: at(1) }))
  add(writer.append('approval', at(1), { approval_id: 'ap-1', event: 'requested', step_id: 's-1', at: at(1) }))
  add(writer.append('step.ended', at(2), hidden('step', 'b', step('s-1', 1, { output_preview: 'done' }))))
  add(await writer.signHead(at(2)))
  add(writer.append('step.started', at(3), { id: 's-2', type: 'tool_call', tool_name: 'Edit', started_at: at(3) }))
  add(writer.append('step.ended', at(4), step('s-3', 3)))
  add(await writer.signHead(at(5)))
  add(writer.append('artifact', at(6), hidden('artifact', 'c', { id: 'a-1', name: 'dist.tgz' })))
  return { writer, lines }
}

/** Splits a journal's bytes into lines without their line feeds. */
export const linesOf = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split('\n').slice(0, -1)

/**
 * The lines with some changed, the chain made right again: what somebody without the key can do.
 * @param change gives the new line, or nothing to drop it; private lines are passed through it too
 */
export const rechained = (
  lines: readonly string[],
  change: (line: Record<string, unknown>, index: number) => Record<string, unknown> | undefined,
): string[] => {
  let seq = 0
  let prev = ORIGIN
  return lines.flatMap((text, index) => {
    const line = change(JSON.parse(text), index)
    if (line === undefined) return []
    if ('private' in line) return [JSON.stringify(line)]
    const chained = JSON.stringify({ ...line, seq, prev })
    seq++
    prev = digest(chained)
    return [chained]
  })
}

/** Ends the run in the journal and seals it: the record as its recorder would make it. */
export const sealExample = async ({ writer, lines }: Example, members: object = {}): Promise<AgentRun> => {
  lines.push(...writer.append('step.ended', at(7), step('s-2', 3, { status: 'interrupted' })))
  const end = { status: 'completed', outcome: 'success', ended_at: at(8), ...members }
  lines.push(...writer.append('run.updated', at(8), end))
  lines.push(...(await writer.signHead(at(8))))
  const { run } = foldJournal(readJournal(bytesOf(lines)))
  const record = await seal(run!, writer)
  lines.push(...writer.seal(at(9), record))
  return record
}

/** Seals a record by hand, so that these tests rest on the bytes and not on the code that seals. */
export const seal = async (run: AgentRun, writer: JournalWriter, signer: Signer = recorder): Promise<AgentRun> => {
  const provenance = {
    ...run.provenance,
    steps_count: writer.steps.count,
    steps_root: writer.steps.root,
    journal_head: writer.head,
    sealed_at: at(9),
    signed_by: signer.did,
  }
  const record_hash = recordHash({ ...run, provenance })
  const signature = encodeBase64(
    await signer.sign(signedBytes('run', { ...run, provenance } as unknown as Record<string, unknown>)),
  )
  return { ...run, provenance: { ...provenance, record_hash, signature } }
}
