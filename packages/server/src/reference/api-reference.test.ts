import type { OperationEntry } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import { apis } from '../apis/registry.ts'
import { apiReference } from './api-reference.ts'

const all = [...apis.values()]
const reference = apiReference(all)
const told: ReadonlyMap<string, OperationEntry> = new Map(
  reference.apis.flatMap(({ families }) =>
    families.flatMap(({ operations }) => operations.map((one) => [one.name, one])),
  ),
)

describe('the reference', () => {
  test('tells every operation of every API once, with each of its parameters and errors in their order', () => {
    const declared = all.flatMap(({ operations }) => [...operations.values()])
    expect([...told.keys()].sort()).toEqual(declared.map(({ name }) => name).sort())
    for (const { name, params, errors } of declared) {
      expect(told.get(name)?.params.map((param) => param.name)).toEqual(Object.keys(params))
      expect(told.get(name)?.errors.map(({ code }) => code)).toEqual(Object.keys(errors))
    }
  })

  test('tells the level as the pages print it, what no page prints as derived, and the condition keys', () => {
    expect(told.get('ModifySmartAccessGateway')).toMatchObject({ level: 'Write', accessLevel: 'update' })
    expect(told.get('ModifySmartAccessGateway')).not.toHaveProperty('accessLevelDerived')
    expect(told.get('ModifySAGAdminPassword')).toMatchObject({ accessLevel: 'update', accessLevelDerived: true })
    expect(told.get('DescribeRegions')).toMatchObject({ level: 'Read', accessLevel: 'get', accessLevelDerived: true })
    expect(told.get('TagResources')).toMatchObject({ accessLevel: 'create', conditionKeys: ['acs:RequestTag/<key>'] })
    expect(told.get('DeleteServiceLinkedRole')).toMatchObject({ conditionKeys: ['ram:ServiceName'] })
    expect(told.get('DescribeRegions')).not.toHaveProperty('conditionKeys')
  })

  test('tells of a secret what it must look like', () => {
    const password = told.get('ModifySAGAdminPassword')?.params.find(({ name }) => name === 'Password')
    expect(password).toMatchObject({ type: 'string', required: true, secret: true })
    expect(password?.pattern?.[0]).toContain('{8,30}')
  })

  test('tells rules, lists of objects and leftovers', () => {
    const params = told.get('ModifySmartAccessGateway')?.params ?? []
    const byName = new Map(params.map((param) => [param.name, param]))
    expect(byName.get('SecurityLockThreshold')).toMatchObject({ type: 'integer', minimum: 0, maximum: 2_147_483_647 })
    expect(byName.get('RoutingStrategy')).toMatchObject({ values: ['static', 'dynamic'] })
    expect(byName.get('SnatEntries')?.members?.map(({ name }) => name)).toEqual(['CidrBlock', 'SnatIp'])
    expect(byName.get('OwnerId')).toMatchObject({ ignored: true })
    expect(byName.get('Name')).not.toHaveProperty('required')
  })

  test('tells of each error what leads to it in that very operation', () => {
    const causeIn = (operation: string): string | undefined => {
      const error = told.get(operation)?.errors.find(({ code }) => code === 'ResourceInOperating')
      return error?.cause === undefined ? undefined : reference.causes[error.cause]?.en[1]
    }
    expect(causeIn('DeleteSmartAccessGateway')).toContain('Call UnbindVbr and UnbindSmartAccessGateway first.')
    expect(causeIn('ModifySAGAdminPassword')).not.toContain('UnbindVbr')
    expect(reference.errors.find(({ code }) => code === 'Missing{Name}')?.cause).toBeDefined()
  })

  test('tells the fields of an answer by their paths', () => {
    expect(told.get('DescribeRegions')?.result).toContainEqual(['Regions.Region[].RegionId', 'string'])
    expect(told.get('ModifySAGAdminPassword')?.result).toEqual([])
  })
})
