import { integer, type Param, text } from '../../../declare/index.ts'
import { dnatAddress } from '../../../model/dnat.ts'

// What the operations on health checks ask for alike.

/** The union of what the pages say: some have no Chinese characters. */
const word = /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]*$/

export const hcInstanceId: Param<string | undefined> = text()
  .example('hc-k9id4loo3lup570000')
  .about('The ID of the health check.', '健康检查实例的 ID。')

export const hcName = text()
  .length(2, 100)
  .matches(word)
  .example('hc-123')
  .about(
    'The name: 2–100 characters, first a letter or a Chinese character, then also digits, `.`, `_` and `-`.',
    '名称：2～100 个字符，以字母或汉字开头，可包含数字、`.`、`_` 和 `-`。',
  )

export const hcDescription = text()
  .length(2, 256)
  .matches(word)
  .example('hc_123')
  .about('The description: 2–256 characters of the form of a name.', '描述：2～256 个字符，格式与名称相同。')

export const hcType = text()
  .matches(/^ICMP_ECHO$/)
  .example('ICMP_ECHO')
  .about('What is sent: echo requests.', '探测报文：ICMP 回显请求。')

export const dstIpAddr = text()
  .readsAs(dnatAddress)
  .example('192.168.20.1')
  .about('The address that is probed.', '被探测的地址。')

export const srcIpAddr = text()
  .readsAs(dnatAddress)
  .example('10.0.0.1')
  .about(
    'The address that echo requests come from: one that the gateway has, as the first of a block or a service address. From another one nothing is sent.',
    '回显请求的源地址：必须是网关拥有的地址，例如网段的第一个地址或服务地址；否则不发送。',
  )

export const dstPort = integer()
  .range(1, 65_535)
  .example('1333')
  .about('Kept and shown; echo requests have no ports.', '仅保存并返回；回显请求没有端口。')

export const srcPort = integer()
  .range(1, 65_535)
  .example('1344')
  .about('Kept and shown; echo requests have no ports.', '仅保存并返回；回显请求没有端口。')

export const probeInterval = integer()
  .range(1_000, 60_000)
  .example('2000')
  .about(
    'Milliseconds from the beginning of one round of probes to that of the next: 1000–60000.',
    '两轮探测开始之间的间隔，单位为毫秒：1000～60000。',
  )

export const probeCount = integer()
  .range(1, 20)
  .example('1')
  .about('Probes of a round, one after another: 1–20.', '每轮依次探测的次数：1～20。')

export const probeTimeout = integer()
  .range(10, 30_000)
  .example('1000')
  .about('Milliseconds that an answer may take: 10–30000.', '等待应答的时间，单位为毫秒：10～30000。')

export const rttThreshold = integer()
  .range(1, 5_000, -1)
  .example('1000')
  .about(
    'An answer that takes more milliseconds is slow: 1–5000, or −1 for none.',
    '超过该毫秒数的应答视为过慢：1～5000，-1 表示不判断。',
  )

export const rttFailThreshold = integer()
  .range(1, 15)
  .example('3')
  .about('Slow answers in a row that make it fail: 1–15.', '连续过慢的应答达到该次数则失败：1～15。')

export const failCountThreshold = integer()
  .range(1, 15)
  .example('3')
  .about('Probes in a row without an answer that make it fail: 1–15.', '连续无应答的探测达到该次数则失败：1～15。')
