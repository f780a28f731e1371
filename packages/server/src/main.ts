import { watchReaders } from './config/output.ts'
import { runProgram } from './program.ts'

watchReaders()
await runProgram(process.argv)
