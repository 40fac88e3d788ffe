import { z } from 'zod'
import { createAccount } from '../ram/keys.ts'
import { command } from './command.ts'

export const accountCreate = command({
  name: 'account create',
  about: 'Create an account with a key pair, shown once.',
  input: z.object({ name: z.string().min(1).max(128).describe('Name for people') }),
  positional: ['name'],
  async run({ store, sealer, wallClock, random }, { name }) {
    const account = await store.write((tx) => createAccount(tx, sealer, { name, now: wallClock(), random }))
    return { ...account, accessKeySecret: account.accessKeySecret.reveal() }
  },
})
