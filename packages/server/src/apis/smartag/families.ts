import type { Texts } from '../../declare/index.ts'

/** The folders of operations, in the order of the documentation. */
export const families: Readonly<Record<string, Texts>> = {
  misc: { en: 'Regions', zh: '地域' },
  instances: { en: 'Instances and devices', zh: '实例与设备' },
  'client-users': { en: 'Remote access and its accounts', zh: '远程接入与客户端账号' },
  dns: { en: 'DNS', zh: 'DNS' },
  'enterprise-codes': { en: 'Enterprise codes', zh: '企业码' },
  ports: { en: 'Ports of devices', zh: '设备端口' },
  routes: { en: 'Routes', zh: '路由' },
  'device-access': { en: 'Access to devices', zh: '设备访问' },
  ccn: { en: 'Cloud connect networks', zh: '云连接网' },
  'vbr-express-connect': { en: 'Leased lines', zh: '专线' },
  grants: { en: 'Grants between accounts', zh: '跨账号授权' },
  nat: { en: 'Address translation', zh: '地址转换' },
  acl: { en: 'Access control lists', zh: '访问控制列表（ACL）' },
  'access-points': { en: 'Access points', zh: '接入点' },
  qos: { en: 'Quality of service', zh: '服务质量（QoS）' },
  'flow-logs': { en: 'Flow logs', zh: '流日志' },
  'health-checks': { en: 'Health checks', zh: '健康检查' },
  'probe-diagnosis': { en: 'Probe tasks', zh: '拨测任务' },
  ha: { en: 'High availability', zh: '高可用' },
  'bandwidth-packages': { en: 'Bandwidth for applications', zh: '应用加速带宽包' },
  dpi: { en: 'Recognition of applications', zh: '应用识别' },
  'resource-groups': { en: 'Resource groups', zh: '资源组' },
  monitoring: { en: 'Monitoring', zh: '监控' },
  'versions-upgrade': { en: 'Versions and upgrades', zh: '版本与升级' },
}
