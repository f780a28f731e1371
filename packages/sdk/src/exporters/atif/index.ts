import type { Exporter } from '../exporter.ts'
import { exportAtif } from './export-atif.ts'

/** Writes records as trajectories of ATIF 1.7. What ATIF has no member for stands in `extra.agent_run`, so nothing is lost. */
export const toAtif: Exporter = { format: 'atif', title: 'an ATIF trajectory', export: exportAtif }
