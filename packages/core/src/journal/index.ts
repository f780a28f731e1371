export { checkJournal, type JournalCheck } from './check.ts'
export { compareJournals, type JournalRelation } from './compare.ts'
export { type ErasedJournal, eraseJournal } from './erase.ts'
export { type JournalFinding, type JournalRule, journalRules } from './finding.ts'
export { type Fold, type FoldOptions, foldJournal } from './fold.ts'
export { type JournalLine, type LineType, ORIGIN, type PrivateLine } from './line.ts'
export {
  type ChainedLine,
  type JournalReader,
  type JournalState,
  type LinePlace,
  openJournal,
  type TakenLine,
} from './open.ts'
export { joinPrivate } from './private.ts'
export { type Journal, readJournal, type SoundPart, unknownPrivate } from './read.ts'
export { privateKinds } from './shape.ts'
export { type AppendedType, createJournalWriter, type JournalWriter, type JournalWriterOptions } from './write.ts'
