export { armorerGuardAttacher, readArmorerGuard } from './read.ts'
