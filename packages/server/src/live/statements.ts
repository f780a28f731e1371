import type { Statement } from '@agent-run/types'
import type { Store, StoredDocument } from '../store/store.ts'

const decoder = new TextDecoder()

/** A stored document as the value it was. */
export const readDocument = <T>({ body }: Pick<StoredDocument, 'body'>): T => JSON.parse(decoder.decode(body)) as T

/** The statements about a run that the server has, in the order in which it received them. */
export const statementsOf = async (store: Store, tenant: string, id: string): Promise<readonly Statement[]> =>
  (await store.readDocuments(tenant, id, 'statement')).map((document) => readDocument<Statement>(document))

/** The server's own countersignature of a record, if it has signed one. */
export const countersignatureOf = async (
  store: Store,
  tenant: string,
  id: string,
  recordHash: string,
): Promise<Statement | undefined> =>
  (await statementsOf(store, tenant, id)).find(({ kind, about }) => kind === 'countersignature' && about === recordHash)
