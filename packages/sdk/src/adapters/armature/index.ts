export { armatureAdapter, convertArmature } from './convert.ts'
