import type { NewDocument } from '../store.ts'
import type { Connection } from './connection.ts'

const EXISTS = 'SELECT 1 FROM documents WHERE run = ? AND kind = ? AND digest = ?'
const INSERT = 'INSERT INTO documents (run, kind, topic, digest, received_at, body) VALUES (?, ?, ?, ?, ?, ?)'

/** Adds a document to a run; false if it is there already. */
export const writeDocument = (connection: Connection, run: number, document: NewDocument, at: string): boolean => {
  if (hasDocument(connection, run, document)) return false
  const { kind, topic, digest, body } = document
  connection.run(INSERT, run, kind, topic, digest, at, body)
  return true
}

/** Adds those of several that are not there. */
export const writeDocuments = (
  connection: Connection,
  run: number,
  documents: readonly NewDocument[],
  at: string,
): void => {
  for (const document of documents) writeDocument(connection, run, document, at)
}

const REPLACE = 'UPDATE documents SET kind = ?, topic = ?, digest = ?, body = ? WHERE run = ? AND digest = ?'

/** Puts a document in the place of the one that has a digest; its place in the order stays. */
export const replaceDocument = (connection: Connection, run: number, document: NewDocument, replaced: string): void => {
  const { kind, topic, digest, body } = document
  connection.run(REPLACE, kind, topic, digest, body, run, replaced)
}

const COUNT = 'SELECT count(*) AS count FROM documents WHERE run = ? AND kind = ? AND topic = ?'

/** Whether a run has a document of this kind and digest. */
export const hasDocument = (connection: Connection, run: number, { kind, digest }: NewDocument): boolean =>
  connection.get(EXISTS, run, kind, digest) !== undefined

/** Documents of a kind and topic that a run has. */
export const countDocuments = (connection: Connection, run: number, { kind, topic }: NewDocument): number =>
  connection.get<{ readonly count: number }>(COUNT, run, kind, topic)?.count ?? 0
