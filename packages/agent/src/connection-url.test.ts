import { expect, test } from 'vitest'
import { checkServerUrl } from './connection-url.ts'

test.each([
  'wss://sag.example.com/channel',
  'ws://127.0.0.1:7240/channel',
  'ws://[::1]:7240/channel',
  'ws://localhost/channel',
])('%s is an address of a server', (url) => {
  expect(checkServerUrl(url).href).toBe(url)
})

test.each([
  'ws://sag.example.com/channel',
  'ws://127.0.0.1.example.com/',
  'https://sag.example.com/',
  'sag.example.com',
  '',
])('%j is not', (url) => {
  expect(() => checkServerUrl(url)).toThrow('wss://')
})
