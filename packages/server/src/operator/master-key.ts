import { z } from 'zod'
import { MasterKeyRefused } from '../master-key/key-files.ts'
import { seenNodes } from '../store/gateways/nodes.ts'
import { command, type OperatorContext, OperatorRefusal } from './command.ts'

export const masterKeyShow = command({
  name: 'master-key show',
  about: 'Show whether master.key is wrapped with a passphrase.',
  input: z.object({}),
  async run({ masterKey }) {
    return { wrapped: masterKey.wrapped, rotating: masterKey.rotating }
  },
})

export const masterKeyRotate = command({
  name: 'master-key rotate',
  about:
    'Replace the master key and seal every secret of the database under the new one. The server keeps serving; a rotation that was cut short is completed by the next one or by the next start. Refused while other nodes of the database run.',
  input: z.object({}),
  async run({ masterKey, store, nodeId }) {
    await requireAlone(store, nodeId)
    const { resealed, unreadable } = await orRefused(() => masterKey.rotate(store))
    return { resealed, unreadable }
  },
})

export const masterKeyWrap = command({
  name: 'master-key wrap',
  about:
    'Encrypt master.key with the passphrase the server was told where to find. Also after the passphrase was changed there.',
  input: z.object({}),
  async run({ masterKey }) {
    await orRefused(() => masterKey.wrap())
    return { wrapped: true }
  },
})

export const masterKeyUnwrap = command({
  name: 'master-key unwrap',
  about: 'Write master.key without a passphrase again.',
  input: z.object({}),
  async run({ masterKey }) {
    await orRefused(() => masterKey.unwrap())
    return { wrapped: false }
  },
})

/** Each node has the key in its memory: another one would go on sealing under the old key, and open nothing that is under the new one. */
async function requireAlone(store: OperatorContext['store'], nodeId: string): Promise<void> {
  const others = (await store.read(seenNodes)).filter(({ id }) => id !== nodeId)
  if (others.length === 0) return
  throw new OperatorRefusal(
    `Other nodes of this database run: ${others.map(({ id }) => id).join(', ')}. They have the present master key. Stop them, rotate ` +
      'here, and copy master.key to them before they start. A node that was killed counts for 20 seconds more. Nothing was changed.',
  )
}

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MasterKeyRefused) throw new OperatorRefusal(error.message, { cause: error })
    throw error
  }
}
