import { testOperation } from '../../testing/harness.suite.ts'
import { testAttaching } from '../attachments.suite.ts'
import { attachPolicyToGroup as operation } from './attach-policy-to-group.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'Group')
})
