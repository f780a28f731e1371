import { safeJson } from '../format/safe-json.ts'
import { outputTo } from '../terminal/output.ts'
import { openOutputFile } from '../terminal/output-file.ts'

/** Where a result goes: standard output unless said otherwise. */
export interface ResultOptions {
  readonly output?: string
}

/** Writes JSON values: one as a document, several as NDJSON. What a terminal would obey is escaped there. */
export async function writeValues(values: readonly unknown[], { output }: ResultOptions): Promise<void> {
  const toTerminal = (output === undefined || output === '-') && process.stdout.isTTY === true
  const indent = values.length === 1 ? 2 : undefined
  const sink = outputTo(output)
  for (const value of values)
    await sink.write(`${toTerminal ? safeJson(value, indent) : JSON.stringify(value, null, indent)}\n`)
  await sink.close()
}

/** Writes bytes as they are. Throws `Failure` if the file cannot be written. */
export async function bytesOutput(output: string | undefined, bytes: Uint8Array): Promise<void> {
  if (output === undefined || output === '-') {
    if (!process.stdout.write(bytes)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
    return
  }
  const file = openOutputFile(output)
  file.write(bytes)
  file.keep()
}

/** Replaces a file by new content, whole or not at all; its permissions stay. Throws `Failure`. */
export function replaceFile(path: string, content: string): void {
  const file = openOutputFile(path)
  file.write(Buffer.from(content))
  file.keep()
}
