import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { FleetContext } from './fleet.ts'
import { openedPasswords } from './program.ts'

type World = Pick<FleetContext, 'data' | 'folder'>

const identityOf = ({ folder }: World): string => join(folder, 'identity.txt')

/** Whoever is to read the passwords of a rotation; their identity is a file of the world's folder. */
export async function newRecipient(world: World): Promise<{ readonly recipient: string; readonly identity: string }> {
  const identity = await generateX25519Identity()
  await writeFile(identityOf(world), `${identity}\n`)
  return { recipient: await identityToRecipient(identity), identity: identityOf(world) }
}

/** What the recipient reads of the rotation in this folder, by serial number; nothing where a password is not certain. */
export async function passwordsIn(world: World, place: string): Promise<ReadonlyMap<string, string>> {
  const opened = await openedPasswords(world, join(place, 'passwords.age'), identityOf(world))
  return new Map(opened.map(({ serial, password = '' }) => [serial, password]))
}
