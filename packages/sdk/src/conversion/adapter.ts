import type { AgentRun } from '@agent-run/types'
import type { Content } from '../lines/index.ts'
import type { PriceList } from '../prices/price-list.ts'
import type { Head } from './head.ts'
import type { Conversion, ConversionReport } from './report.ts'

/** One input of a conversion. An adapter opens nothing: the caller reads. */
export interface SourceFile {
  /** Path or name as the user knows it. It is shown in the report and may be a hint for grouping; content decides where it can. */
  readonly name: string
  /**
   * The content: whole, or in chunks cut anywhere (not only at line ends), for example a Node read stream. It is read
   * once. Bytes are preferred: the digest in `source` is over them.
   */
  readonly content: Content
}

/** Settings of a conversion. */
export interface ConvertOptions {
  /** Replace secrets of known shapes (API keys, tokens, private keys, passwords in URLs) by `[redacted:<kind>]`. Default true. */
  readonly redact?: boolean
  /** Longest line in bytes; a longer one is malformed and never held in memory. Default 64 MiB. */
  readonly maxLineBytes?: number
  /** Largest document in bytes, for formats that are one JSON value; a larger one is not read. Default 256 MiB. */
  readonly maxDocumentBytes?: number
  /** Computes prices of model calls whose price the source does not say. Default: they stay unknown. */
  readonly prices?: PriceList
}

/** What every adapter says about itself. */
export interface AdapterAbout {
  /** Name of the format, as in `source.format` and `--from`. */
  readonly format: string
  /** What a file of this format is, for people, with its article: `a Codex rollout`. */
  readonly title: string
  /** Name of the adapter, as in `source.adapter`. */
  readonly adapter: string
  /** What the format cannot say, in sentences for people; part of every report. */
  readonly notRecorded: readonly string[]
}

/** Makes records from one foreign format. */
export interface Adapter extends AdapterAbout {
  /**
   * Whether a file that begins so is of this format. By content, and only by signs that no other format has; a name
   * counts only for a companion whose content says nothing (`state.json` beside a session).
   */
  recognises(head: Head): boolean
  /** Keys of what a file belongs to; files that share one are converted together. Absent, or none: each file alone. */
  groupKeys?(head: Head): readonly string[]
  /**
   * Converts files that belong together. Pure and deterministic: no clock, no randomness, no file system. Never throws for
   * content: a file whose `content` throws becomes `convert.unreadable`, zero recognised turns `convert.no_turns`.
   *
   * @throws RangeError if an option is out of its range
   */
  convert(files: Iterable<SourceFile> | AsyncIterable<SourceFile>, options?: ConvertOptions): Promise<Conversion>
}

/**
 * Reads what another program says about runs of any format, such as a guard's verdicts. It makes no runs: what it says is
 * attached to the runs it is about.
 */
export interface Attacher extends AdapterAbout {
  /** Whether content that begins so is of this format, by signs that no other format has. */
  recognises(head: Head): boolean
  /** Reads files whole. Pure and deterministic; never throws for content. */
  read(files: Iterable<SourceFile> | AsyncIterable<SourceFile>, options?: ConvertOptions): Promise<Attachments>
}

/** What was said about runs. */
export interface Attachments {
  /** The run with what is said about it; the same object if nothing is. */
  attach(run: AgentRun): AgentRun
  /**
   * The account, once every run was seen: lines that were attached are mapped, lines that are about no run that was given
   * are skipped, and if none was attached that is the error `convert.nothing_to_attach_to`.
   */
  report(): ConversionReport
}
