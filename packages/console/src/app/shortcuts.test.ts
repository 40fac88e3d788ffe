import { describe, expect, test } from 'vitest'
import { type Pressed, Shortcuts } from './shortcuts.ts'

const key = (name: string, more: Partial<Pressed> = {}): Pressed => ({
  key: name,
  withControl: false,
  withAlt: false,
  isTyping: false,
  ...more,
})

describe('keys of the shell', () => {
  test('Ctrl-K searches everywhere, also while one types and when single keys are off', () => {
    const keys = new Shortcuts()
    expect(keys.press(key('k', { withControl: true, isTyping: true }), 0, true)).toEqual({ kind: 'search' })
    expect(keys.press(key('K', { withControl: true }), 0, false)).toEqual({ kind: 'search' })
    expect(keys.press(key('k', { withControl: true, withAlt: true }), 0, true)).toBeUndefined()
    expect(keys.press(key('j', { withControl: true }), 0, true)).toBeUndefined()
  })

  test('Ctrl-Z undoes, but not where it is about what is typed, nor with Shift or Alt', () => {
    const keys = new Shortcuts()
    expect(keys.press(key('z', { withControl: true }), 0, false)).toEqual({ kind: 'undo' })
    expect(keys.press(key('z', { withControl: true, isTyping: true }), 0, true)).toBeUndefined()
    expect(keys.press(key('Z', { withControl: true }), 0, true)).toBeUndefined()
    expect(keys.press(key('z', { withControl: true, withAlt: true }), 0, true)).toBeUndefined()
    expect(keys.press(key('z'), 0, true)).toBeUndefined()
  })

  test('a slash searches and a question mark shows the keys, but not where they are text', () => {
    const keys = new Shortcuts()
    expect(keys.press(key('/'), 0, true)).toEqual({ kind: 'search' })
    expect(keys.press(key('?'), 0, true)).toEqual({ kind: 'keys' })
    expect(keys.press(key('/', { isTyping: true }), 0, true)).toBeUndefined()
    expect(keys.press(key('?', { isTyping: true }), 0, true)).toBeUndefined()
  })

  test('G and a letter goes to a screen, when the letter follows soon', () => {
    const keys = new Shortcuts()
    expect(keys.press(key('g'), 0, true)).toBeUndefined()
    expect(keys.press(key('F'), 1500, true)).toEqual({ kind: 'go', screen: 'fleet' })
    expect(keys.press(key('f'), 1501, true)).toBeUndefined()
    keys.press(key('g'), 2000, true)
    expect(keys.press(key('f'), 3501, true)).toBeUndefined()
  })

  test('G forgets itself after a letter that leads nowhere', () => {
    const keys = new Shortcuts()
    keys.press(key('g'), 0, true)
    expect(keys.press(key('x'), 10, true)).toBeUndefined()
    expect(keys.press(key('f'), 20, true)).toBeUndefined()
    keys.press(key('g'), 30, true)
    expect(keys.press(key('constructor'), 40, true)).toBeUndefined()
  })

  test('single keys that are off do nothing', () => {
    const keys = new Shortcuts()
    expect(keys.press(key('/'), 0, false)).toBeUndefined()
    keys.press(key('g'), 0, false)
    expect(keys.press(key('f'), 1, false)).toBeUndefined()
    expect(keys.press(key('f'), 1, true)).toBeUndefined()
  })
})
