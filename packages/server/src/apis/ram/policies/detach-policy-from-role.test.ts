import { testOperation } from '../../testing/harness.suite.ts'
import { testDetaching } from '../attachments.suite.ts'
import { detachPolicyFromRole as operation } from './detach-policy-from-role.ts'

testOperation(operation, (world) => {
  testDetaching(operation, world, 'Role')
})
