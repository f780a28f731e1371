export { toOtlp } from './to-otlp.ts'
