import { expect, test } from 'vitest'
import { fileIn } from './file-in.ts'

const files = ['a-m', 'n-z', 'sag', 'sag-invalid', 'invalid-parameter']

test.each([
  ['ActionNotSupport', 'a-m'],
  ['InvalidName', 'a-m'],
  ['MissingX', 'a-m'],
  ['NoPermission', 'n-z'],
  ['ZoneUnknown', 'n-z'],
  ['SAG.NoActive', 'sag'],
  ['Sag.DeviceNotExist', 'sag'],
  ['SAG.InvalidCidr', 'sag-invalid'],
  ['SAGInvalidCidr', 'sag-invalid'],
  ['InvalidParameter', 'invalid-parameter'],
  ['InvalidParameter.Body', 'invalid-parameter'],
  ['Invalid{Name}', 'a-m'],
])('%s is explained in %s', (code, file) => {
  expect(fileIn(files, code)).toBe(file)
})
