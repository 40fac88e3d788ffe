import { createInterface } from 'node:readline/promises'
import { UsageError } from '../exit.ts'
import { say } from '../say.ts'
import { writes } from './operations.ts'

export interface ConsentOptions {
  readonly allowWrites?: boolean
  readonly yes?: boolean
}

/**
 * Asks before calls that change something are made. Nothing was sent when it throws.
 *
 * @param where the service that would be changed
 * @throws UsageError when they were not allowed or are not confirmed
 */
export async function consentTo(
  calls: readonly { readonly action: string }[],
  where: string,
  { allowWrites = false, yes = false }: ConsentOptions,
): Promise<void> {
  const names = [...new Set(calls.map(({ action }) => action).filter(writes))]
  if (names.length === 0) return
  if (!allowWrites) {
    throw new UsageError(
      say(
        'These calls change something or cost money: {names}. No call was made. To make them too, give --allow-writes.',
        { names: names.join(', ') },
      ),
    )
  }
  console.error(
    say(
      'These calls change {where}: {names}.\n- Orders (Create…, Upgrade…, Downgrade…, Renew…) can cost money at once, and an order is not taken back by deleting.\n- Delete…, Unbind…, Detach… and Reboot… can cut off branches and users.\n- A changed password locks out those who have only the old one.\nUse an account and gateways that nobody depends on.',
      { where, names: names.join(', ') },
    ),
  )
  if (yes) return
  if (!process.stdin.isTTY) {
    throw new UsageError(say('No call was made: there is no terminal to confirm on. Give --yes.'))
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(say('Type "yes" to make these calls: '))
  terminal.close()
  if (answer.trim() !== 'yes') throw new UsageError(say('No call was made.'))
}
