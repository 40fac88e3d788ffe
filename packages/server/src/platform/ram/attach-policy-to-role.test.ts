import { testOperation } from '../../operations/testing/harness.suite.ts'
import { attachPolicyToRole as operation } from './attach-policy-to-role.ts'
import { testAttaching } from './attachments.suite.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'Role')
})
