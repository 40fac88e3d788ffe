import { apis } from '@opensag/server/apis'
import { expect, test } from 'vitest'
import { UsageError } from '../exit.ts'
import { parametersFrom } from './parameters.ts'

function operation(name: string) {
  const found = [...apis.values()].map(({ operations }) => operations.get(name)).find((one) => one !== undefined)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return found
}

const list = operation('DescribeSmartAccessGateways')
const modify = operation('ModifySAGAdminPassword')

test('declared parameters, members of lists and a region pass', async () => {
  const given = ['PageSize=5', 'SmartAGIds.1=sag-1', 'Name=a=b']
  expect(await parametersFrom(given, list, false)).toEqual({ PageSize: '5', 'SmartAGIds.1': 'sag-1', Name: 'a=b' })
  expect(await parametersFrom(['RegionId=cn-shanghai'], operation('ListUsers'), false)).toHaveProperty('RegionId')
})

test('an unknown parameter is refused with what may be meant, and sent when that is forced', async () => {
  await expect(parametersFrom(['PageSice=5'], list, false)).rejects.toThrow(
    'no parameter "PageSice". Did you mean PageSize?',
  )
  await expect(parametersFrom(['pagesize=5'], list, false)).rejects.toThrow('Did you mean PageSize?')
  await expect(parametersFrom(['Xyz=5'], modify, false)).rejects.toThrow('It has RegionId, SmartAGId')
  expect(await parametersFrom(['Xyz=5'], list, true)).toEqual({ Xyz: '5' })
})

test('a secret on the command line is refused, also forced and in another case, and is not repeated', async () => {
  for (const [given, isForced] of [
    ['Password=In_the_open1', false],
    ['Password=In_the_open1', true],
    ['password=In_the_open1', true],
    ['In_the_open1', false],
  ] as const) {
    const refusal = await parametersFrom([given], modify, isForced).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UsageError)
    expect(String(refusal)).not.toContain('In_the_open1')
  }
})
