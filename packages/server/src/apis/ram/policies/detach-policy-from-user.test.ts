import { testOperation } from '../../testing/harness.suite.ts'
import { testDetaching } from '../attachments.suite.ts'
import { detachPolicyFromUser as operation } from './detach-policy-from-user.ts'

testOperation(operation, (world) => {
  testDetaching(operation, world, 'User')
})
