export { joinCommand, splitCommand } from './command-line.ts'
export { harnessEnvironment } from './harness-process.ts'
export { isAsked, type VerifierLevel, verifierLevels } from './operations.ts'
export { loadCases, testVerifier, type VerifierResult } from './run.ts'
