import { z } from 'zod'
import { MasterKeyRefused } from '../master-key/key-files.ts'
import { command, OperatorRefusal } from './command.ts'

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
    'Replace the master key and seal every secret of the database under the new one. The server keeps serving; a rotation that was cut short is completed by the next one or by the next start.',
  input: z.object({}),
  async run({ masterKey, store }) {
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

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MasterKeyRefused) throw new OperatorRefusal(error.message, { cause: error })
    throw error
  }
}
