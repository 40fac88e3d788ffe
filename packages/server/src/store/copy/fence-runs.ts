import { addForgottenTimes } from '../access/forgotten-times.ts'
import { sliceOf } from '../access/nonce-set.ts'
import { signedIn } from '../access/nonces.ts'
import type { Writer } from '../store.ts'

/**
 * PostgreSQL keeps used nonces as rows only and asks no run, whose nonces are known by a part of their hash alone. So the
 * times their requests were signed at are refused as a whole, as those of forgotten nonces are.
 */
export async function fenceRuns(tx: Writer): Promise<void> {
  const runs = await tx.selectFrom('nonce_run').select('expires_by').distinct().execute()
  await addForgottenTimes(
    tx,
    runs.map((run) => signedIn(sliceOf(Number(run.expires_by)))),
  )
}
