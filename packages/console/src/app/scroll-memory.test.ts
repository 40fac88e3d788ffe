import { describe, expect, test } from 'vitest'
import { restoring, ScrollMemory } from './scroll-memory.ts'

/** A page of 500 pixels of which the test says how tall it is, and when the next picture comes. */
function openPage() {
  let now = 0
  let frames: (() => void)[] = []
  class Box {
    #top = 0
    #height = 500
    readonly clientHeight = 500
    get scrollHeight(): number {
      return this.#height
    }
    set scrollHeight(height: number) {
      this.#height = height
      this.scrollTop = this.#top
    }
    get scrollTop(): number {
      return this.#top
    }
    set scrollTop(top: number) {
      this.#top = Math.max(0, Math.min(top, this.#height - this.clientHeight))
    }
  }
  const whole = new Box()
  const boxes = new Map([['page', whole]])
  const memory = new ScrollMemory({
    scrollers: () => boxes,
    now: () => now,
    nextFrame: (callback) => {
      frames.push(callback)
    },
  })
  function pass(milliseconds = 16): void {
    now += milliseconds
    const due = frames
    frames = []
    for (const callback of due) callback()
  }
  return { memory, whole, boxes, Box, pass, waits: () => frames.length > 0, attempts: () => frames.length }
}

function leftAt(top: number) {
  const page = openPage()
  page.whole.scrollHeight = 3000
  page.whole.scrollTop = top
  page.memory.leave('list')
  page.whole.scrollTop = 0
  page.whole.scrollHeight = 500
  return page
}

describe('going back', () => {
  test('scrolls to where one was, as soon as the page is tall enough', () => {
    const { memory, whole, pass } = leftAt(1200)
    memory.restore('list')
    pass()
    expect(whole.scrollTop).toBe(0)
    whole.scrollHeight = 1600
    pass()
    expect(whole.scrollTop).toBe(0)
    whole.scrollHeight = 1700
    pass()
    expect(whole.scrollTop).toBe(1200)
  })

  test('holds against a page that shrinks once more before its data comes', () => {
    const { memory, whole, pass, waits } = leftAt(1200)
    whole.scrollHeight = 3000
    memory.restore('list')
    expect(whole.scrollTop).toBe(1200)
    whole.scrollHeight = 500
    pass(restoring.hold)
    expect(whole.scrollTop).toBe(0)
    whole.scrollHeight = 3000
    pass()
    expect(whole.scrollTop).toBe(1200)
    pass(restoring.hold - 1)
    expect(waits()).toBe(true)
    pass(1)
    expect(waits()).toBe(false)
  })

  test('is over when somebody scrolls', () => {
    const { memory, whole, pass, waits } = leftAt(1200)
    memory.restore('list')
    memory.stop()
    whole.scrollHeight = 3000
    whole.scrollTop = 40
    pass()
    expect(whole.scrollTop).toBe(40)
    expect(waits()).toBe(false)
  })

  test('ends at the end of a list that has become shorter', () => {
    const { memory, whole, pass, waits } = leftAt(1200)
    memory.restore('list')
    whole.scrollHeight = 900
    pass()
    expect(whole.scrollTop).toBe(0)
    pass(restoring.patience)
    expect(whole.scrollTop).toBe(400)
    expect(waits()).toBe(false)
  })

  test('scrolls a list inside the page too, which may come later than the page', () => {
    const { memory, boxes, Box, pass } = openPage()
    const before = new Box()
    before.scrollHeight = 9000
    before.scrollTop = 4000
    boxes.set('fleet', before)
    memory.leave('list')
    boxes.delete('fleet')
    memory.restore('list')
    pass()
    const after = new Box()
    after.scrollHeight = 9000
    boxes.set('fleet', after)
    pass()
    expect(after.scrollTop).toBe(4000)
  })

  test('does nothing where nobody had been, or had not scrolled', () => {
    const { memory, waits } = leftAt(0)
    memory.restore('list')
    memory.restore('another')
    expect(waits()).toBe(false)
  })

  test('of two entries, each has its own place, and the later return counts', () => {
    const { memory, whole, pass, attempts } = leftAt(1200)
    whole.scrollHeight = 2000
    whole.scrollTop = 300
    memory.leave('detail')
    whole.scrollHeight = 500
    memory.restore('list')
    memory.restore('detail')
    whole.scrollHeight = 3000
    pass()
    expect(whole.scrollTop).toBe(300)
    expect(attempts()).toBe(1)
  })
})
