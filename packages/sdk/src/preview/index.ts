export { createPreviewer, cut, detach, type Previewer, wellFormed } from './preview.ts'
export { redact } from './redact.ts'
export { hideByName, secretItem, secretKind } from './secret-names.ts'
