import { createSubject } from '../schedule.ts'
import type { Subject } from '../subject.ts'
import { actions } from './actions.ts'
import { judgeConfigEnd, judgeConfigInstant, shownConfigState } from './judge.ts'
import { type ConfigMachines, realConfigMachines } from './machines.ts'
import { createConfigWorld } from './world.ts'

/** The configuration of a gateway and its local changes, on these machines. */
export function createConfigSubject(machines: ConfigMachines): Subject {
  return createSubject({
    name: 'configuration',
    actions,
    create: (watching) => createConfigWorld(machines, watching),
    judgeInstant: judgeConfigInstant,
    judgeEnd: judgeConfigEnd,
    shownState: shownConfigState,
  })
}

export const configSubject = createConfigSubject(realConfigMachines)
