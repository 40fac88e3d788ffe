import { expect, test } from 'vitest'
import { busServers } from './bus-servers.ts'

test.each([
  [['tls://a', 'b:4223'], true, ['a:4222', 'b:4223']],
  [['nats://127.0.0.1:1', 'nats://[::1]'], false, ['127.0.0.1:1', '[::1]:4222']],
] as const)('%s is taken apart', (named, isTls, servers) => {
  expect(busServers(named)).toEqual({ isTls, servers })
})
