export { fileNameOf } from './file-name.ts'
export { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts'
export {
  createJournalFile,
  type FsyncPolicy,
  type JournalFile,
  type JournalFileOptions,
  type ReopenedFile,
  reopenJournalFile,
} from './journal-file.ts'
export { isHeld, type Lock, lockFile, takeLock } from './lock.ts'
export { makeFolder } from './make-folder.ts'
export { writeWhole } from './whole-file.ts'
