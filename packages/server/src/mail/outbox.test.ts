import { inspect } from 'node:util'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createOutbox } from './outbox.ts'

test('keeps the newest mails, and shows their text to nobody who does not ask for it', async () => {
  let now = 0
  const outbox = createOutbox(() => now, 2)
  for (const to of ['a@example.com', 'b@example.com', 'c@example.com']) {
    now += 1
    await outbox.send({ to, instanceId: 'sag-1', subject: 'Password', text: Secret.of('hidden words') })
  }
  expect(outbox.list().map(({ to, at }) => [to, at])).toEqual([
    ['c@example.com', 3],
    ['b@example.com', 2],
  ])
  expect(inspect(outbox.list()) + JSON.stringify(outbox.list())).not.toContain('hidden')
  expect(outbox.list()[0]?.text.reveal()).toBe('hidden words')
})
