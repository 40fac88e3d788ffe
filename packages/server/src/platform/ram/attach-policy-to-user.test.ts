import { testOperation } from '../../operations/testing/harness.suite.ts'
import { attachPolicyToUser as operation } from './attach-policy-to-user.ts'
import { testAttaching } from './attachments.suite.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'User')
})
