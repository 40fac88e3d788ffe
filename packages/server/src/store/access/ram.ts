import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { RamAccessKeys } from './access-keys.ts'
import { RamAccounts } from './accounts.ts'
import { RamAttachments } from './attachments.ts'
import { RamGroups } from './groups.ts'
import { LoginProfiles } from './login-profiles.ts'
import { MfaDevices } from './mfa-devices.ts'
import { RamPolicies } from './policies.ts'
import { RamRoles } from './roles.ts'
import { RamUsers } from './users.ts'

/** What RAM keeps, inside one unit of work. Whatever can alter a decision raises the account's epoch with it. */
export interface Ram {
  readonly accounts: RamAccounts
  readonly users: RamUsers
  readonly groups: RamGroups
  readonly keys: RamAccessKeys
  readonly loginProfiles: LoginProfiles
  readonly mfaDevices: MfaDevices
  readonly roles: RamRoles
  readonly policies: RamPolicies
  readonly attachments: RamAttachments
}

export function createRam(db: Reader | Writer, sealer?: Sealer): Ram {
  return {
    accounts: new RamAccounts(db),
    users: new RamUsers(db),
    groups: new RamGroups(db),
    keys: new RamAccessKeys(db, sealer),
    loginProfiles: new LoginProfiles(db),
    mfaDevices: new MfaDevices(db, sealer),
    roles: new RamRoles(db),
    policies: new RamPolicies(db),
    attachments: new RamAttachments(db),
  }
}
