export type RegionLanguage = 'zh-CN' | 'en-US' | 'ja'

export interface Region {
  readonly id: string
  readonly names: Readonly<Record<RegionLanguage, string>>
}

function region(id: string, zh: string, en: string, ja: string): Region {
  return { id, names: { 'zh-CN': zh, 'en-US': en, ja } }
}

/** The regions of the service (D). An instance lives in one; in another it is not found. */
export const regions: readonly Region[] = [
  region('cn-shanghai', '华东 2（上海）', 'China (Shanghai)', '中国 (上海)'),
  region('cn-hangzhou', '华东 1（杭州）', 'China (Hangzhou)', '中国 (杭州)'),
  region('cn-hongkong', '中国香港', 'China (Hong Kong)', '中国 (香港)'),
  region('cn-shanghai-finance-1', '华东 2 金融云', 'China East 2 Finance', '中国東部 2 ファイナンス'),
  region('ap-southeast-1', '新加坡', 'Singapore', 'シンガポール'),
  region('ap-southeast-2', '澳大利亚（悉尼）', 'Australia (Sydney)', 'オーストラリア (シドニー)'),
  region('ap-southeast-3', '马来西亚（吉隆坡）', 'Malaysia (Kuala Lumpur)', 'マレーシア (クアラルンプール)'),
  region('ap-southeast-5', '印度尼西亚（雅加达）', 'Indonesia (Jakarta)', 'インドネシア (ジャカルタ)'),
  region('ap-northeast-1', '日本（东京）', 'Japan (Tokyo)', '日本 (東京)'),
  region('eu-central-1', '德国（法兰克福）', 'Germany (Frankfurt)', 'ドイツ (フランクフルト)'),
]

const known: ReadonlySet<string> = new Set(regions.map(({ id }) => id))

export function isRegion(id: string): boolean {
  return known.has(id)
}
