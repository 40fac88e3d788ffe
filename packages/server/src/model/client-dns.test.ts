import { expect, test } from 'vitest'
import { isDnsServer } from './client-dns.ts'

test.each([
  ['1.0.0.0', true],
  ['126.255.255.255', true],
  ['128.0.0.0', true],
  ['100.100.2.136', true],
  ['223.255.255.255', true],
  ['0.255.255.255', false],
  ['127.0.0.53', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['10.0.0.256', false],
  ['10.0.0', false],
  ['fd00::1', false],
  ['dns.example.com', false],
])('%s can be a DNS server: %s', (text, answer) => {
  expect(isDnsServer(text)).toBe(answer)
})
