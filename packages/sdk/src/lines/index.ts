export { type Content, type Line, splitLines } from './split.ts'
