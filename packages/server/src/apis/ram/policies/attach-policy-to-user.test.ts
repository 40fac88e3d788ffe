import { testOperation } from '../../testing/harness.suite.ts'
import { testAttaching } from '../attachments.suite.ts'
import { attachPolicyToUser as operation } from './attach-policy-to-user.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'User')
})
