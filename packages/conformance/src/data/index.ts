export { DATA_PARTS, dataDigest } from './digest.ts'
export { dataFolder, readData } from './folder.ts'
