import { text } from '../../../declare/index.ts'
import { hostAddress } from '../../../model/box.ts'
import { vlanTag } from '../../../model/leased-line.ts'
import { routeDestination } from '../../../model/static-route.ts'
import { boxParams } from '../ports/box-query.ts'

/** Which static route of a device. */
export const routeParams = {
  ...boxParams,
  PortName: text()
    .required()
    .example('4')
    .about('As DescribeSagPortList lists it.', '端口名称，见 DescribeSagPortList。'),
  Vlan: text()
    .readsAs(vlanTag, 'InvalidParameter')
    .default(0)
    .example('0')
    .about(
      'The VLAN of a port to a leased line, 1–4094. Default: 0, the port itself.',
      '专线口的 VLAN，1～4094。默认 0，即端口本身。',
    ),
  DestinationCidr: text()
    .required()
    .readsAs(routeDestination, 'InvalidParameter')
    .example('10.50.0.0/24')
    .about('The network behind the router.', '路由器后的网段。'),
} as const

export const nextHop = text()
  .required()
  .readsAs(hostAddress, 'InvalidParameter')
  .example('192.168.1.250')
  .about(
    'The router. While it is on no wire of the port there is no such route.',
    '下一跳路由器。不在该端口直连网段时，路由不生效。',
  )
