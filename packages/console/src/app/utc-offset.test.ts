import { expect, test } from 'vitest'
import { offsetText } from './utc-offset.ts'

test('the offset of a browser is written as the API takes it', () => {
  expect([offsetText(480), offsetText(-210), offsetText(0)]).toEqual(['+08:00', '-03:30', '+00:00'])
})
