import { afterAll, beforeAll, describe } from 'vitest'
import { testDocuments } from './documents.ts'
import { testErasure } from './erasure.ts'
import { testEvents } from './events.ts'
import { testExport } from './export.ts'
import { testInsertion } from './insertion.ts'
import { testJournal } from './journal.ts'
import { testKeys } from './keys.ts'
import { testListing } from './listing.ts'
import { testMigrations } from './migrations.ts'
import { testAgainstModel } from './properties.ts'
import { testReplacing } from './replacing.ts'
import { testScores } from './scores.ts'
import { type Bench, createClock, type Place, type Subject } from './subject.ts'
import { testWorking } from './working.ts'

/** What every engine must do. One store serves the whole file; each test has a tenant of its own in it. */
export const describeStore = (name: string, subject: Subject): void => {
  describe(name, () => {
    const clock = createClock()
    let place: Place | undefined
    let tenants = 0
    beforeAll(async () => {
      place = await subject.create(clock.now)
    })
    afterAll(async () => {
      await place?.remove()
    })
    const bench: Bench = {
      place: () => place!,
      store: () => place!.store,
      clock,
      tenant: () => `tenant ${++tenants}`,
    }
    describe('taking runs', () => testInsertion(bench))
    describe('changing runs', () => testReplacing(bench))
    describe('listing runs', () => testListing(bench))
    describe('live runs', () => testJournal(bench))
    describe('documents', () => testDocuments(bench))
    describe('scores', () => testScores(bench))
    describe('events', () => testEvents(bench, subject))
    describe('erasure', () => testErasure(bench, subject))
    describe('export', () => testExport(bench))
    describe('keys', () => testKeys(bench))
    describe('migrations', () => testMigrations(subject))
    describe('at work', () => testWorking(bench, subject))
    describe('any sequence of operations', () => testAgainstModel(bench))
  })
}
