import type { NewDocument } from '../store.ts'
import { bigintArray, byteaArray, textArray } from './arrays.ts'
import { columnText } from './text.ts'
import type { Transaction } from './transaction.ts'

type RunKey = Pick<OwnedDocuments, 'tenant' | 'run'>

/** The documents of one run. */
export interface OwnedDocuments {
  readonly tenant: string
  readonly run: number
  readonly documents: readonly NewDocument[]
}

const INSERT = `INSERT INTO documents (tenant, run, number, kind, topic, digest, received_at, body)
  SELECT tenant, run, number, kind, topic, digest, $1, body
  FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bytea[])
    AS n (tenant, run, number, kind, topic, digest, body)`
const ADD = `INSERT INTO documents (tenant, run, number, kind, topic, digest, received_at, body)
  SELECT $1::text, $2::bigint, (SELECT coalesce(max(number), 0) + 1 FROM documents WHERE tenant = $1 AND run = $2),
    $3::text, $4::text, $5::text, $6::text, $7::bytea
  WHERE NOT EXISTS (SELECT 1 FROM documents WHERE tenant = $1 AND run = $2 AND kind = $3 AND digest = $5)`

/** Writes the documents of new runs, those of a run once each. */
export const insertDocuments = (transaction: Transaction, runs: readonly OwnedDocuments[]): void => {
  const rows = runs.flatMap(({ tenant, run, documents }) =>
    distinct(documents).map((document, index) => ({ tenant, run, number: index + 1, document })),
  )
  if (rows.length === 0) return
  transaction.send(INSERT, [
    transaction.at,
    textArray(rows.map(({ tenant }) => tenant)),
    bigintArray(rows.map(({ run }) => run)),
    bigintArray(rows.map(({ number }) => number)),
    textArray(rows.map(({ document }) => document.kind)),
    textArray(rows.map(({ document }) => columnText(document.topic))),
    textArray(rows.map(({ document }) => document.digest)),
    byteaArray(rows.map(({ document }) => document.body)),
  ])
}

/** Adds a document to a run if it is not there already. */
export const addDocument = (
  transaction: Transaction,
  { tenant, run }: RunKey,
  { kind, topic, digest, body }: NewDocument,
): void => transaction.send(ADD, [tenant, run, kind, columnText(topic), digest, transaction.at, octets(body)])

const REPLACE = `UPDATE documents SET kind = $3, topic = $4, digest = $5, body = $6
  WHERE tenant = $1 AND run = $2 AND digest = $7`

/** Puts a document in the place of the one that has a digest; its place in the order stays. */
export const replaceDocument = (
  transaction: Transaction,
  { tenant, run }: RunKey,
  { kind, topic, digest, body }: NewDocument,
  replaced: string,
): void => transaction.send(REPLACE, [tenant, run, kind, columnText(topic), digest, octets(body), replaced])

const EXISTS = 'SELECT 1 FROM documents WHERE tenant = $1 AND run = $2 AND kind = $3 AND digest = $4'
const COUNT = 'SELECT count(*) AS count FROM documents WHERE tenant = $1 AND run = $2 AND kind = $3 AND topic = $4'

/** Whether a run has a document of this kind and digest. */
export const hasDocument = async (
  transaction: Transaction,
  { tenant, run }: RunKey,
  { kind, digest }: NewDocument,
): Promise<boolean> => (await transaction.all(EXISTS, [tenant, run, kind, digest])).length > 0

/** Documents of a kind and topic that a run has. */
export const countDocuments = async (
  transaction: Transaction,
  { tenant, run }: RunKey,
  { kind, topic }: NewDocument,
): Promise<number> => {
  const [row] = await transaction.all<{ readonly count: number }>(COUNT, [tenant, run, kind, columnText(topic)])
  return row!.count
}

const octets = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.byteLength)

const distinct = (documents: readonly NewDocument[]): readonly NewDocument[] => {
  const found = new Map<string, NewDocument>()
  for (const document of documents) {
    const name = `${document.kind} ${document.digest}`
    if (!found.has(name)) found.set(name, document)
  }
  return [...found.values()]
}
