import { expect, test } from 'vitest'
import { type Meaning, meaningOf } from './answer.ts'

const requestId = '01A0F1A6-E24D-5C6B-B64D-43F9287D25F9'

test.each<[status: number, code: string | undefined, Meaning]>([
  [200, undefined, 'changed'],
  [200, '200', 'changed'],
  [200, 'OK', 'changed'],
  [400, 'Throttling', 'again'],
  [400, 'Throttling.User', 'again'],
  [429, 'Throttling.Api', 'again'],
  [503, 'Throttling.User', 'again'],
  [400, 'ResourceInOperating', 'again'],
  [400, 'SmartAccessGatewayOffline', 'offline'],
  [403, 'SmartAccessGatewayNotOnline', 'offline'],
  [400, 'SmartAccessGatewayNotActivated', 'refused'],
  [400, 'SmartAccessGatewayInArrears', 'refused'],
  [403, 'FeatureNotSupport', 'refused'],
  [400, 'ConfigUnsynchronized', 'refused'],
  [400, 'SAG.InstanceNoFound', 'refused'],
  [403, 'Forbidden.RAM', 'refused'],
  [403, 'NoPermission', 'refused'],
  [200, 'SAG.InstanceNoFound', 'refused'],
  [500, 'InternalError', 'unclear'],
  [403, 'InternalError', 'unclear'],
  [503, 'ServiceUnavailable', 'unclear'],
  [500, 'UnknownError', 'unclear'],
  [400, 'SignatureNonceUsed', 'unclear'],
  [504, 'SomethingNew', 'unclear'],
  [404, 'InvalidAccessKeyId.NotFound', 'halt'],
  [400, 'InvalidAccessKeyId.Inactive', 'halt'],
  [400, 'SignatureDoesNotMatch', 'halt'],
  [400, 'InvalidTimeStamp.Expired', 'halt'],
  [400, 'InvalidSecurityToken.Expired', 'halt'],
  [404, 'InvalidAction.NotFound', 'halt'],
])('status %i with code %s means %s', (status, code, meaning) => {
  expect(meaningOf({ status, code, requestId })).toBe(meaning)
})

test.each<[status: number, Meaning]>([
  // A sign-on page of some network is no success.
  [200, 'unclear'],
  [302, 'halt'],
  [401, 'halt'],
  [407, 'halt'],
  [408, 'unclear'],
  [413, 'refused'],
  [429, 'again'],
  [500, 'unclear'],
  [502, 'unclear'],
])('status %i of something that is not the API means %s', (status, meaning) => {
  expect(meaningOf({ status, code: undefined, requestId: undefined })).toBe(meaning)
})

test('a success that says it is none is unclear', () => {
  expect(meaningOf({ status: 200, code: '200', success: false, requestId })).toBe('unclear')
})
