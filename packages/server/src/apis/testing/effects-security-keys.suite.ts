// A call of each operation on security keys, and other values of its parameters.

import { createRam } from '../../store/access/ram.ts'
import { addKey, knownAuthenticator, logOn, password, site } from '../opensag/security-keys/security-keys.suite.ts'
import { idOf } from '../ram/testing.suite.ts'
import { type Row, row, seeIn } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'

const alice = { id: idOf('user', 'alice'), name: 'alice' }
const [one, two] = [knownAuthenticator(1), knownAuthenticator(2)]
const challenge = 'T25lLWNoYWxsZW5nZS1mb3ItdGhlLXNhbXBsZXMtb2Y'

/** In a session of hers. */
export const asAlice = (world: Harness): Promise<void> => logOn(world, alice)

/** With a challenge that is open. */
async function withChallenge(world: Harness): Promise<void> {
  await asAlice(world)
  const { accessKeyId: basis } = world.caller
  const subject = { userId: alice.id, purpose: 'registration', basis, origin: site.origin } as const
  await world.store.write((tx) => createRam(tx).securityKeyChallenges.issue(challenge, subject, world.wallNow))
}

async function withKeys(world: Harness): Promise<void> {
  await addKey(world, alice.id, 'sk-one', one)
  await addKey(world, alice.id, 'sk-two', two)
}

/** What the API shows of keys. */
export async function* observeSecurityKeys(world: Harness): AsyncGenerator<unknown, void, void> {
  yield* seeIn(world, 'ListSecurityKeys', { UserName: 'alice' })
}

const registered = one.register({ ...site, challenge })

export const securityKeyRows: readonly Row[] = [
  row(
    'AddSecurityKey',
    {
      Name: 'Blue key',
      OwnPassword: password,
      ClientDataJSON: registered.clientDataJSON,
      AttestationObject: registered.attestationObject,
    },
    {
      Name: 'Grey key',
      OwnPassword: 'Wrong-Shift_2024',
    },
    { prepare: withChallenge },
  ),
  row('ListSecurityKeys', {}, { UserName: 'alice' }, { prepare: withKeys }),
  row('DeleteSecurityKey', { SecurityKeyId: 'sk-one' }, { SecurityKeyId: 'sk-two' }, { prepare: withKeys }),
]
