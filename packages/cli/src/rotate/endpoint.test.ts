import { expect, test } from 'vitest'
import { UsageError } from '../exit.ts'
import { endpointsOf } from './endpoint.ts'

test.each([
  ['https://smartag.{region}.aliyuncs.com', 'https://smartag.cn-shanghai.aliyuncs.com'],
  ['https://sag.example.com', 'https://sag.example.com'],
  ['http://127.0.0.1:7240', 'http://127.0.0.1:7240'],
  ['http://localhost:7240', 'http://localhost:7240'],
  ['http://[::1]:7240', 'http://[::1]:7240'],
])('%s is %s in Shanghai', (endpoint, url) => {
  expect(endpointsOf(endpoint)('cn-shanghai')).toBe(url)
})

test.each([
  'http://sag.example.com',
  'http://127.example.com',
  'ftp://sag.example.com',
  'sag.example.com',
  'https://user:word@sag.example.com',
  'https://user@sag.example.com',
  '',
])('no password is sent to %j', (endpoint) => {
  expect(() => endpointsOf(endpoint)).toThrow(UsageError)
})

test.each(['evil.com/', 'a.b', 'CN', '', '@x', 'x'.repeat(65)])('%j is no region, whoever says so', (region) => {
  expect(() => endpointsOf('https://smartag.{region}.aliyuncs.com')(region)).toThrow(UsageError)
})
