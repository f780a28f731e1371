import { describe, expect, it } from 'vitest'
import { Patience } from '../../src/http/patience.ts'

const silent = (patience: Patience, times: number): void => {
  for (let time = 0; time < times; time++) patience.note(true)
}

describe('a server is given up', () => {
  it('if nothing comes several times in a row, and not for what is harmless either', async () => {
    const patience = new Patience(async () => false)
    silent(patience, 3)
    expect(await patience.isOver()).toBe(false)
    silent(patience, 1)
    expect(await patience.isOver()).toBe(true)
    expect(patience.reason).toBe('the server has stopped answering')
  })

  it('not as long as it answers now and then', async () => {
    const patience = new Patience(async () => true)
    for (let time = 0; time < 30; time++) {
      silent(patience, 4)
      expect(await patience.isOver()).toBe(false)
      patience.note(false)
    }
  })

  it('if it says what it is and nothing else, again and again', async () => {
    const patience = new Patience(async () => true)
    for (let time = 0; time < 4; time++) {
      silent(patience, 4)
      expect(await patience.isOver()).toBe(false)
    }
    silent(patience, 4)
    expect(await patience.isOver()).toBe(true)
    expect(patience.reason).toBe('the server has stopped answering anything but what it is')
  })

  it('after one question, however many cases are under way', async () => {
    let questions = 0
    const patience = new Patience(async () => {
      questions++
      return true
    })
    silent(patience, 4)
    expect(await Promise.all([patience.isOver(), patience.isOver(), patience.isOver()])).toEqual([false, false, false])
    expect(questions).toBe(1)
  })
})
