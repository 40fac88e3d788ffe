import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { slugOf } from '../../scripts/support/slug.js'
import { chapters } from '../pages.ts'
import { addressOf, documentOf, titleOf, writeSources } from '../sources.ts'
import { tokensOf } from '../tokens.ts'

const site = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(site)

writeSources(root, join(site, '.pages'))

function sidebar(language: 'en' | 'zh') {
  return chapters.map((chapter, index) => ({
    text: chapter[language],
    collapsed: index > 2,
    items: chapter.pages.map((page) => ({
      text: titleOf(documentOf(root, page, language).text),
      link: `/${addressOf(page, language).replace(/(^|\/)index$/, '$1')}`,
    })),
  }))
}

const chinese = {
  label: '中文',
  lang: 'zh-CN',
  description: '自托管的智能接入网关',
  themeConfig: {
    sidebar: sidebar('zh'),
    outline: { level: [2, 3] as [number, number], label: '本页目录' },
    docFooter: { prev: '上一页', next: '下一页' },
    darkModeSwitchLabel: '外观',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到顶部',
    langMenuLabel: '语言',
    skipToContentLabel: '跳到正文',
    notFound: { title: '没有这个页面', quote: '该地址没有页面。', linkLabel: '到首页', linkText: '到首页' },
  },
}

const chineseSearch = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
  modal: {
    displayDetails: '显示详情',
    resetButtonTitle: '清空',
    backButtonTitle: '关闭',
    noResultsText: '没有找到',
    footer: { selectText: '打开', navigateText: '切换', closeText: '关闭' },
  },
}

/** Everything a page needs is in the folder that is built: no font, script or index comes from elsewhere. */
export default defineConfig({
  title: 'OpenSAG',
  description: 'A self-hosted Smart Access Gateway',
  lang: 'en-US',
  base: process.env['OPENSAG_SITE_BASE'] ?? '/',
  srcDir: '.pages',
  outDir: join(root, 'dist/site'),
  cleanUrls: false,
  markdown: { anchor: { slugify: slugOf }, theme: { light: 'github-light', dark: 'github-dark' } },
  vite: { publicDir: join(site, '.pages/public'), build: { chunkSizeWarningLimit: 4000 } },
  locales: { root: { label: 'English', lang: 'en-US' }, zh: chinese },
  themeConfig: {
    sidebar: sidebar('en'),
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: { locales: { zh: { translations: chineseSearch } }, miniSearch: { options: { tokenize: tokensOf } } },
    },
  },
})
