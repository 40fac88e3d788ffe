import { expect, test } from 'vitest'
import { forgetAllExpired } from './nonce-sweep.ts'
import { forgetBatch } from './nonces.ts'

function storeOf(expired: number) {
  const state = { left: expired, calls: 0 }
  async function forgetNonces(): Promise<number> {
    const forgotten = Math.min(state.left, forgetBatch)
    state.left -= forgotten
    state.calls += 1
    return forgotten
  }
  return { state, forgetNonces }
}

test('a sweep forgets everything that expired, however many batches that takes', async () => {
  const store = storeOf(3 * forgetBatch + 1)
  await forgetAllExpired(store, { wallClock: () => 0, forgetting: () => {} }, () => false)
  expect(store.state.left).toBe(0)
})

test('a sweep ends after the batch during which the store is closed', async () => {
  const store = storeOf(3 * forgetBatch)
  await forgetAllExpired(store, { wallClock: () => 0, forgetting: () => {} }, () => store.state.calls > 0)
  expect(store.state.calls).toBe(1)
})
