import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { RamAccessKeys } from './access-keys.ts'
import { RamAccounts } from './accounts.ts'
import { RamAttachments } from './attachments.ts'
import { RamGroups } from './groups.ts'
import { Identities } from './identities.ts'
import { LoginProfiles } from './login-profiles.ts'
import { MfaDevices } from './mfa-devices.ts'
import { RamPolicies } from './policies.ts'
import { RamRoles } from './roles.ts'
import { SecurityKeyChallenges } from './security-key-challenges.ts'
import { SecurityKeys } from './security-keys.ts'
import { RamTags } from './tags.ts'
import { RamUsers } from './users.ts'

/** What RAM keeps, inside one unit of work. Whatever can alter a decision raises the account's epoch with it. */
export interface Ram {
  readonly accounts: RamAccounts
  readonly users: RamUsers
  readonly groups: RamGroups
  readonly keys: RamAccessKeys
  readonly loginProfiles: LoginProfiles
  readonly mfaDevices: MfaDevices
  readonly identities: Identities
  readonly securityKeys: SecurityKeys
  readonly securityKeyChallenges: SecurityKeyChallenges
  readonly roles: RamRoles
  readonly policies: RamPolicies
  readonly attachments: RamAttachments
  readonly tags: RamTags
}

export function createRam(db: Reader | Writer, sealer?: Sealer): Ram {
  return new StoredRam(db, sealer)
}

/** Every call has one, and most of them none of its members: each is made when it is asked for, and holds no state. */
class StoredRam implements Ram {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  constructor(db: Reader | Writer, sealer: Sealer | undefined) {
    this.#db = db
    this.#sealer = sealer
  }

  get accounts(): RamAccounts {
    return new RamAccounts(this.#db)
  }

  get users(): RamUsers {
    return new RamUsers(this.#db)
  }

  get groups(): RamGroups {
    return new RamGroups(this.#db)
  }

  get keys(): RamAccessKeys {
    return new RamAccessKeys(this.#db, this.#sealer)
  }

  get loginProfiles(): LoginProfiles {
    return new LoginProfiles(this.#db)
  }

  get mfaDevices(): MfaDevices {
    return new MfaDevices(this.#db, this.#sealer)
  }

  get identities(): Identities {
    return new Identities(this.#db)
  }

  get securityKeys(): SecurityKeys {
    return new SecurityKeys(this.#db)
  }

  get securityKeyChallenges(): SecurityKeyChallenges {
    return new SecurityKeyChallenges(this.#db)
  }

  get roles(): RamRoles {
    return new RamRoles(this.#db)
  }

  get policies(): RamPolicies {
    return new RamPolicies(this.#db)
  }

  get attachments(): RamAttachments {
    return new RamAttachments(this.#db)
  }

  get tags(): RamTags {
    return new RamTags(this.#db)
  }
}
