import { type Param, text } from '../../../declare/index.ts'
import { hostAddress } from '../../../model/box.ts'
import { lineMaskLength, vlanTag } from '../../../model/leased-line.ts'
import { listedOnPage, outsideTable } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'

export const leasedLinePort: Param<string> = text()
  .required()
  .example('3')
  .about(
    'A port with the role `ECC`, as DescribeSagPortList lists it.',
    '角色为 `ECC` 的端口，见 DescribeSagPortList。',
  )

/** Which address on leased lines a change is about. */
export const leasedLineParams = {
  ...boxParams,
  PortName: leasedLinePort,
  Vlan: text()
    .readsAs(vlanTag, 'InvalidParameter')
    .example('10')
    .about('The tag, 0–4094. Default: 0, the port itself.', 'VLAN 标签，0～4094。默认为 0，即端口本身。'),
} as const

export const leasedLineAddress = {
  IP: text()
    .required()
    .readsAs(hostAddress, 'InvalidParameter')
    .example('192.168.30.1')
    .about('The address of the device on the line.', '设备在专线上的地址。'),
  Mask: text()
    .required()
    .readsAs(lineMaskLength, 'InvalidParameter')
    .example('255.255.255.252')
    .about('The mask of its subnet, of 8 to 31 bits.', '子网掩码，8～31 位。'),
} as const

/** Codes that the page of an operation lists. */
export const lineErrors = outsideTable(
  {
    'Sag.EccVlanExist': [400, 'The specified VLAN already exists.', '当前VLAN已存在。'],
    'Sag.EccVlanDefault': [
      400,
      'When VLAN 0 exists, other VLANs cannot be created.',
      'VLAN 0存在时，不能创建其他VLAN。',
    ],
    'Sag.EccVlanOverLimit': [
      400,
      'The maximum number of VLANs that can be created for the device is exceeded.',
      '设备可创建的VLAN数量超过限制。',
    ],
    'Sag.EccVlanNotExist': [400, 'The specified dedicated VLAN does not exist.', '当前专线VLAN不存在。'],
  } as const,
  listedOnPage,
)

export const noLeasedLine = 'The port is not there, or leads to no leased line.'
