import { openSqliteStore } from './open.ts'

// Writes for as long as it lives, and says each name on standard output once the store has acknowledged it.
const [, , folder = ''] = process.argv
// Nonces are folded all the time, so that a kill comes in the middle of it.
const store = await openSqliteStore({ folder, foldNoncesAt: 20 })
process.stdout.write('open\n')

async function writeOn(caller: number): Promise<void> {
  for (let index = 0; ; index++) {
    const name = `${process.pid}-${caller}-${index}`
    const burn = await store.burnNonce({ accessKeyId: 'k', nonce: name, expiresAt: 1 })
    await store.write((tx) =>
      tx
        .insertInto('setting')
        .values({ name, value: 'x'.repeat(100) })
        .execute(),
    )
    await burn.durable
    // Not `writeSync`: it throws when the one who reads is slow and the pipe is full.
    process.stdout.write(`${name}\n`)
  }
}
await Promise.all(Array.from({ length: 16 }, (_, caller) => writeOn(caller)))
