import { toAtif } from './atif/index.ts'
import type { Exporter } from './exporter.ts'
import { toOtlp } from './otlp/index.ts'

/** Every exporter there is. */
export const exporters: readonly Exporter[] = [toOtlp, toAtif]
export type { Exported, Exporter } from './exporter.ts'
