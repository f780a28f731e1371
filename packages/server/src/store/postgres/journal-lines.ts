import type { NewJournalLine } from '../store.ts'
import { bigintArray, byteaArray, textArray } from './arrays.ts'
import type { KeyedRun } from './find-run.ts'
import { columnText } from './text.ts'
import type { Transaction } from './transaction.ts'

type RunKey = Pick<KeyedRun, 'tenant' | 'run'>

const ANNOUNCED = 'SELECT hash FROM private_hashes WHERE tenant = $1 AND run = $2 AND hash = ANY($3::text[])'

/** Index of the first private line whose hash neither the stored journal nor a line before it has named. */
export const firstUnannounced = async (
  transaction: Transaction,
  of: RunKey | undefined,
  lines: readonly NewJournalLine[],
): Promise<number | undefined> => {
  const announced = new Set<string>()
  const asked: { readonly index: number; readonly hash: string }[] = []
  for (const [index, { seq, name, privateHashes }] of lines.entries()) {
    for (const hash of privateHashes) announced.add(hash)
    if (seq === undefined && !announced.has(name)) asked.push({ index, hash: name })
  }
  if (asked.length === 0 || of === undefined) return asked[0]?.index
  const rows = await transaction.all<{ readonly hash: string }>(ANNOUNCED, [
    of.tenant,
    of.run,
    textArray(asked.map(({ hash }) => columnText(hash))),
  ])
  const stored = new Set(rows.map(({ hash }) => hash))
  return asked.find(({ hash }) => !stored.has(columnText(hash)))?.index
}

const LAST = 'SELECT coalesce(max(number), -1) AS last FROM journal_lines WHERE tenant = $1 AND run = $2'
const INSERT = `INSERT INTO journal_lines (tenant, run, number, seq, name, octets)
  SELECT $1, $2, number, seq, name, octets
  FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::bytea[]) AS n (number, seq, name, octets)`
const ANNOUNCE = `INSERT INTO private_hashes (tenant, run, hash) SELECT $1, $2, unnest($3::text[])
  ON CONFLICT (tenant, run, hash) DO NOTHING`

/** Adds lines behind those that are there. */
export const insertLines = async (
  transaction: Transaction,
  { tenant, run }: RunKey,
  lines: readonly NewJournalLine[],
): Promise<void> => {
  if (lines.length === 0) return
  const [row] = await transaction.all<{ readonly last: number }>(LAST, [tenant, run])
  transaction.send(INSERT, [
    tenant,
    run,
    bigintArray(lines.map((_, index) => row!.last + 1 + index)),
    bigintArray(lines.map(({ seq }) => seq)),
    textArray(lines.map(({ name }) => columnText(name))),
    byteaArray(lines.map(({ octets }) => octets)),
  ])
  const hashes = [...new Set(lines.flatMap(({ privateHashes }) => privateHashes.map(columnText)))]
  if (hashes.length > 0) transaction.send(ANNOUNCE, [tenant, run, textArray(hashes)])
}
