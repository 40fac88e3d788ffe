import { apis } from '@opensag/server/apis'
import { expect, test } from 'vitest'
import { operationHelp } from './operation-help.ts'

const all = [...apis.values()].flatMap(({ version, operations }) =>
  [...operations.values()].map((operation) => ({ operation, version })),
)

function helpOf(name: string): string {
  const found = all.find(({ operation }) => operation.name === name)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return operationHelp(found.operation, found.version)
}

test('parameters are shown with type, example and what is required, a secret with how it is given', () => {
  const help = helpOf('ModifySAGAdminPassword')
  expect(help).toMatch(/^ {2}SmartAGId\* {2}string\n {6}The ID of .* For example sag-/m)
  expect(help).toMatch(/^ {2}Password\* {2}secret: write Password=@-/m)
  expect(help).toMatch(/^ {2}opensag call ModifySAGAdminPassword .*SmartAGSn=\w+ Password=@-$/m)
})

test('errors are shown with status and message, in the order they are checked', () => {
  const help = helpOf('ModifySAGAdminPassword')
  expect(help).toContain('  400 MissingParam.Password: You must specify Password.')
  expect(help.indexOf('MissingParam.Password')).toBeLessThan(help.indexOf('SAG.InstanceNoFound'))
})

test('lists, values and defaults say how they are written', () => {
  expect(helpOf('DescribeSmartAccessGateways')).toContain('SmartAGIds.1, SmartAGIds.2')
  expect(helpOf('ModifySmartAccessGateway')).toMatch(/^ {4}SnatEntries\.1\.CidrBlock {2}string$/m)
  expect(helpOf('CreateSmartAccessGateway')).toMatch(/One of .*\./)
})

test('every operation has help: each parameter, each code, and lines that fit a terminal where words allow', () => {
  for (const { operation, version } of all) {
    const help = operationHelp(operation, version)
    for (const name of [...Object.keys(operation.params), ...Object.keys(operation.errors)])
      expect(help).toContain(name)
    expect(help).not.toMatch(/undefined|\[object/)
  }
})
