// What the site is made of: the documents of the repository as they are, and where a reader finds each.

/** Chapters in the order in which a reader wants them; pages are documents, without `.md`, as they lie in the repository. */
export const chapters = [
  { en: 'Start', zh: '开始', pages: ['README', 'docs/install', 'docs/console', 'docs/explorer'] },
  {
    en: 'Tutorials',
    zh: '教程',
    pages: [
      'docs/tutorials/first-branch',
      'docs/tutorials/rotate-a-fleet',
      'docs/tutorials/remote-user',
      'docs/testing',
      'docs/several-nodes',
    ],
  },
  {
    en: 'How to',
    zh: '操作指南',
    pages: [
      'docs/gateway',
      'docs/behind-a-proxy',
      'docs/rotation',
      'docs/remote-access',
      'docs/network',
      'docs/probes',
      'docs/access-control',
      'docs/ram',
      'docs/monitoring',
      'docs/restore',
      'docs/moving',
      'docs/keys',
      'docs/parity',
      'docs/releases',
      'deploy/README',
      'docs/clients/README',
      'docs/clients/javascript',
      'docs/clients/python',
      'docs/clients/go',
      'docs/clients/java',
      'docs/clients/csharp',
      'docs/clients/php',
      'docs/clients/aliyun-cli',
      'docs/clients/terraform',
    ],
  },
  {
    en: 'Reference',
    zh: '参考',
    pages: [
      'docs/operations',
      'docs/platform-operations',
      'docs/errors',
      'docs/behaviour',
      'docs/lifecycles',
      'docs/settings',
      'docs/operator',
      'docs/policy-language',
      'docs/wire',
      'packages/smartag-client/README',
      'packages/testing/README',
      'CHANGELOG',
    ],
  },
  {
    en: 'Explanation',
    zh: '原理',
    pages: [
      'docs/architecture',
      'docs/password-protocol',
      'docs/gateway-protocol',
      'docs/store',
      'docs/faults-found',
      'docs/mutation',
      'bench/README',
      'CONTRIBUTING',
    ],
  },
  { en: 'Security', zh: '安全', pages: ['SECURITY'] },
  { en: 'Comparison', zh: '对比', pages: ['docs/comparison', 'docs/what-works'] },
] as const

/** Documents that are no page: of the tools of GitHub, of tests, and of a package whose text repeats the first page. */
export const noPages = ['.github/PULL_REQUEST_TEMPLATE', 'CODE_OF_CONDUCT', 'packages/cli/README', 'test/facts/README']
