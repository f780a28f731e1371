import { readFileSync } from 'node:fs'

const read = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}

/** Version of this program, as its package says. */
export const version: string = read()
