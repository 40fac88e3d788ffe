import { testOperation } from '../../operations/testing/harness.suite.ts'
import { attachPolicyToGroup as operation } from './attach-policy-to-group.ts'
import { testAttaching } from './attachments.suite.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'Group')
})
