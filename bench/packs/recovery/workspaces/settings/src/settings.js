import { readFileSync } from 'node:fs'

/** Settings of the application. */
export const settings = () => JSON.parse(readFileSync(new URL('../settings.json', import.meta.url), 'utf8'))
