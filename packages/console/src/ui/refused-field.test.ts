import { expect, test } from 'vitest'
import { refusedFieldOf } from './refused-field.ts'

test.each([
  ['MissingParam.Password', ['UserName', 'Password'], 'Password'],
  ['InvalidParameter.NewComments.Length', ['NewEmail', 'NewComments'], 'NewComments'],
  ['InvalidName', ['Name', 'Description'], 'Name'],
  ['MissingRegionId', ['RegionId'], 'RegionId'],
  ['SAG.InvalidRoutingStrategy', ['RoutingStrategy'], 'RoutingStrategy'],
  ['SAG.InvalidSnatIp', ['CidrBlock', 'SnatIp'], 'SnatIp'],
  ['ClientUser.InvalidClientIp', ['UserName', 'ClientIp'], 'ClientIp'],
  ['ClientUser.UserExist', ['UserMail', 'UserName'], 'UserName'],
  ['ClientUser.EmailInvalid', ['Email', 'Bandwidth'], 'Email'],
  ['ClientUser.EmailInvalid', ['UserMail', 'Bandwidth'], 'UserMail'],
  ['CCN.SnatCidrConflict', ['CidrBlock', 'SnatIp'], 'SnatIp'],
  ['CCN.SnatCidrConflict', ['CidrBlock', 'SnatCidrBlock'], 'SnatCidrBlock'],
])('%s of a form with %j is about %s', (code, fields, field) => {
  expect(refusedFieldOf(code, fields)).toBe(field)
})

test.each([
  ['SmartAccessGatewayOffline', ['Password']],
  ['Forbidden', ['Name']],
  ['InvalidParameter', ['Name', 'Position']],
  ['CCN.CidrInUse', ['Name']],
])('%s is about no field of %j', (code, fields) => {
  expect(refusedFieldOf(code, fields)).toBe(undefined)
})
