import { booleanField, ignored, stringField, text, wrapped } from '../../declare/index.ts'
import { isRegion } from '../../model/regions.ts'
import { operation } from '../operation.ts'

/** The services this server is, as clients name them when they ask where one is. */
const services: readonly string[] = ['smartag', 'ram', 'sts', 'location', 'actiontrail']

export const describeEndpoints = operation({
  name: 'DescribeEndpoints',
  family: 'location',
  about: {
    en: 'Tell a client where a service is in a region: here, for every service this server answers for.',
    zh: '查询服务在地域中的接入地址。本服务器提供的服务均返回本服务器的地址。',
  },
  source: 'Location 2015-06-12, as the Go and Python SDKs, the CLI and the Terraform provider call and read it',
  access: { action: 'location:DescribeEndpoints', level: 'Read', resource: '*', dependent: [], open: true },
  transaction: 'read',

  params: {
    Id: text().required().example('cn-shanghai').about('The region.', '地域。'),
    ServiceCode: text().required().example('smartag').about('The service, in lower case.', '服务代码，小写。'),
    Type: text()
      .default('openAPI')
      .example('openAPI')
      .about('The kind of endpoint; there are only those of the API.', '接入地址的类型，仅提供 API 的接入地址。'),
    Namespace: ignored('string').about('Accepted and ignored.', '接受但不使用。'),
  },

  errors: {},

  result: {
    Success: booleanField,
    Endpoints: wrapped('Endpoint', {
      Endpoint: stringField,
      Id: stringField,
      Namespace: stringField,
      // Spelled so, and read so by every client.
      SerivceCode: stringField,
      Type: stringField,
      Protocols: wrapped('Protocols', stringField),
    }),
  },

  async run({ endpoint, circumstances }, { Id, ServiceCode, Type }) {
    const serviceCode = ServiceCode.toLowerCase()
    // Of an unknown service clients take an empty list as "not here" and fall back to what they know themselves.
    const isHere = isRegion(Id) && services.includes(serviceCode) && Type === 'openAPI'
    const here = {
      Endpoint: endpoint,
      Id,
      Namespace: 'opensag',
      SerivceCode: serviceCode,
      Type,
      Protocols: [circumstances.secure ? 'HTTPS' : 'HTTP'],
    }
    return { Success: true, Endpoints: isHere ? [here] : [] }
  },
})
