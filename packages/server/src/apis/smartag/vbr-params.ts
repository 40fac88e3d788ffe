import { type Param, text } from '../../declare/index.ts'

// What the operations on leased lines ask for alike.

export const vbrId: Param<string | undefined> = text()
  .example('vbr-gc7ccdvtp3l4fec0j0000')
  .about('The VBR: the cloud end of the leased line.', '边界路由器 VBR 的 ID，即专线的云上端点。')

export const vbrRegionId: Param<string | undefined> = text()
  .example('cn-hangzhou')
  .about('The region of the VBR.', 'VBR 所在的地域。')
