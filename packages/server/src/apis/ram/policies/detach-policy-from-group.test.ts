import { testOperation } from '../../testing/harness.suite.ts'
import { testDetaching } from '../attachments.suite.ts'
import { detachPolicyFromGroup as operation } from './detach-policy-from-group.ts'

testOperation(operation, (world) => {
  testDetaching(operation, world, 'Group')
})
