import type { ToolChange, ToolInventory } from './inventory.ts'
import { keyOfId, type Members, own, type RequestId, textAt } from './json-rpc.ts'
import type { OwnRequests } from './own-requests.ts'

/** How the list of tools is kept up to date. */
export interface Listing {
  /** Resolves when the list is as new as it can be had; `undefined` if it is. Never rejects. */
  ready(): Promise<void> | undefined
  /** Reads the list anew: the server said that it has changed, or it was never read. */
  refresh(): void
  /** Notes that the client reads the list, which shows what the model is offered. */
  watch(id: RequestId, params: Members | undefined): void
  /** Takes the answer to such a request. */
  take(id: RequestId, result: Members): void
}

/** What a listing works with. */
export interface ListingParts {
  readonly inventory: ToolInventory
  readonly requests: OwnRequests
  /** `_meta` of a request, if it needs one. */
  readonly meta: () => Members
  /** Told about every difference. */
  readonly onChange: (changes: readonly ToolChange[]) => void
  readonly warn: (text: string) => void
  /** Done once, before the list is read for the first time. Never rejects. */
  readonly prepare: () => Promise<void> | undefined
}

/** How long one page is waited for, in milliseconds, and how many pages there are at most. */
const patience = 5000
const mostPages = 100

/** Reads `tools/list`, all pages, and watches the client read it. */
export function createListing({ inventory, requests, meta, onChange, warn, prepare }: ListingParts): Listing {
  let reading: Promise<void> | undefined
  let isStale = true
  const watched = new Map<string, { readonly isFirst: boolean }>()
  let gathered: unknown[] | undefined

  const observe = (tools: readonly unknown[], isWhole: boolean): void => {
    const changes = inventory.observe(tools, isWhole)
    if (changes.length > 0) onChange(changes)
  }

  const readAll = async (): Promise<void> => {
    const tools: unknown[] = []
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const params = { ...(cursor === undefined ? {} : { cursor }), ...metaOf(meta()) }
      const result = await requests.request('tools/list', params, { within: patience })
      const listed = own(result, 'tools')
      if (Array.isArray(listed)) tools.push(...listed)
      cursor = textAt(result, 'nextCursor')
      if (cursor === undefined) return observe(tools, true)
    }
    observe(tools, false)
    warn(`the server's list of tools has more than ${mostPages} pages; the others were not read`)
  }

  const read = async (): Promise<void> => {
    await prepare()
    // A change that is announced while the list is being read is not in it.
    for (let round = 0; isStale && round < 3; round++) {
      isStale = false
      await readAll().catch((error: unknown) =>
        warn(
          `the server's list of tools could not be read: ${error instanceof Error ? error.message : 'unknown error'}`,
        ),
      )
    }
    reading = undefined
  }

  return {
    ready() {
      if (isStale && !inventory.isKnown) reading ??= read()
      return reading
    },
    refresh() {
      isStale = true
      reading ??= read()
    },
    watch(id, params) {
      watched.set(keyOfId(id), { isFirst: textAt(params, 'cursor') === undefined })
    },
    take(id, result) {
      const request = watched.get(keyOfId(id))
      if (!watched.delete(keyOfId(id)) || request === undefined) return
      const tools = own(result, 'tools')
      if (!Array.isArray(tools)) return
      if (request.isFirst) gathered = []
      gathered?.push(...tools)
      const isLast = textAt(result, 'nextCursor') === undefined
      if (gathered !== undefined && isLast) {
        isStale = false
        observe(gathered, true)
      } else observe(tools, false)
      if (isLast) gathered = undefined
    },
  }
}

const metaOf = (meta: Members): Members => (Object.keys(meta).length === 0 ? {} : { _meta: meta })
