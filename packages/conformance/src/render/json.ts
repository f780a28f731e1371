import type { Report } from '../suite/index.ts'
import { tidy } from './tidy.ts'

/** The report as JSON, valid against `conformance/schemas/report.json`. */
export const renderJson = (report: Report): string => `${JSON.stringify(tidy(report), null, 2)}\n`
