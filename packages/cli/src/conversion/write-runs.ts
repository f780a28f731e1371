import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { visibleName } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { describeError } from '../input/system-error.ts'
import { fileNameFor } from '../records/file-name.ts'
import { outputTo, realPath } from '../terminal/output.ts'

/** Takes documents one by one as they come. */
export interface DocumentWriter {
  /** @param id what a file of its own is named after */
  write(document: object, id: string): Promise<void>
  close(): Promise<void>
}

/** Where documents go, and how. */
export interface WriteOptions {
  readonly output?: string | undefined
  readonly outputDir?: string | undefined
  readonly format: 'ndjson' | 'json'
  /** Paths of what is converted: a file of its own replaces none of them. */
  readonly inputs: readonly string[]
  /** Called before something is written to standard output. */
  readonly before: () => void
}

/** Writes documents one a line, as one JSON array, or each to a file of its own. Nothing is opened before the first one. Throws `Failure`. */
export function createWriter(options: WriteOptions): DocumentWriter {
  return options.outputDir === undefined ? streamWriter(options) : folderWriter(options.outputDir, options.inputs)
}

/** On a terminal what it would obey is escaped. */
function streamWriter({ output: path, format, before }: WriteOptions): DocumentWriter {
  const toTerminal = path === undefined && process.stdout.isTTY === true
  const indent = format === 'json' ? 2 : undefined
  const text = (document: object): string =>
    toTerminal ? safeJson(document, indent) : JSON.stringify(document, null, indent)
  let output: ReturnType<typeof outputTo> | undefined
  return {
    async write(document) {
      const isFirst = output === undefined
      output ??= outputTo(path, before)
      if (format === 'ndjson') await output.write(`${text(document)}\n`)
      else await output.write(`${isFirst ? '[\n' : ',\n'}${text(document)}`)
    },
    async close() {
      if (output !== undefined && format === 'json') await output.write('\n]\n')
      await output?.close()
    },
  }
}

function folderWriter(folder: string, inputs: readonly string[]): DocumentWriter {
  const taken = new Set<string>()
  const read = new Set(inputs.flatMap((path) => realPath(path) ?? []))
  return {
    async write(document, id) {
      // Only now: the recorder comes with it.
      const { makeFolder } = await import('@agent-run/sdk')
      try {
        makeFolder(folder, 0o777)
        const path = join(folder, fileNameFor(id, taken))
        if (read.has(realPath(path) ?? ''))
          throw new Failure(`${visibleName(path)} is read by this command; give --output-dir another folder`)
        writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`)
      } catch (error) {
        if (error instanceof Failure) throw error
        throw new Failure(`cannot write to ${visibleName(folder)}: ${describeError(error)}`, { cause: error })
      }
    },
    async close() {},
  }
}
