import { expect, test } from 'vitest'
import { adminPasswordSupport } from './admin-password-support.ts'

test.each([
  ['sag-1000', '2.0.0.0', 'supported', 'model'],
  ['sag-1000', '1.9.9.9', 'version', 'model'],
  ['sag-100wm', '2.0.0', 'supported', 'model'],
  ['sag-100wm', 'unreadable', 'version', 'model'],
  ['SCG5000', '3.4.2.0', 'model', 'supported'],
  ['SCG5000', '3.4.1.9', 'model', 'version'],
  ['SCG5000-5G', '3.10.0.0', 'model', 'supported'],
  ['sag-vcpe', '9.0.0.0', 'model', 'model'],
] as const)('%s at %s: modify %s, update %s', (model, version, modify, update) => {
  expect(adminPasswordSupport('modify', { model, version })).toBe(modify)
  expect(adminPasswordSupport('update', { model, version })).toBe(update)
})
