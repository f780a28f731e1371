import { asObject, parseJson } from '../read-json.ts'
import { type Address, isModelPath, type ModelRequest, recognise } from './recognise.ts'

/** Longest body that is looked at, in characters. */
const longest = 32 * 1024 * 1024

/** A request to a model, and what tells it from others. */
export interface SentRequest {
  readonly request: ModelRequest
  /** Where it goes and what it says: the same for another attempt. Never written down. */
  readonly sent: string
  /** What the client says that it has tried before. */
  readonly retries: string | null
}

/** What a caller hands to `fetch`, as far as it is looked at. */
interface Init {
  readonly method?: unknown
  readonly headers?: unknown
  readonly body?: unknown
}

/** A `Request`, as far as it is looked at. */
interface RequestLike extends Init {
  readonly url: string
  readonly bodyUsed: boolean
  clone(): { text(): Promise<string> }
}

/**
 * The request to a model that is about to be sent; `undefined` for every other request, which is not read. Neither the
 * body of a stream nor anything else is used up.
 */
export async function sentRequest(input: unknown, init: unknown): Promise<SentRequest | undefined> {
  try {
    return await readRequest(input, init)
  } catch {
    // What cannot be looked at is for `fetch` to refuse.
    return undefined
  }
}

async function readRequest(input: unknown, init: unknown): Promise<SentRequest | undefined> {
  const request = isRequest(input) ? input : undefined
  const given = asObject(init) as Init | undefined
  const address = addressOf(request?.url ?? input)
  const method = given?.method ?? request?.method ?? 'GET'
  if (address === undefined || String(method).toUpperCase() !== 'POST' || !isModelPath(address)) return undefined
  const body = given?.body === undefined && request !== undefined ? await bodyOf(request) : textOf(given?.body)
  if (body === undefined || body.length > longest) return undefined
  const found = recognise(address, parseJson(body))
  return (
    found && {
      request: found,
      sent: `${address.hostname}${address.pathname}\n${body}`,
      retries: headerOf(given?.headers ?? request?.headers, 'x-stainless-retry-count'),
    }
  )
}

const isRequest = (input: unknown): input is RequestLike =>
  typeof input === 'object' && input !== null && typeof (input as { clone?: unknown }).clone === 'function'

const addressOf = (input: unknown): Address | undefined => {
  try {
    return new URL(String(input))
  } catch {
    // Relative to a page, or no address at all.
    return undefined
  }
}

const bodyOf = async (request: RequestLike): Promise<string | undefined> => {
  try {
    return request.bodyUsed ? undefined : await request.clone().text()
  } catch {
    return undefined
  }
}

const textOf = (body: unknown): string | undefined => {
  if (typeof body === 'string') return body
  if (!ArrayBuffer.isView(body) && !(body instanceof ArrayBuffer)) return undefined
  const bytes =
    body instanceof ArrayBuffer ? new Uint8Array(body) : new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  return new TextDecoder('utf-8', { fatal: false, ignoreBOM: false }).decode(bytes)
}

/** A header of a `Headers`, a list of pairs or an object. */
const headerOf = (headers: unknown, name: string): string | null => {
  if (typeof headers !== 'object' || headers === null) return null
  const { get } = headers as { get?: unknown }
  if (typeof get === 'function') return (headers as Headers).get(name)
  const pairs: unknown[] = Array.isArray(headers) ? headers : Object.entries(headers)
  const found = pairs.find((pair) => Array.isArray(pair) && String(pair[0]).toLowerCase() === name) as
    | unknown[]
    | undefined
  return typeof found?.[1] === 'string' ? found[1] : null
}
