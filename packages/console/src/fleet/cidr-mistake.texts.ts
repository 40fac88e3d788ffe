import { texts } from '../app/texts.ts'

export const cidrTexts = texts(
  {
    wrong: (entry: string) => `“${entry}” is no network: four numbers and a mask, such as 10.2.0.0/24.`,
    start: 'A block starts at its first address.',
    twice: 'Two of the blocks overlap.',
    taken: (cidr: string, name: string) => `${cidr} overlaps with ${name}.`,
    takenUnseen: 'Another branch of this network has addresses of this block. You may not see which.',
    takenBySnat: 'This network uses addresses of this block for address translation.',
    outside: (range: string) => `This network is ${range}.`,
    outsideUnseen: 'The block lies outside the range of the network.',
    open: (name: string) => `Open ${name}`,
    editNetwork: (name: string) => `Edit ${name}`,
    use: (cidr: string) => `Use ${cidr}`,
  },
  {
    wrong: (entry) => `“${entry}”不是网段：四段数字加掩码，例如 10.2.0.0/24。`,
    start: '网段须从其第一个地址开始。',
    twice: '网段之间存在重叠。',
    taken: (cidr, name) => `${cidr} 与 ${name} 重叠。`,
    takenUnseen: '该云连接网中的其他分支已使用此网段中的地址，无权查看是哪一个。',
    takenBySnat: '该云连接网已将此网段中的地址用于地址转换。',
    outside: (range) => `该云连接网的网段为 ${range}。`,
    outsideUnseen: '该网段不在云连接网的范围内。',
    open: (name) => `打开 ${name}`,
    editNetwork: (name) => `编辑 ${name}`,
    use: (cidr) => `使用 ${cidr}`,
  },
)
