// A call of each operation on tags, and other values of its parameters.
import { type Row, row, seeIn } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { change } from './networks.suite.ts'

const main = { SmartAGId: 'sag-main' }
const given = { 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' }

/** Only the list of the fleet shows them. */
export async function* observeTags(world: Harness): AsyncGenerator<unknown, void, void> {
  yield* seeIn(world, 'ListFleet', {})
}

export const tagRows: readonly Row[] = [
  row(
    'TagGateway',
    { ...main, ...given },
    {
      SmartAGId: 'sag-app',
      Tag: { to: { 'Tag.1.Key': 'site', 'Tag.1.Value': 'Lyon' } },
    },
  ),
  row(
    'UntagGateway',
    { ...main, 'TagKey.1': 'env' },
    { SmartAGId: 'sag-app', TagKey: { to: { 'TagKey.1': 'site' } } },
    {
      prepare: (world) =>
        change(world, async ({ fleet }) => {
          for (const id of ['sag-main', 'sag-app']) {
            await fleet.configure(id, {
              tags: [
                ['env', 'prod'],
                ['site', 'Lyon'],
              ],
            })
          }
        }),
    },
  ),
]
