import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isGlob } from '../input/glob.ts'

/** How long after a change nothing more must happen: who writes many files is left to finish. */
const QUIET_MS = 100
/** But nobody waits longer than this for somebody who never stops. */
const PATIENCE_MS = 1000
/** File systems that tell nobody, and folders that are not there yet, are looked at so often. */
const POLL_MS = 1000
/** Where changes are told, looking is only for what was missed. */
const SLOW_POLL_MS = 10_000
/** Folders that are listened to; for more than this, looking is cheaper. */
const MOST_FOLDERS = 2000

/** Folders that change by being looked at, or are never meant. */
const PASSED_OVER = new Set(['node_modules', '.git', '.agent-run-index'])

/** How to watch. */
export interface WatchOptions {
  /** What the inputs are now, as text that differs if one of them has changed. Called now and then. */
  readonly fingerprint: () => string
  /** Called once at the beginning, then whenever something has changed; never twice at the same time. */
  readonly onChange: () => Promise<void>
  /** Ends the watching. */
  readonly signal: AbortSignal
}

/**
 * Calls back whenever something below these inputs has changed: files, folders or globs, which need not be there yet.
 * Changes are told by the operating system where it does, and looked for where it does not.
 */
export async function watchInputs(names: readonly string[], options: WatchOptions): Promise<void> {
  const { fingerprint, onChange, signal } = options
  const bell = new Bell(signal)
  const listeners = new Listeners(() => bell.ring())
  try {
    while (!signal.aborted) {
      const isHeard = listeners.listenTo(foldersOf(names))
      // Listening comes first: what changes from here on rings.
      const before = fingerprint()
      await onChange()
      for (let took = 0; !signal.aborted; ) {
        // Looking must not become all that is done.
        if (await bell.wait(Math.max(isHeard ? SLOW_POLL_MS : POLL_MS, took * 20))) await bell.untilQuiet()
        const start = performance.now()
        // What rang may have been somebody else's file.
        if (fingerprint() !== before) break
        took = performance.now() - start
      }
    }
  } finally {
    listeners.close()
  }
}

/** Rings when something has happened; remembers it until somebody waits. */
class Bell {
  readonly #signal: AbortSignal
  #rung = false
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Waits for the bell, the end, or so long. Says whether it rang. */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung && !this.#signal.aborted)
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ms)
        this.#wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    this.#wake = undefined
    const rang = this.#rung
    this.#rung = false
    return rang
  }

  /** Waits until it has not rung for a moment. */
  async untilQuiet(): Promise<void> {
    const end = performance.now() + PATIENCE_MS
    while (!this.#signal.aborted && performance.now() < end && (await this.wait(QUIET_MS)));
  }
}

/** Ears on folders. */
class Listeners {
  readonly #ring: () => void
  #ears = new Map<string, { readonly inode: string; readonly watcher: FSWatcher }>()

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** Listens to these folders and no others. Says whether all of them can be heard. */
  listenTo(folders: readonly string[] | undefined): boolean {
    const wanted = new Map((folders ?? []).map((folder) => [folder, inodeOf(folder)]))
    for (const [folder, { inode, watcher }] of this.#ears)
      if (wanted.get(folder) !== inode) {
        // A folder of the same name is another one.
        watcher.close()
        this.#ears.delete(folder)
      }
    let isHeard = folders !== undefined
    for (const [folder, inode] of wanted) {
      if (this.#ears.has(folder)) continue
      if (inode === undefined || !this.#listen(folder, inode)) isHeard = false
    }
    return isHeard
  }

  close(): void {
    for (const { watcher } of this.#ears.values()) watcher.close()
    this.#ears.clear()
  }

  #listen(folder: string, inode: string): boolean {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || !PASSED_OVER.has(name)) this.#ring()
      })
      watcher.on('error', () => {
        watcher.close()
        this.#ears.delete(folder)
        this.#ring()
      })
      this.#ears.set(folder, { inode, watcher })
      return true
    } catch {
      return false
    }
  }
}

const inodeOf = (folder: string): string | undefined => {
  try {
    const { dev, ino } = statSync(folder, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/** The folders in which something may happen to these inputs; undefined if they are too many. */
const foldersOf = (names: readonly string[]): string[] | undefined => {
  const folders = new Set<string>()
  for (const name of names) {
    const fixed = name.split('/')
    const glob = fixed.findIndex(isGlob)
    const path = resolve(glob === -1 ? name : fixed.slice(0, glob).join('/') || (name.startsWith('/') ? '/' : '.'))
    // The folder around it as well: a file is often replaced by another of its name, and a folder may come back.
    folders.add(dirname(path))
    const waiting = [path]
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const below = subfoldersOf(folder)
      if (below === undefined) continue
      if (folders.size >= MOST_FOLDERS) return undefined
      folders.add(folder)
      waiting.push(...below)
    }
  }
  return [...folders]
}

/** Folders in a folder, links to such not among them; undefined if it is none. */
const subfoldersOf = (folder: string): string[] | undefined => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !PASSED_OVER.has(entry.name))
      .map((entry) => join(folder, entry.name))
  } catch {
    return undefined
  }
}
