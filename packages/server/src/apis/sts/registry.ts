import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import { assumeRole } from './assume-role.ts'
import { getCallerIdentity } from './get-caller-identity.ts'

export const sts: Api = api('Sts', '2015-04-01', [assumeRole, getCallerIdentity])
