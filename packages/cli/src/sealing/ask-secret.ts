import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Failure } from '../failure.ts'

/** Asks on the terminal without showing what is typed; undefined where there is no terminal to ask on. */
export async function askSecret(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      // Ctrl-C or the end of the input is no answer, least of all "no passphrase".
      lines.once('close', () => reject(new Failure('no answer was given; nothing was done')))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
