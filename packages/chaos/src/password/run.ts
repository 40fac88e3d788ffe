import { createSubject } from '../schedule.ts'
import type { Subject } from '../subject.ts'
import { actions } from './actions.ts'
import { heal } from './heal.ts'
import { judgeInstant } from './judge.ts'
import { type Machines, realMachines } from './machines.ts'
import { createWorld } from './new-world.ts'
import { shownState } from './trace.ts'

/** Changes of the administrator password, on these machines. */
export function createPasswordSubject(machines: Machines): Subject {
  return createSubject({
    name: 'password',
    actions,
    create: ({ log, count }) => ({ ...createWorld(machines), log, count }),
    judgeInstant,
    judgeEnd: heal,
    shownState,
  })
}

/** As server and agent run them: docs/password-protocol.md. */
export const passwordSubject = createPasswordSubject(realMachines)
