import { expect, test } from 'vitest'
import { createStop, pauseUnless } from './stop.ts'

test('a pause ends when the rotation is stopped', async () => {
  const stop = createStop()
  const pausing = pauseUnless(stop, 1_000_000)
  stop.now({ is: 'interrupted' })
  await expect(pausing).resolves.toBeUndefined()
})

test('there is no pause any more once it was stopped', async () => {
  const stop = createStop()
  stop.now({ is: 'interrupted' })
  await expect(pauseUnless(stop, 1_000_000)).resolves.toBeUndefined()
})
