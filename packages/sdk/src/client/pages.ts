/** A list that comes in pages: iterate over it, or over its pages. Each iteration asks anew. */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  /** The pages, with what they say besides their items. */
  pages(): AsyncIterable<Page>
}

/**
 * A list in pages.
 * @param read asks for the page at a cursor
 * @param items what a page lists
 */
export function pagesOf<Item, Page extends { readonly next?: string }>(
  read: (cursor: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[],
): Pages<Item, Page> {
  async function* pages(): AsyncGenerator<Page> {
    let cursor: string | undefined
    do {
      const page: Page = await read(cursor)
      yield page
      cursor = page.next
    } while (cursor !== undefined)
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* items(page)
    },
  }
}
