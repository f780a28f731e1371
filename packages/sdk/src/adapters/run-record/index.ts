export { convertRunRecord, runRecordAdapter } from './convert.ts'
