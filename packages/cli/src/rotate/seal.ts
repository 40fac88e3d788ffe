import { armor, Decrypter, Encrypter } from 'age-encryption'
import { CommandFailure, UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { say } from '../say.ts'

/** Encrypts for whoever is to have the passwords; this program cannot read it again. */
export interface Sealing {
  readonly recipients: readonly string[]
  /** ASCII armour, so that several can stand in one file. */
  seal(text: string): Promise<string>
}

/** @throws UsageError for what is no age recipient */
export function createSealing(recipients: readonly string[]): Sealing {
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch {
      // Not quoted: a slip of the hand could have put an identity here.
      throw new UsageError(
        say(
          '--recipient: not an age recipient. A recipient begins with age1; an identity file contains it in a comment.',
        ),
      )
    }
  }
  return {
    recipients,
    async seal(text) {
      return armor.encode(await encrypter.encrypt(text))
    },
  }
}

/** One recipient a line; `#` begins a comment. */
export async function recipientsFrom(path: string): Promise<readonly string[]> {
  const lines = (await namedFile(path, '--recipients-file')).split(/\r?\n/).map((line) => line.trim())
  const recipients = lines.filter((line) => line !== '' && !line.startsWith('#'))
  if (recipients.length === 0) throw new UsageError(say('{path} contains no recipient.', { path }))
  return recipients
}

const block = /-----BEGIN AGE ENCRYPTED FILE-----[\s\S]*?-----END AGE ENCRYPTED FILE-----/g

/** Every block of a file, decrypted. @throws CommandFailure when it is not for this identity */
export async function openSealed(text: string, identities: readonly string[]): Promise<readonly string[]> {
  const decrypter = new Decrypter()
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity)
    } catch {
      throw new CommandFailure(say('The identity file contains a line that is not an age identity.'))
    }
  }
  const blocks = text.match(block) ?? []
  if (blocks.length === 0) throw new CommandFailure(say('This file contains no text encrypted with age.'))
  const opened: string[] = []
  for (const one of blocks) {
    try {
      opened.push(await decrypter.decrypt(armor.decode(one), 'text'))
    } catch {
      throw new CommandFailure(
        say('The file cannot be decrypted: it is encrypted for another recipient, or was changed.'),
      )
    }
  }
  return opened
}
