import type { Group } from '../groups.ts'
import { measureRotation } from '../rotation.ts'
import type { Row } from './row.ts'

const row: Row = {
  id: 'rotation-cpu',
  about: { en: 'rotation: CPU of the server for each gateway', zh: '轮换：每台网关所需的服务器 CPU' },
  better: 'less',
  goal: 1.5,
  unit: 'ms',
}
const [few, all] = [200, 500]

export const rotationGroup: Group = {
  name: 'rotation',
  rows: [row],
  withinMs: () => 15 * 60_000,
  async measure(_chosen, { options: { root, long }, folder }) {
    const gateways = long ? all : few
    const { serverCpuMsEach } = await measureRotation(folder, root, gateways)
    return [{ row, value: serverCpuMsEach, noise: serverCpuMsEach / 10, from: `${gateways} gateways` }]
  },
}
