/**
 * Version of the installed `@pydantic/genai-prices`, whose package.json its exports leave out; `undefined` where there is
 * no file system to look at, as in a bundle.
 */
export async function priceListVersion(): Promise<string | undefined> {
  try {
    const { readFileSync } = await import('node:fs')
    const entry = import.meta.resolve('@pydantic/genai-prices')
    const bytes = readFileSync(new URL('../package.json', entry))
    const { version } = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
