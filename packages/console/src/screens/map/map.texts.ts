import { texts } from '../../app/texts.ts'

export const mapTexts = texts(
  {
    parts: { china: 'China', europe: 'Europe', asia: 'Asia and Pacific', africa: 'Africa', americas: 'Americas' },
    lens: (part: string, count: string, trouble: string) =>
      `Map of ${part}. Gateways: ${count}, in trouble: ${trouble}`,
    inTrouble: (count: string) => `${count} in trouble`,
    cluster: (name: string, count: string, trouble: string) =>
      trouble === '0' ? `${name}: ${count}, all well` : `${name}: ${count}, ${trouble} in trouble`,
    troubleFirst: 'Trouble first',
    noTrouble: 'Nothing on the map is in trouble.',
    more: (count: string) => `${count} more on the map are well`,
    chosen: 'In this place',
    back: 'Show trouble again',
    nowhere: 'Without a place',
    cityIsEnough: 'A city is enough, or latitude and longitude. Set it in the settings of the gateway.',
    nobody: 'No gateway that is shown has a place yet.',
    source:
      'Land: Natural Earth, public domain, inside the package. No borders are drawn, nothing is fetched from elsewhere.',
  },
  {
    parts: { china: '中国', europe: '欧洲', asia: '亚太', africa: '非洲', americas: '美洲' },
    lens: (part, count, trouble) => `${part}地图：${count} 个网关，${trouble} 个异常`,
    inTrouble: (count) => `${count} 个异常`,
    cluster: (name, count, trouble) =>
      trouble === '0' ? `${name}：${count} 个，全部正常` : `${name}：${count} 个，${trouble} 个异常`,
    troubleFirst: '异常优先',
    noTrouble: '地图上没有异常。',
    more: (count) => `地图上另有 ${count} 个正常`,
    chosen: '此处的网关',
    back: '返回异常列表',
    nowhere: '没有位置',
    cityIsEnough: '填写城市，或纬度与经度即可。在网关的设置中填写。',
    nobody: '当前显示的网关都没有位置。',
    source: '陆地：Natural Earth，公有领域，随软件包提供。不绘制边界，不从其他地方加载任何内容。',
  },
)
