export { writeBelow } from './pack-files.ts'
export { type CheckedPack, checkPack, readPack } from './read-pack.ts'
