import { UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { say } from '../say.ts'
import { openPasswords } from './passwords-file.ts'

/** `opensag rotate open` */
export async function open(
  path: string,
  { identity, showPasswords }: { readonly identity: string; readonly showPasswords?: boolean },
): Promise<void> {
  if (process.stdout.isTTY && showPasswords !== true) {
    throw new UsageError(
      say('This would print passwords to the terminal. Redirect the output, or add --show-passwords.'),
    )
  }
  const lines = (await namedFile(identity, '--identity')).split(/\r?\n/).map((line) => line.trim())
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'))
  for (const entry of await openPasswords(await namedFile(path), identities)) console.log(JSON.stringify(entry))
}
