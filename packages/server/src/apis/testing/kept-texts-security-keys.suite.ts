// The free text of security keys, and where it is read back.
import { Authenticator } from '../../access/security-keys/authenticator.suite.ts'
import { createRam } from '../../store/access/ram.ts'
import { addSecurityKey } from '../opensag/security-keys/add-security-key.ts'
import { listSecurityKeys } from '../opensag/security-keys/list-security-keys.ts'
import { addLoggedOn, password, site } from '../opensag/security-keys/security-keys.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import type { KeptText } from './kept-texts.suite.ts'

const challenge = 'T25lLWNoYWxsZW5nZS1vZi1hLXRleHQtdGhhdC1pcy1rZXB0'
const name = 'keeper'
/** Who called before. */
let who: Harness['caller'] | undefined

export const keptTextsOfSecurityKeys: readonly KeptText[] = [
  {
    write: addSecurityKey,
    param: 'Name',
    async prepare(world) {
      who = world.caller
      const user = await addLoggedOn(world, name)
      const subject = {
        userId: user.id,
        purpose: 'registration',
        basis: world.caller.accessKeyId,
        origin: site.origin,
      } as const
      await world.store.write((tx) => createRam(tx).securityKeyChallenges.issue(challenge, subject, world.wallNow))
      const { clientDataJSON, attestationObject } = new Authenticator().register({ ...site, challenge })
      return { OwnPassword: password, ClientDataJSON: clientDataJSON, AttestationObject: attestationObject }
    },
    async read(world) {
      world.caller = who ?? world.caller
      world.host = undefined
      return { operation: listSecurityKeys, params: { UserName: name } }
    },
  },
]
