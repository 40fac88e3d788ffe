import { expect, test } from 'vitest'
import { chooseOperation } from './operation.ts'

test.each([
  ['sag-1000', '2.3.1.1', 'ModifySAGAdminPassword'],
  ['sag-100wm', '1.0.0', 'ModifySAGAdminPassword'],
  ['SAG-100WM', undefined, 'ModifySAGAdminPassword'],
  ['SCG5000', '3.4.2', 'UpdateSmartAccessGatewayAdminPassword'],
  ['SCG5000', '3.4.2.0', 'UpdateSmartAccessGatewayAdminPassword'],
  ['SCG5000-5G', '3.10.0.0', 'UpdateSmartAccessGatewayAdminPassword'],
  ['scg5000', '4', 'UpdateSmartAccessGatewayAdminPassword'],
])('a %s at %s is changed by %s', (model, version, operation) => {
  expect(chooseOperation({ model, version })).toEqual({ operation })
})

test.each([
  ['SCG5000', '3.4.1.9'],
  ['SCG5000', '3.4'],
  ['SCG5000', undefined],
  ['SCG5000', 'newest'],
  ['SCG5000', '3.5.beta'],
  ['sag-vcpe', '3.4.2'],
  ['sag-100b', '1.0'],
  [undefined, '3.4.2'],
])('no operation is for a %s at %s', (model, version) => {
  expect(chooseOperation({ model, version })).toEqual({ unsupported: expect.any(String) })
})
