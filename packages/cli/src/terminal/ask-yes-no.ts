import { createInterface } from 'node:readline/promises'
import { Failure } from '../failure.ts'

/** Asks on the terminal; anything but y or yes is no. Throws `Failure` where there is no terminal to ask on. */
export async function askYesNo(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new Failure('there is no terminal to ask on; say --yes if you mean it')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim())
  } finally {
    lines.close()
  }
}
