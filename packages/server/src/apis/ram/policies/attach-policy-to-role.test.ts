import { testOperation } from '../../testing/harness.suite.ts'
import { testAttaching } from '../attachments.suite.ts'
import { attachPolicyToRole as operation } from './attach-policy-to-role.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'Role')
})
