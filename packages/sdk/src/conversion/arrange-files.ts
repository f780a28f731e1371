import type { Content } from '../lines/index.ts'
import type { Adapter, Attacher } from './adapter.ts'
import type { Head } from './head.ts'

/** A file whose beginning was read, and which can be read whole. */
export interface ConvertibleFile {
  readonly head: Head
  /** The content, from its beginning. Called once. */
  open(): Content
}

/** Files that are converted together. */
export interface FileGroup {
  readonly adapter: Adapter
  /** In the order in which they were given. */
  readonly files: readonly ConvertibleFile[]
}

/** Files of one format that say something about the runs of others. */
export interface AttachmentGroup {
  readonly attacher: Attacher
  readonly files: readonly ConvertibleFile[]
}

/** What files may be. */
export interface Formats {
  /** Asked in this order; the first that recognises a file has it. */
  readonly adapters: readonly Adapter[]
  /** Asked before the adapters. */
  readonly attachers: readonly Attacher[]
}

/** What is to be done with some files. */
export interface Arrangement {
  /** In the order of their first files. */
  readonly groups: readonly FileGroup[]
  /** Files that say something about the runs of others. */
  readonly attachments: readonly AttachmentGroup[]
  /** Files of no known format. */
  readonly unrecognised: readonly ConvertibleFile[]
}

/**
 * Finds out which format each file has, by its content, and which files belong together. Of a beginning that was looked at
 * only the name is kept: there may be thousands of files.
 */
export class Arranger {
  readonly #formats: Formats
  readonly #given: Adapter | undefined
  readonly #attaches: Attacher | undefined
  readonly #attached = new Map<Attacher, ConvertibleFile[]>()
  readonly #groups = new Set<OpenGroup>()
  readonly #byKey = new Map<string, OpenGroup>()
  readonly #unrecognised: ConvertibleFile[] = []
  #count = 0

  /**
   * @param format if given, every file that says nothing about other runs is of this format, whatever it looks like
   * @throws RangeError if no adapter has that format
   */
  constructor(formats: Formats, format?: string) {
    this.#formats = formats
    this.#given = format === undefined ? undefined : formats.adapters.find((adapter) => adapter.format === format)
    this.#attaches = formats.attachers.find((attacher) => attacher.format === format)
    if (format !== undefined && !this.#given && !this.#attaches)
      throw new RangeError(`no adapter for the format ${JSON.stringify(format)}`)
  }

  /** The next file. */
  add({ head, open }: ConvertibleFile): void {
    const { adapters, attachers } = this.#formats
    const file: ConvertibleFile = { head: { name: head.name, text: '', objects: [], document: undefined }, open }
    const index = this.#count++
    const attacher = this.#attaches ?? attachers.find((candidate) => candidate.recognises(head))
    if (attacher) {
      const own = this.#attached.get(attacher)
      if (own) own.push(file)
      else this.#attached.set(attacher, [file])
      return
    }
    const adapter = this.#given ?? adapters.find((candidate) => candidate.recognises(head))
    if (!adapter) {
      this.#unrecognised.push(file)
      return
    }
    const keys = (adapter.groupKeys?.(head) ?? []).map((key) => `${adapter.format} ${key}`)
    const found = new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []))
    const [group = { adapter, files: [], keys: [] }, ...others] = found
    // A file may show that groups which looked apart belong together.
    for (const other of others) {
      for (const own of other.files) group.files.push(own)
      for (const key of other.keys) {
        group.keys.push(key)
        this.#byKey.set(key, group)
      }
      this.#groups.delete(other)
    }
    this.#groups.add(group)
    group.files.push({ file, index })
    group.keys.push(...keys)
    for (const key of keys) this.#byKey.set(key, group)
  }

  /** What is to be done, once every file was added. */
  finish(): Arrangement {
    const groups = [...this.#groups].map(({ adapter, files }) => ({
      adapter,
      files: files.sort((a, b) => a.index - b.index),
    }))
    return {
      groups: groups
        .sort((a, b) => a.files[0]!.index - b.files[0]!.index)
        .map(({ adapter, files }) => ({ adapter, files: files.map(({ file }) => file) })),
      attachments: [...this.#attached].map(([attacher, files]) => ({ attacher, files })),
      unrecognised: this.#unrecognised,
    }
  }
}

/** Files that belong together, so far, and the keys by which they are known. */
interface OpenGroup {
  readonly adapter: Adapter
  readonly files: { readonly file: ConvertibleFile; readonly index: number }[]
  readonly keys: string[]
}

/** Arranges files that are all there; see `Arranger`. */
export function arrangeFiles(files: readonly ConvertibleFile[], formats: Formats, format?: string): Arrangement {
  const arranger = new Arranger(formats, format)
  for (const file of files) arranger.add(file)
  return arranger.finish()
}
